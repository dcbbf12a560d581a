/** What the one primary button would do now, decided from where the room is and where the moderator looks. */

import type { Step } from "../../state/path";
import type { PhaseShown } from "../../state/workshop";
import { following } from "../plan/plan";

export type Primary =
  | { does: "begin" | "move"; phase: string }
  | { does: "step"; phase: string; step: number; title: string; left: number }
  | { does: "nothing" };

/** Looking at another phase, the button would move the room there; else it goes on: to the next step, then the next phase. */
export function primaryOf(
  phases: readonly PhaseShown[],
  at: string | null,
  selected: string | null,
  steps: readonly Step[],
  step: number,
): Primary {
  if (selected && selected !== at) return { does: at ? "move" : "begin", phase: selected };
  const after = steps[step + 1];
  if (at && after) return { does: "step", phase: at, step: step + 1, title: after.title, left: step };
  const next = following(phases, at);
  return next ? { does: at ? "move" : "begin", phase: next.id } : { does: "nothing" };
}
