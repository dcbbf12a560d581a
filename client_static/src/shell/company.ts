/** Who sits with me changed: what happened, in whose words it is told, and what of the old table stays on this device. */

import { type Key, listed, t } from "../locales";
import { pagesOf } from "../documents/pages";
import type { Session } from "../session/session";
import { nameOf } from "../state/day";
import type { GroupShown, Shift } from "../state/workshop";

export interface Change {
  /** I sit at another table now; else somebody else came or went. */
  mine: boolean;
  sentences: string[];
}

type Why = Shift["why"];

function myself(before: GroupShown, now: GroupShown, why: Why, names: (people: readonly string[]) => string): string {
  const merged = now.parts?.includes(before.id) ?? false;
  const gone = before.members.filter((one) => !now.members.includes(one));
  switch (why) {
    case "by_hand":
      return t(merged ? "moved.me_merged" : "moved.me_hand");
    case "repaired":
      return t(merged ? "moved.me_company" : "moved.me_new");
    case "left":
      return gone.length > 0 ? t("moved.me_left", { names: names(gone) }) : t("moved.me_company");
    case "undone":
      return t("moved.back");
    case "partners":
      return t("moved.me_partners");
    case "late":
      return t("moved.me_late");
    default:
      return t("moved.me_new");
  }
}

const WENT: Partial<Record<Why, Key>> = {
  left: "moved.went_left",
  partners: "moved.went_partners",
  late: "moved.went_company",
  repaired: "moved.went_company",
};
const CAME: Partial<Record<Why, Key>> = {
  late: "moved.came_late",
  by_hand: "moved.came_hand",
  partners: "moved.came_partners",
};

function others(came: string, went: string, why: Why): string[] {
  if (why === "undone") return [t("moved.back")];
  const found: string[] = [];
  if (went) found.push(t(WENT[why] ?? "moved.went_hand", { names: went }));
  if (came) found.push(t(CAME[why] ?? "moved.came_company", { names: came }));
  return found;
}

/** What to tell somebody whose table is another, or sits otherwise, than a moment ago; null when nothing is to tell. */
export function changeOf(before: GroupShown, now: GroupShown, named: (person: string) => string): Change | null {
  if (before.phase !== now.phase || before.grouping !== now.grouping) return null;
  const names = (people: readonly string[]): string => listed(people.map(named));
  const why = now.shift?.why ?? "formed";
  if (before.id !== now.id) return { mine: true, sentences: [myself(before, now, why, names)] };
  const came = now.members.filter((one) => !before.members.includes(one));
  const went = before.members.filter((one) => !now.members.includes(one));
  if (came.length === 0 && went.length === 0) return null;
  return { mine: false, sentences: others(names(came), names(went), why) };
}

export const called =
  (session: Session) =>
  (person: string): string =>
    nameOf(session.views, person).name || "…";

// -- what stays on this device -----------------------------------------------------------------------------------------

/** A page of a table that goes on without me, as it stood when I was moved. */
export interface Left {
  phase: string;
  group: string;
  table: number;
  words: string[];
}

const place = (session: Session, group: string): string => `${session.key}/left/${group}`;

/**
 * Copies what this device has open of a table, unsent words and all, and every word more until the sentence is over: the
 * table's page goes on without this person. The answer ends it, with a last copy.
 */
export function keepCopies(session: Session, group: GroupShown): () => void {
  const pages = pagesOf(session).of(group.id);
  const keep = (): void => {
    const words = pages.flatMap((page) => Object.values(page.words()));
    if (words.length === 0) return;
    const left: Left = { phase: group.phase, group: group.id, table: group.table, words };
    const failed = (error: unknown): void => console.info("no copy of the old table is kept", error);
    session.drawer.put(place(session, group.id), left).catch(failed);
  };
  for (const page of pages) page.doc.on("update", keep);
  return () => {
    for (const page of pages) page.doc.off("update", keep);
    keep();
  };
}

function isLeft(value: unknown): value is Left {
  const left = value as Partial<Left> | null;
  return typeof left === "object" && left !== null && Array.isArray(left.words) && typeof left.phase === "string";
}

/** The copies of one phase, without those of tables at which I sit (again) or whose own page I may read. */
export async function copies(session: Session, phase: string, groups: readonly string[]): Promise<Left[]> {
  const found = await session.drawer.all(place(session, ""));
  return found
    .map(([, value]) => value)
    .filter(isLeft)
    .filter((one) => one.phase === phase && !groups.includes(one.group));
}
