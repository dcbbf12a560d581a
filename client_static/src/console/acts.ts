/** What a moderator did, in a sentence that names the people and the tables. */

import { listed } from "../locales";
import type { Desk } from "./desk";
import { stepsOf } from "./room/board";
import { groupingWords } from "./room/group_names";
import type { Act } from "./shown";
import { isWord, w, type Word } from "./words";

type Values = Readonly<Record<string, string | number>>;

/** Acts whose sentence depends on what they did: the last part of its key. */
function variant(act: Act): string {
  const [first] = act.tables ?? [];
  switch (act.what) {
    case "MoveStep":
    case "AddTime":
    case "StartTimer":
    case "PauseTimer":
    case "ResumeTimer":
    case "StopTimer":
      return first === undefined ? "" : ".table";
    case "KeepApart":
    case "KeepTogether":
      return act.detail === "lifted" ? ".lifted" : "";
    case "SkipPhase":
      return act.detail === "in" ? ".in" : "";
    case "ChangeLife":
    case "Announce":
      return `.${act.detail}`;
    case "FormGroups":
      return act.detail ? ".named" : "";
    case "AssignTables":
      return first === undefined ? ".none" : "";
    default:
      return "";
  }
}

function stepTitle(desk: Desk, act: Act): string {
  const [room, pack] = [desk.room.peek(), desk.pack.peek()];
  const shown = room?.phases.find((one) => one.id === act.phase);
  const all = (shown && pack?.phases[shown.spec]?.variants[shown.variant]?.steps) ?? [];
  if (act.what === "CutStep") return all.find((step) => step.id === act.detail)?.title ?? "";
  const steps = room && pack && act.phase ? stepsOf(room, pack, act.phase) : [];
  return steps[(act.number ?? 1) - 1]?.title ?? "";
}

function valuesOf(desk: Desk, act: Act): Values {
  const people = (act.people ?? []).map((who) => desk.name(who));
  const [from = "", to = ""] = act.tables ?? [];
  const number = act.number ?? 0;
  return {
    phase: act.phase ? desk.title(act.phase) : "",
    who: listed(people),
    one: people[0] ?? "",
    other: people[1] ?? "",
    from,
    to,
    table: from,
    tables: listed((act.tables ?? []).map(String)),
    n: act.what === "AddTime" && number > 0 ? `+${number}` : String(number).replace("-", "−"),
    step: stepTitle(desk, act),
    groups: act.what === "FormGroups" ? groupingWords(desk, act.phase ?? "", act.detail ?? "") : "",
    staff: act.what === "AssignTables" ? desk.colleague(act.detail ?? "") : "",
  };
}

/** What was taken back, as far as the log still shows it. */
function undoneWords(desk: Desk, act: Act): string {
  const undone = desk.moderators.value?.acts.find((one) => one.seq === act.number);
  return undone ? w("act.UndoAct", { what: actWords(desk, undone) }) : w("act.UndoAct.gone");
}

export function actWords(desk: Desk, act: Act): string {
  if (act.what === "UndoAct") return undoneWords(desk, act);
  const keys = [`act.${act.what}${variant(act)}`, `act.${act.what}`];
  return w((keys.find(isWord) as Word | undefined) ?? "act.other", valuesOf(desk, act));
}

/** The newest act that can still be taken back, and until when. */
export function undoableNow(desk: Desk, now_ms: number): { act: Act; until_ms: number } | null {
  const { moderators } = desk;
  const undoable = new Set(moderators.value?.undoable ?? []);
  const may = (act: Act): boolean => desk.leads || act.staff === desk.me;
  const newest = (moderators.value?.acts ?? []).filter((act) => undoable.has(act.seq ?? 0) && may(act)).at(-1);
  if (!newest) return null;
  const until_ms = newest.at_ms + UNDO_MS;
  return until_ms > now_ms ? { act: newest, until_ms } : null;
}

/** As long as the server takes an act back. */
export const UNDO_MS = 60_000;
