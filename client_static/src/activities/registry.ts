/** The activities by name: one folder each, fetched when the room comes to it. */

import { h } from "preact";
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

/** `Made` shows what the person made in a phase, for reading again. */
interface Island {
  Now: Screen;
  Made: Screen;
}

/** Whatever an activity draws lies in an element of this class: its stylesheet reaches nothing else. */
export const rootOf = (name: string): string => name.replaceAll("_", "-");

function rooted(name: string, load: Load): Screen {
  return lazy(() =>
    load().then(({ default: Own }) => ({ default: (props) => h("div", { class: rootOf(name) }, h(Own, props)) })),
  );
}

function island(name: string, now: Load, made: Load): [string, Island] {
  return [name, { Now: rooted(name, now), Made: rooted(name, made) }];
}

const islands: ReadonlyMap<string, Island> = new Map([
  island(
    "arrival",
    () => import("./arrival"),
    () => import("./arrival/made"),
  ),
  island(
    "interview",
    () => import("./interview"),
    () => import("./interview/made"),
  ),
  island(
    "talk",
    () => import("./talk"),
    () => import("./talk/made"),
  ),
  island(
    "similarity",
    () => import("./similarity"),
    () => import("./similarity/made"),
  ),
  island(
    "partnering",
    () => import("./partnering"),
    () => import("./partnering/made"),
  ),
  island(
    "network_dimensions",
    () => import("./network_dimensions"),
    () => import("./network_dimensions/made"),
  ),
  island(
    "vignette_writing",
    () => import("./vignette_writing"),
    () => import("./vignette_writing/made"),
  ),
]);

/** A method whose own screen does not exist yet is shown as a talk: its prompts, its turns and its clock. */
export function activityOf(name: string): Island {
  return islands.get(name) ?? (islands.get("talk") as Island);
}
