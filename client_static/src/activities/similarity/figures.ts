/** Cards placed, votes, differences and offers, by group. */

import type { SimilarityForModerators } from "../../protocol/generated";
import type { Figure, Figures } from "../figures";

export function figures(body: unknown): Figures {
  const { groups = [] } = body as SimilarityForModerators;
  return new Map(
    groups.map((row): [string, Figure[]] => [
      row.group,
      [
        { key: "cards", n: row.placed ?? 0, of: row.cards ?? 0 },
        { key: "votes", n: row.voted ?? 0, of: row.members },
        { key: "differences", n: row.differences ?? 0 },
        { key: "offers", n: row.offers ?? 0, of: row.members },
      ],
    ]),
  );
}
