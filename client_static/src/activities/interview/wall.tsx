/** The wall: what this room can do, and what it needs to work together well; no name beside any of it. */

import { t } from "../../locales";
import type { Wall } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { merged } from "./lines";
import { labelOf, wordsOf } from "./shown";

export const isEmpty = (wall: Wall | undefined): boolean =>
  !wall?.strengths?.length && !wall?.conditions?.length && !wall?.quotes?.length;

export function WallList({ session, phase, wall }: { session: Session; phase: string; wall: Wall }) {
  const words = (id: string): string => wordsOf(session, phase, id);
  const kindOf = (said: string): string =>
    labelOf("condition_kinds", wall.conditions?.find(({ text }) => words(text).trim() === said)?.label ?? "");
  return (
    <div class="wall fill">
      {wall.strengths && wall.strengths.length > 0 && (
        <section>
          <h2>{t("interview.wall_strengths")}</h2>
          <ul class="wall-words">
            {merged(wall.strengths.map(({ text }) => words(text))).map(({ words: said, times }) => (
              <li key={said}>
                {said} {times > 1 && <span class="quiet numerals">×{times}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {wall.conditions && wall.conditions.length > 0 && (
        <section>
          <h2>{t("interview.wall_conditions")}</h2>
          <ul class="wall-lines">
            {merged(wall.conditions.map(({ text }) => words(text))).map(({ words: said, times }) => (
              <li key={said}>
                {said} {times > 1 && <span class="quiet numerals">×{times}</span>}{" "}
                {kindOf(said) && <span class="tag">{kindOf(said)}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
      {merged((wall.quotes ?? []).map(words)).map(({ words: said }) => (
        <blockquote key={said}>{said}</blockquote>
      ))}
    </div>
  );
}
