/** The wall: what this room can do, and what it needs to work together well; no name beside any of it. */

import { t } from "../../locales";
import type { Wall } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { labelOf, wordsOf } from "./shown";

export const isEmpty = (wall: Wall | undefined): boolean =>
  !wall?.strengths?.length && !wall?.conditions?.length && !wall?.quotes?.length;

export function WallList({ session, phase, wall }: { session: Session; phase: string; wall: Wall }) {
  const words = (id: string): string => wordsOf(session, phase, id);
  return (
    <div class="wall fill">
      {wall.strengths && wall.strengths.length > 0 && (
        <section>
          <h2>{t("interview.wall_strengths")}</h2>
          <ul class="wall-words">
            {wall.strengths.map(({ text }) => (
              <li key={text}>{words(text)}</li>
            ))}
          </ul>
        </section>
      )}
      {wall.conditions && wall.conditions.length > 0 && (
        <section>
          <h2>{t("interview.wall_conditions")}</h2>
          <ul class="wall-lines">
            {wall.conditions.map(({ text, label }) => (
              <li key={text}>
                {words(text)} {label && <span class="tag">{labelOf("condition_kinds", label)}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {(wall.quotes ?? []).map((text) => (
        <blockquote key={text}>{words(text)}</blockquote>
      ))}
    </div>
  );
}
