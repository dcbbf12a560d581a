/** Cards approved and lines picked, by pair and by foursome. */

import type { InterviewForModerators } from "../../protocol/generated";
import type { Figure, Figures } from "../figures";

export function figures(body: unknown): Figures {
  const { pairs = [], fours = [] } = body as InterviewForModerators;
  return new Map<string, Figure[]>([
    ...pairs.map((row): [string, Figure[]] => [
      row.group,
      [{ key: "approved", n: row.approved ?? 0, of: row.members }],
    ]),
    ...fours.map((row): [string, Figure[]] => [row.group, [{ key: "picked", n: row.picked ?? 0 }]]),
  ]);
}
