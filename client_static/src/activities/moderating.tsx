/** What an activity shows a moderator: a file `moderator.tsx` in its folder, fetched when the room comes to it. */

import { type ComponentType, lazy, Suspense } from "preact/compat";
import type { Session } from "../session/session";

export interface ModeratorProps<Body = unknown> {
  session: Session;
  /** The id of the phase: the scope of its commands and the part of its views. */
  phase: string;
  body: Body;
}

const found = import.meta.glob<{ default: ComponentType<ModeratorProps> }>("./*/moderator.tsx");
const panels = new Map(
  Object.entries(found).map(([path, load]): [string, ComponentType<ModeratorProps>] => [
    path.split("/")[1] ?? "",
    lazy(load),
  ]),
);

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
