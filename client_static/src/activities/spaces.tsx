/** A group that works on through all later phases has a space of its own. A file `own_space.ts` in the folder of the
 * activity that made the group says which are mine, `space.tsx` shows one. */

import { type ComponentType, lazy, Suspense } from "preact/compat";
import { t } from "../locales";
import type { Session } from "../session/session";
import type { RoomShown } from "../state/workshop";
import { Waiting } from "../ui/parts";

export interface OwnSpace {
  /** The phase in which the group was made. */
  phase: string;
  group: string;
  /** The group is no more: what it wrote is read by those who were in it to the end. */
  ended: boolean;
}

export interface SpaceProps {
  session: Session;
  phase: string;
  group: string;
  me: string;
}

/** Whose spaces they are is known from the views alone. */
export type Seen = Pick<Session, "views">;

interface Finds {
  spacesOf: (seen: Seen, phase: string) => OwnSpace[];
  /** The kinds of pages that its people write beyond the phase. */
  lasting: readonly string[];
}

const byActivity = <Part,>(found: Record<string, Part>): ReadonlyMap<string, Part> =>
  new Map(Object.entries(found).map(([path, part]) => [path.split("/")[1] ?? "", part]));

const finds = byActivity(import.meta.glob<Finds>("./*/own_space.ts", { eager: true }));
const screens = byActivity(import.meta.glob<{ default: ComponentType<SpaceProps> }>("./*/space.tsx"));
const shown = new Map([...screens].map(([name, load]) => [name, lazy(load)]));

const phasesOf = ({ views }: Seen): RoomShown["phases"] => views.room<RoomShown>("")?.body.phases ?? [];

/** In the order of the path. */
export function spacesOf(seen: Seen): OwnSpace[] {
  return phasesOf(seen).flatMap((one) => finds.get(one.activity)?.spacesOf(seen, one.id) ?? []);
}

/** The group with which this person works on now. */
export function liveSpace(session: Session): OwnSpace | undefined {
  return spacesOf(session).findLast((one) => !one.ended);
}

/** Whether a page is written when its phase is long over. */
export function isLasting(session: Session, page: string): boolean {
  const [phase, kind = ""] = page.split("/");
  const activity = phasesOf(session).find((one) => one.id === phase)?.activity ?? "";
  return finds.get(activity)?.lasting.includes(kind) ?? false;
}

export function Space({ session, group, me }: { session: Session; group: string; me: string }) {
  const own = spacesOf(session).find((one) => one.group === group);
  const activity = phasesOf(session).find((one) => one.id === own?.phase)?.activity ?? "";
  const Screen = shown.get(activity);
  if (!own || !Screen) {
    return (
      <h1 class="prompt" tabIndex={-1}>
        {t("space.gone")}
      </h1>
    );
  }
  return (
    <Suspense fallback={<Waiting title={t("app.loading")} />}>
      <Screen session={session} phase={own.phase} group={group} me={me} />
    </Suspense>
  );
}
