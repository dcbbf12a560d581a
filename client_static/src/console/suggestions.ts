/** What a moderator might do next, in one line with one tap: each a fact of the room, never an alarm. */

import type { Body } from "../protocol/frames";
import { turnsOf } from "../state/path";
import { leftMs } from "../state/workshop";
import { type Board, type GroupAt, isClosed } from "./room/board";

/** A partner who fetches a coffee is back within three minutes; then the other has waited long enough. */
export const MISSING_MS = 180_000;
const NOT_BEGUN_SHARE = 0.4;
const READY_SHARE = 0.8;
/** From here on the pace of a group says something about how far it will come. */
const PACE_SHARE = 0.5;
const SLOW_SHARE = 0.4;
/** One thing done in an activity weighs as much as so many words. */
const WORDS_EACH = 15;
const MINUTE_MS = 60_000;

export type SuggestionKind =
  | "partner_gone"
  | "alone"
  | "help"
  | "empty"
  | "behind"
  | "need_time"
  | "turns_long"
  | "slow"
  | "not_begun"
  | "away"
  | "ready"
  | "placeless"
  | "form"
  | "room_ready"
  | "room_time";

/** `people` and `minutes` fill the sentence; `wishes` are what the one tap does, nothing when there is only to look. */
export interface Suggestion {
  kind: SuggestionKind;
  /** The higher, the sooner somebody should look. */
  need: number;
  people: string[];
  minutes: number;
  wishes: Body[];
}

const CALM = 0;

interface Moment {
  board: Board;
  now_ms: number;
  /** The share of the step's time that is over, 0 to 1; 0 while no clock runs. */
  elapsed: number;
  /** What is left of the step, if a clock runs. */
  left_ms?: number;
}

const minutesSince = (since_ms: number, now_ms: number): number =>
  since_ms ? Math.max(1, Math.floor((now_ms - since_ms) / MINUTE_MS)) : 0;

function missingFor(group: GroupAt, now_ms: number): number {
  const gone = group.working.filter((one) => !one.counted);
  return Math.min(...gone.map((one) => (one.since_ms ? now_ms - one.since_ms : Infinity)));
}

function repair(moment: Moment, one: GroupAt): Body[] {
  const { phase, grouping, groups } = moment.board;
  if (isClosed(moment.board, one.group)) return [];
  const elsewhere = groups.some((other) => other !== one && other.counted > 0 && !isClosed(moment.board, other.group));
  return elsewhere ? [{ type: "RepairGroup", phase, grouping, group: one.group.id }] : [];
}

function lonely(moment: Moment, one: GroupAt): Suggestion | null {
  const call = one.help.find((each) => each.reason === "partner_gone" && !each.coming);
  // Who sits there is believed before any device: a phone may lie on a table from which its owner went away.
  const told = call !== undefined && (one.counted === 1 || one.working.length === 2);
  if (!told && (one.counted !== 1 || one.working.length < 2)) return null;
  const left = one.working.find((person) => (told ? person.id === call.person : person.counted));
  const missing = one.working.filter((person) => person !== left && (told || !person.counted));
  const missing_ms = missingFor(one, moment.now_ms);
  if (!told && missing_ms < MISSING_MS) return null;
  return {
    kind: told ? "partner_gone" : "alone",
    need: 100,
    people: [left?.id ?? "", ...missing.map((person) => person.id)],
    minutes: Number.isFinite(missing_ms) ? Math.max(1, Math.floor(missing_ms / MINUTE_MS)) : 0,
    wishes: repair(moment, one),
  };
}

function called(one: GroupAt): Suggestion | null {
  const call = one.help.find((each) => !each.coming);
  if (!call) return null;
  return {
    kind: "help",
    need: 80,
    people: [call.person],
    minutes: 0,
    wishes: [{ type: "AnswerHelp", person: call.person }],
  };
}

/** How far a group has come: words, and what its activity counts. */
function workOf(one: GroupAt): number {
  return one.words + WORDS_EACH * one.figures.reduce((sum, { n }) => sum + n, 0);
}

const usualOf = new WeakMap<Board, number>();

/** How far the middle group has come; looked up once for all groups of a board. */
function usual(board: Board): number {
  const known = usualOf.get(board);
  if (known !== undefined) return known;
  const sorted = board.groups.map(workOf).sort((a, b) => a - b);
  const found = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  usualOf.set(board, found);
  return found;
}

/** What the turns of a group still take, by its own clock and the minutes of those to come; 0 in a step without turns. */
function turnsLeftMs(moment: Moment, one: GroupAt): number {
  const step = moment.board.steps[one.step];
  if (!step || one.turn >= one.turns) return 0;
  const later = turnsOf(step, one.working.length).slice(one.turn + 1);
  const now_ms = one.timer ? Math.max(0, leftMs(one.timer, moment.now_ms)) : 0;
  return now_ms + later.reduce((sum, turn) => sum + turn.minutes * MINUTE_MS, 0);
}

