/** What the one primary button would do now, decided from where the room is and where the moderator looks. */

import type { Step } from "../../state/path";
import type { Life, PhaseShown } from "../../state/workshop";
import { following } from "../plan/plan";

export type Primary =
  | { does: "begin" | "move" | "open"; phase: string }
  | { does: "step"; phase: string; step: number; title: string; left: number }
  /** Nothing more of this meeting is to come. `meeting` is its number when another one follows, else null. */
  | { does: "end"; meeting: number | null }
  | { does: "nothing" };

const meetingOf = (phase: PhaseShown | undefined | null): number => phase?.meeting ?? 0;

function goes(phase: PhaseShown, from: PhaseShown | undefined): Primary {
  if (phase.between && from) return { does: "open", phase: phase.id };
  return { does: from && meetingOf(from) === meetingOf(phase) && !from.between ? "move" : "begin", phase: phase.id };
}

/** Looking at another phase, the button would move the room there; else it goes on: to the next step, then the next phase. */
export function primaryOf(
  phases: readonly PhaseShown[],
  at: string | null,
  selected: string | null,
  steps: readonly Step[],
  step: number,
  life: Life = "live",
): Primary {
  const here = phases.find((one) => one.id === at);
  const looked = selected === at ? undefined : phases.find((one) => one.id === selected);
  if (looked) return looked.between && here ? goes(looked, here) : { does: here ? "move" : "begin", phase: looked.id };
  const over = life === "follow_up" && !here?.between;
  const after = steps[step + 1];
  if (here && after && !over) return { does: "step", phase: here.id, step: step + 1, title: after.title, left: step };
  const next = following(phases, at);
  if (here && (over || here.between)) {
    const later = phases.slice(phases.indexOf(here) + 1).find((one) => !one.skipped && !one.opened_ms);
    return later ? goes(later, here) : { does: "nothing" };
  }
  if (here && (!next || meetingOf(next) !== meetingOf(here))) {
    return { does: "end", meeting: next ? meetingOf(here) : null };
  }
  return next ? goes(next, here) : { does: "nothing" };
}

/** What people will do on their own time after the phase in which the room stands, until the next meeting. */
export function comingBetween(phases: readonly PhaseShown[], at: string | null): PhaseShown[] {
  const here = phases.findIndex((one) => one.id === at);
  const meeting = meetingOf(phases[here]);
  const later = phases.slice(here + 1).filter((one) => one.between && !one.skipped && meetingOf(one) === meeting);
  return later.filter((one, n) => later.findIndex((other) => other.spec === one.spec) === n);
}
