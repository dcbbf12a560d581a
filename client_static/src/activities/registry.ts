/** The activities by name: one folder each, fetched when the room comes to it. */

import { type ComponentType, lazy } from "preact/compat";
import type { Session } from "../session/session";
import type { Here, PhaseHere } from "../state/day";

/** What every activity's screen is given. Its own views it reads from `session.views`, under the phase's id. */
export interface ActivityProps {
  session: Session;
  /** The id of the phase: the scope of its commands and the part of its views. */
  phase: string;
  /** This person's id. */
  me: string;
  /** Where this person is now; null when an earlier phase is read again in "my day". */
  here: Here | null;
  words: PhaseHere;
}

type Screen = ComponentType<ActivityProps>;
type Load = () => Promise<{ default: Screen }>;

/** `Made` shows what the person made in a phase, for reading again; an activity without it made nothing to keep. */
interface Island {
  Now: Screen;
  Made?: Screen;
}

const island = (now: Load, made?: Load): Island => (made ? { Now: lazy(now), Made: lazy(made) } : { Now: lazy(now) });

const islands: Readonly<Record<string, Island>> = {
  arrival: island(
    () => import("./arrival"),
    () => import("./arrival/made"),
  ),
  interview: island(
    () => import("./interview"),
    () => import("./interview/made"),
  ),
  talk: island(
    () => import("./talk"),
    () => import("./talk/made"),
  ),
  similarity: island(
    () => import("./similarity"),
    () => import("./similarity/made"),
  ),
  partnering: island(
    () => import("./partnering"),
    () => import("./partnering/made"),
  ),
  network_dimensions: island(
    () => import("./network_dimensions"),
    () => import("./network_dimensions/made"),
  ),
  vignette_writing: island(
    () => import("./vignette_writing"),
    () => import("./vignette_writing/made"),
  ),
};

/** A method whose own screen does not exist yet is shown as a talk: its prompts, its turns and its clock. */
export function activityOf(name: string): Island {
  return islands[name] ?? (islands["talk"] as Island);
}
