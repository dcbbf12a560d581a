/** What an activity shows a moderator: a file `moderator.tsx` in its folder, fetched when the room comes to it, and
 * `afterwards.tsx` for what it still asks of them in later phases. */

import { type ComponentType, lazy, Suspense } from "preact/compat";
import type { Session } from "../session/session";
import type { RoomShown } from "../state/workshop";
import { earlierPhases } from "./along";

export interface ModeratorProps<Body = unknown> {
  session: Session;
  /** The id of the phase: the scope of its commands and the part of its views. */
  phase: string;
  body: Body;
}

type Panels = ReadonlyMap<string, ComponentType<ModeratorProps>>;
type Found = Record<string, () => Promise<{ default: ComponentType<ModeratorProps> }>>;

const byActivity = (found: Found): Panels =>
  new Map(Object.entries(found).map(([path, load]) => [path.split("/")[1] ?? "", lazy(load)]));

const panels = byActivity(import.meta.glob<{ default: ComponentType<ModeratorProps> }>("./*/moderator.tsx"));
const afterwards = byActivity(import.meta.glob<{ default: ComponentType<ModeratorProps> }>("./*/afterwards.tsx"));

export function ModeratorPanel({ session, phase, activity }: { session: Session; phase: string; activity: string }) {
  const Panel = panels.get(activity);
  const body = session.views.moderators(phase)?.body;
  if (!Panel || !body) return null;
  return (
    <Suspense fallback={null}>
      <Panel session={session} phase={phase} body={body} key={phase} />
    </Suspense>
  );
}

/** What earlier phases still ask of the moderator, in one line each. */
export function Afterwards({ session, room }: { session: Session; room: RoomShown }) {
  return (
    <>
      {earlierPhases(room).map((one) => {
        const Part = afterwards.get(one.activity);
        const body = session.views.moderators(one.id)?.body;
        return Part && body ? (
          <Suspense key={one.id} fallback={null}>
            <Part session={session} phase={one.id} body={body} />
          </Suspense>
        ) : null;
      })}
    </>
  );
}
