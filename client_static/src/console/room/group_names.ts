/** What the groups of a phase are called: by how they are put together, never by the name that the path has for them. */

import type { Desk } from "../desk";
import type { Grouping } from "../shown";
import { w, type Word } from "../words";
import { stepsOf } from "./board";
import { FORMS, formOf } from "./forms";

/** A path that joins groups of the day is written for so many people; two pairs are a four. */
const SIZES: Readonly<Record<number, Word>> = { 2: "form.pairs", 3: "form.trios", 4: "form.fours", 5: "form.fives" };
const MERGED = 4;
/** A path that takes groups over from a phase which takes them over is followed so far. */
const FARTHEST = 8;

const isPlain = (form: string): form is (typeof FORMS)[number] => (FORMS as readonly string[]).includes(form);

function formWords(desk: Desk, how: Grouping, phase: string, farthest = FARTHEST): string {
  const [room, pack] = [desk.room.value, desk.pack.value];
  if (isPlain(how.form)) return w(how.form === "count" ? "grouping.count" : `form.${how.form}`, { n: how.count ?? 2 });
  if (how.form === "merged") return w(SIZES[how.size ?? MERGED] ?? "grouping.larger");
  const source = room?.phases.find((one) => one.id === how.phase && one.id !== phase);
  const of = how.of ?? Object.keys((source && pack?.phases[source.spec]?.groups) ?? {})[0];
  if (!room || !pack || !source || !of || farthest === 0) return w("grouping.groups");
  return formWords(desk, formOf(room, pack, desk.moderators.value, source.id, of), source.id, farthest - 1);
}

/** The words of one grouping; where a phase has two of a form, with the title of the step that works in it. */
export function groupingWords(desk: Desk, phase: string, grouping: string): string {
  const [room, pack] = [desk.room.value, desk.pack.value];
  const shown = room?.phases.find((one) => one.id === phase);
  const spec = shown && pack?.phases[shown.spec]?.groups;
  if (!room || !pack || !spec?.[grouping]) return w("grouping.groups");
  const called = (name: string): string =>
    formWords(desk, formOf(room, pack, desk.moderators.value, phase, name), phase);
  const name = called(grouping);
  const twins = Object.keys(spec).filter((one) => called(one) === name).length > 1;
  const step = twins && stepsOf(room, pack, phase).find((one) => one.groups === grouping);
  return step ? w("grouping.in_step", { name, step: step.title }) : name;
}