/** Whether a group will probably not finish: its turns take longer than the step lasts, or its pace is half the room's. */
function unfinished(moment: Moment, one: GroupAt): Suggestion | null {
  const { board, elapsed, left_ms } = moment;
  const late_ms = left_ms === undefined ? 0 : turnsLeftMs(moment, one) - Math.max(0, left_ms);
  if (late_ms > MINUTE_MS) {
    const group = one.group.id;
    const next: Body = { type: "MoveTurn", phase: board.phase, group, turn: one.turn + 1, left: one.turn };
    return { kind: "turns_long", need: 35, people: [], minutes: Math.round(late_ms / MINUTE_MS), wishes: [next] };
  }
  if (elapsed < PACE_SHARE || workOf(one) >= SLOW_SHARE * usual(board)) return null;
  return { kind: "slow", need: 35, people: [], minutes: 0, wishes: [{ type: "LookInto", group: one.group.id }] };
}

function slow(moment: Moment, one: GroupAt): Suggestion | null {
  const { board, elapsed, now_ms } = moment;
  if (one.step < board.step) {
    const wishes: Body[] = [
      { type: "MoveStep", phase: board.phase, step: board.step, left: one.step, group: one.group.id },
    ];
    return { kind: "behind", need: 50, people: [], minutes: 0, wishes };
  }
  if (one.need_time > 0) {
    const wishes: Body[] = one.timer ? [{ type: "AddTime", scope: one.group.id, ms: MINUTE_MS }] : [];
    const people = one.people.filter((person) => person.need_time).map((person) => person.id);
    return { kind: "need_time", need: 40, people, minutes: 0, wishes };
  }
  const others = board.groups.filter((other) => other !== one && other.words > 0).length;
  if (elapsed > NOT_BEGUN_SHARE && one.words === 0 && others * 2 >= board.groups.length) {
    return { kind: "not_begun", need: 45, people: [], minutes: 0, wishes: [{ type: "LookInto", group: one.group.id }] };
  }
  const late = unfinished(moment, one);
  if (late) return late;
  // A phone that lies untouched or face down is what a talking step asks for; only silence says something.
  const away = one.working.find((person) => person.presence === "gone");
  if (!away) return null;
  return { kind: "away", need: 20, people: [away.id], minutes: minutesSince(away.since_ms, now_ms), wishes: [] };
}

/** The one thing that this group needs most, or null when it is best left alone. */
export function suggestionFor(moment: Moment, one: GroupAt): Suggestion | null {
  const lone = lonely(moment, one);
  if (lone) return lone;
  // When nobody at all is here, saying so at every table would be noise.
  if (one.counted === 0 && moment.board.here === 0) return null;
  if (one.counted === 0) return { kind: "empty", need: 60, people: [], minutes: 0, wishes: [] };
  const asked = called(one);
  if (asked) return asked;
  if (one.done === one.counted) return { kind: "ready", need: CALM, people: [], minutes: 0, wishes: [] };
  return slow(moment, one);
}

/** What the room as a whole needs, most needed first. `next` is the wish of the primary button. */
export function suggestionsForRoom(board: Board, timer: boolean): Suggestion[] {
  const found: Suggestion[] = [];
  if (board.grouping && board.groups.length === 0 && board.here > 1) {
    found.push({ kind: "form", need: 95, people: [], minutes: 0, wishes: [] });
  }
  // Who fell silent is listed, and gets a place with the next sign of life: nobody is put together with a ghost.
  const waiting = board.placeless.filter((one) => one.counted);
  if (waiting.length > 0) {
    const people = waiting.map((one) => one.id);
    found.push({
      kind: "placeless",
      need: 90,
      people,
      minutes: 0,
      wishes: people.map((person) => ({ type: "TakePlace", person })),
    });
  }
  if (board.here > 1 && board.done / board.here >= READY_SHARE) {
    found.push({ kind: "room_ready", need: 10, people: [], minutes: 0, wishes: [] });
  } else if (timer && board.here > 1 && board.need_time * 3 >= board.here) {
    found.push({
      kind: "room_time",
      need: 30,
      people: [],
      minutes: 0,
      wishes: [{ type: "AddTime", scope: "", ms: MINUTE_MS }],
    });
  }
  return found;
}

export interface Ranked {
  at: GroupAt;
  suggestion: Suggestion | null;
}

/** By need, then by table: a group keeps its place as long as its need stays the same. */
export function ranked(moment: Moment): Ranked[] {
  return moment.board.groups
    .map((at) => ({ at, suggestion: suggestionFor(moment, at) }))
    .sort((a, b) => (b.suggestion?.need ?? CALM) - (a.suggestion?.need ?? CALM) || a.at.group.table - b.at.group.table);
}

/** Groups with something to do for the moderator stand first, in rows of their own. */
export function isNeedy(one: Ranked): boolean {
  return (one.suggestion?.need ?? CALM) > CALM;
}

export function isAlone(suggestion: Suggestion | null): boolean {
  return suggestion?.kind === "alone" || suggestion?.kind === "partner_gone";
}
