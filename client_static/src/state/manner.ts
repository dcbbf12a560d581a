/** How a phase is spent: working by the room's clock, arriving, resting, or on one's own time between two meetings. */

import type { Here } from "./day";
import type { Views } from "./views";

export type Manner = "work" | "arrive" | "rest" | "own_time";

export function mannerOf(views: Views, here: Here): Manner {
  const { shown } = here;
  if (shown.between) return "own_time";
  if (shown.activity === "arrival") return "arrive";
  const kind = views.room<{ kind?: string }>(shown.id)?.body.kind;
  return shown.activity === "talk" && kind === "break" ? "rest" : "work";
}
