/** The wall of strengths and conditions on the large screen: only what its owners let go, and no names. */

import { useState } from "preact/hooks";
import { counted, t } from "../../locales";
import type { InterviewForRoom } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { Turning, type TurningItem } from "../turning";
import { merged } from "./lines";
import { labelOf, wordsOf } from "./shown";
import { isEmpty } from "./wall";
import "./screen.css";

export function reveals(body: unknown): boolean {
  return !isEmpty((body as InterviewForRoom).wall);
}

/** Whole sentences, as many as a room reads while it looks: the rest stands on the phones. */
const MOST_CONDITIONS = 9;
const MOST_QUOTES = 3;
/** More of them are told apart more easily in smaller letters, side by side. */
const MANY = 12;

interface Part {
  title: string;
  list: string;
  items: TurningItem[];
}

function Kinds({ kinds }: { kinds: Readonly<Record<string, number>> }) {
  const most = Math.max(1, ...Object.values(kinds));
  return (
    <dl class="s-wall-kinds numerals">
      {Object.entries(kinds)
        .sort(([, a], [, b]) => b - a)
        .map(([kind, n]) => (
          <div key={kind}>
            <dt>{labelOf("condition_kinds", kind)}</dt>
            <dd>
              <span class="s-wall-bar" style={{ "--share": n / most }} />
              {n}
            </dd>
          </div>
        ))}
    </dl>
  );
}

function partsOf(session: Session, phase: string, body: InterviewForRoom): Part[] {
  const { strengths = [], conditions = [], quotes = [] } = body.wall ?? {};
  const said = (ids: readonly string[], most = Infinity): TurningItem[] => {
    const lines = merged(ids.map((id) => wordsOf(session, phase, id)));
    const items = lines.slice(0, most).map(({ words, times }) => ({
      key: `${words}/${times}`,
      view: (
        <>
          {words}
          {times > 1 && <span class="s-wall-times numerals">×{times}</span>}
        </>
      ),
    }));
    const rest = lines.length - items.length;
    const more = <span class="s-wall-more numerals">{counted("interview.wall_more", rest)}</span>;
    return rest > 0 ? [...items, { key: `more/${rest}`, view: more }] : items;
  };
  const parts: Part[] = [
    { title: t("interview.wall_strengths"), list: "s-wall-strengths", items: said(strengths.map(({ text }) => text)) },
    {
      title: t("interview.wall_conditions"),
      list: "s-wall-conditions",
      items: said(
        conditions.map(({ text }) => text),
        MOST_CONDITIONS,
      ),
    },
    { title: t("interview.wall_quotes"), list: "s-wall-quotes", items: said(quotes, MOST_QUOTES) },
  ];
  return parts.filter(({ items }) => items.length > 0);
}

export default function Screen({ session, phase, body }: { session: Session; phase: string; body: InterviewForRoom }) {
  const [at, setAt] = useState(0);
  const parts = partsOf(session, phase, body);
  const part = parts[at % Math.max(1, parts.length)];
  const { kinds = {} } = body.wall ?? {};
  if (!part) return null;
  const beside = part.list === "s-wall-conditions" && Object.keys(kinds).length > 0;
  return (
    <div class="interview-screen">
      <h2>{part.title}</h2>
      <div class={`s-wall-part ${beside ? "beside" : ""}`}>
        <Turning
          key={part.list}
          class={`${part.list} ${part.items.length > MANY ? "many" : ""}`}
          items={part.items}
          onEnd={() => setAt((now) => now + 1)}
        />
        {beside && <Kinds kinds={kinds} />}
      </div>
    </div>
  );
}
