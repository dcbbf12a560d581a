/** Profiles finished, places settled together and rules confirmed, by partnership. */

import type { DimensionsForModerators } from "../../protocol/generated";
import type { Figure, Figures } from "../figures";

export function figures(body: unknown): Figures {
  const { partners = [] } = body as DimensionsForModerators;
  return new Map(
    partners.map((row): [string, Figure[]] => [
      row.group,
      [
        { key: "ratings", n: row.finished ?? 0, of: row.members },
        { key: "joint", n: row.joint ?? 0 },
        { key: "rules", n: row.rules ?? 0 },
        { key: "confirmed", n: row.confirmed ?? 0, of: row.members },
      ],
    ]),
  );
}
