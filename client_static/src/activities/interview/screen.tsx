/** The wall of strengths and conditions on the large screen: only what its owners let go, and no names. */

import { t } from "../../locales";
import type { InterviewForRoom } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { labelOf, wordsOf } from "./shown";
import { isEmpty } from "./wall";
import "./screen.css";

const MOST_STRENGTHS = 24;
const MOST_CONDITIONS = 6;

export function reveals(body: unknown): boolean {
  return !isEmpty((body as InterviewForRoom).wall);
}

export default function Screen({ session, phase, body }: { session: Session; phase: string; body: InterviewForRoom }) {
  const { strengths = [], conditions = [], kinds = {}, quotes = [] } = body.wall ?? {};
  const words = (id: string): string => wordsOf(session, phase, id);
  const most = Math.max(1, ...Object.values(kinds));
  return (
    <div class="interview-screen">
      <section>
        <h2>{t("interview.wall_strengths")}</h2>
        <ul class="s-wall-strengths" data-many={strengths.length > 12}>
          {strengths.slice(0, MOST_STRENGTHS).map(({ text }) => (
            <li key={text}>{words(text)}</li>
          ))}
        </ul>
        {quotes.slice(0, 1).map((text) => (
          <blockquote key={text}>{words(text)}</blockquote>
        ))}
      </section>
      <section>
        <h2>{t("interview.wall_conditions")}</h2>
        <ul class="s-wall-conditions">
          {conditions.slice(0, MOST_CONDITIONS).map(({ text }) => (
            <li key={text}>{words(text)}</li>
          ))}
        </ul>
        {Object.keys(kinds).length > 0 && (
          <dl class="s-wall-kinds numerals">
            {Object.entries(kinds).map(([kind, n]) => (
              <div key={kind}>
                <dt>{labelOf("condition_kinds", kind)}</dt>
                <dd style={{ "--share": `${(n / most) * 100}%` }}>{n}</dd>
              </div>
            ))}
          </dl>
        )}
      </section>
    </div>
  );
}
