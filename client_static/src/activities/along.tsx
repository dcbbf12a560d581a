/** What of another phase goes along with this one: of earlier ones what is still open, of those shown ahead what may be
 * left for them. A file `along.tsx` in the activity's folder, for its people. */

import { type ComponentType, lazy, Suspense } from "preact/compat";
import type { Session } from "../session/session";
import type { Here } from "../state/day";
import type { PhaseShown, RoomShown } from "../state/workshop";
import { rootOf } from "./registry";

export interface AlongProps {
  session: Session;
  /** The id of that other phase: the scope of its commands and the part of its views. */
  phase: string;
  me: string;
  /** Where the person is now. */
  here: Here;
}

const found = import.meta.glob<{ default: ComponentType<AlongProps> }>("./*/along.tsx");
const parts = new Map(
  Object.entries(found).map(([path, load]): [string, ComponentType<AlongProps>] => [
    path.split("/")[1] ?? "",
    lazy(load),
  ]),
);

/** The phases that were opened before the one where the room is, in the order of the path. */
export function earlierPhases(room: RoomShown): PhaseShown[] {
  const at = room.phases.findIndex((one) => one.id === room.at);
  return room.phases.slice(0, Math.max(0, at)).filter((one) => (one.opened_ms ?? 0) > 0);
}

/** Those, and the later ones of which something is shown already. */
function phasesAlong(room: RoomShown, session: Session): PhaseShown[] {
  const ahead = room.phases.filter((one) => one.status === "planned" && session.views.mine(one.id) !== undefined);
  return [...earlierPhases(room), ...ahead];
}

export function Along({ session, me, here }: { session: Session; me: string; here: Here }) {
  const room = session.views.room<RoomShown>("")?.body;
  if (!room) return null;
  return (
    <>
      {phasesAlong(room, session).map((one) => {
        const Part = parts.get(one.activity);
        // Inside an element of its name, as everything that an activity draws: elsewhere its stylesheet reaches nothing.
        return Part ? (
          <div key={one.id} class={`${rootOf(one.activity)} contents`}>
            <Suspense fallback={null}>
              <Part session={session} phase={one.id} me={me} here={here} />
            </Suspense>
          </div>
        ) : null;
      })}
    </>
  );
}
