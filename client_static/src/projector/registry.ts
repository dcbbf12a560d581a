/** What an activity shows on the large screen: a file `screen.tsx` in its folder, fetched when the room comes to it. */

import type { ComponentType } from "preact";
import type { Session } from "../session/session";
import type { PhaseWords, Step } from "../state/path";
import type { RoomShown } from "../state/workshop";

/** `body` is the activity's view for the projector (audience `screen`); its names and texts are in `session.views`. */
export interface ScreenProps<Body = unknown> {
  session: Session;
  /** The id of the phase: the part of its views. */
  phase: string;
  room: RoomShown;
  words: PhaseWords;
  step: Step;
  body: Body;
}

/**
 * `default` draws the results, in sizes of `--u` (a hundredth of the width; body text is `var(--s-body)`).
 * `reveals` says whether there is anything to show in this step; without it the instruction is shown until it says so.
 */
export interface ScreenModule {
  default: ComponentType<ScreenProps>;
  reveals?: (body: unknown, step: Step) => boolean;
}

const found = import.meta.glob<ScreenModule>("../activities/*/screen.tsx");

export function screenOf(activity: string): (() => Promise<ScreenModule>) | undefined {
  return found[`../activities/${activity}/screen.tsx`];
}
