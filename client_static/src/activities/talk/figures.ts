/** Who has spoken, counted by group. */

import type { TalkForModerators } from "../../protocol/generated";
import type { Figure, Figures } from "../figures";

export function figures(body: unknown): Figures {
  const { spoken } = body as TalkForModerators;
  return new Map(
    Object.entries(spoken)
      .filter(([group]) => group !== "")
      .map(([group, n]): [string, Figure[]] => [group, [{ key: "spoken", n }]]),
  );
}
