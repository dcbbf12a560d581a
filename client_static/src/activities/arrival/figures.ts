/** Who is ready, one by one. */

import type { ArrivalForModerators } from "../../protocol/generated";
import type { Figure, Figures } from "../figures";

export function figures(body: unknown): Figures {
  const { ready } = body as ArrivalForModerators;
  return new Map(ready.map((person): [string, Figure[]] => [person, [{ key: "ready", n: 1 }]]));
}
