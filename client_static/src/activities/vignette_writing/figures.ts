/** Checks ticked and readers' answers, by author. */

import type { WritingForModerators } from "../../protocol/generated";
import type { Figure, Figures } from "../figures";

export function figures(body: unknown): Figures {
  const { rows } = body as WritingForModerators;
  return new Map(
    rows.map((row): [string, Figure[]] => [
      row.person,
      [
        { key: "checks", n: row.checks ?? 0 },
        { key: "answers", n: row.answers ?? 0 },
      ],
    ]),
  );
}
