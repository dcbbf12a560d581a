/** Which one message the large screen shows now. */

import type { RoomShown, Timer } from "../state/workshop";
import { leftMs } from "../state/workshop";

export interface TableShown {
  table: number;
  /** Only those who said that their name may stand here. */
  members?: string[];
  others?: number;
}

export interface ScreenShown {
  code: string;
  joined: number;
  at?: string | null;
  step?: number;
  tables?: TableShown[];
}

export type Showing = "join" | "tables" | "instruction" | "break" | "message" | "closed";

/** People need this long to find their tables; then the instruction matters more. */
export const FINDING_MS = 90_000;
export const MESSAGE_MS = 60_000;

/** Fewer than so many of the tables changed: those few are told by their phones, and the room keeps its instruction. */
const MANY_CHANGED = 1 / 3;

/** The tables that people were last sent to. */
export interface Finding {
  tables: readonly TableShown[];
  /** The step that was shown with them, by the same view: the room's own may come before or after it. */
  moment: string;
  /** When they first stood on this screen; 0 if they did when it was opened, null once the room has gone on with them. */
  since_ms: number | null;
}

function areNew(before: readonly TableShown[], now: readonly TableShown[]): boolean {
  const held = new Set(before.map((one) => JSON.stringify(one)));
  const changed = now.filter((one) => !held.has(JSON.stringify(one))).length;
  return changed >= now.length * MANY_CHANGED;
}

/** People look for tables that are new to them; a step that leaves everybody where they sit has only its instruction. */
export function findingOf(before: Finding | null, screen: ScreenShown, now_ms: number): Finding {
  const tables = screen.tables ?? [];
  const moment = `${screen.at}/${screen.step ?? 0}`;
  if (!before) return { tables, moment, since_ms: 0 };
  const still = moment === before.moment ? before.since_ms : null;
  if (tables.length === 0) return { tables: before.tables, moment, since_ms: still };
  return { tables, moment, since_ms: areNew(before.tables, tables) ? now_ms : still };
}

export interface Situation {
  room: RoomShown;
  screen: ScreenShown | undefined;
  activity: string;
  /** The kind of a talk, as its own view says it. */
  kind: string;
  now_ms: number;
  /** The newest message that was there before the room came to this step, as far as this screen saw it come. */
  heard_ms: number;
  /** Of the tables that people were sent to last (`Finding`). */
  since_ms: number | null;
  /** What the person at the projector chose with a key, until the room moves on. */
  chosen: Showing | null;
  chosen_ms?: number;
}

/** How long the step has been running, by the room's clock: a projector that was reloaded knows it too. */
export function elapsedMs(timer: Timer | null | undefined, now_ms: number): number | null {
  return timer ? Math.max(0, timer.total_ms - leftMs(timer, now_ms)) : null;
}

/** The room's clock, as long as somebody works by it: a phase that was closed has no time left to wait for. */
export function clockOf(room: RoomShown): Timer | null {
  return room.phases.find((one) => one.id === room.at)?.status === "closed" ? null : (room.timer ?? null);
}

export function freshMessage(room: RoomShown, now_ms: number): { text: string; at_ms: number } | null {
  const last = room.messages?.at(-1);
  return last && now_ms - last.at_ms < MESSAGE_MS ? last : null;
}

/** Whether the day is over on this screen: what people do on their own time afterwards has an instruction again. */
function isOver(room: RoomShown): boolean {
  if (room.life === "closed" || room.life === "erased") return true;
  return room.life === "follow_up" && !room.phases.find((one) => one.id === room.at)?.between;
}

function finds({ screen, room, since_ms, now_ms }: Situation): boolean {
  if (!screen?.tables?.length || since_ms === null) return false;
  const elapsed = since_ms ? now_ms - since_ms : (elapsedMs(room.timer, now_ms) ?? Infinity);
  return elapsed < FINDING_MS;
}

export function showingOf(situation: Situation): Showing {
  const { room, activity, kind, now_ms, heard_ms, chosen, chosen_ms = 0 } = situation;
  if (room.life === "closed" || room.life === "erased") return "closed";
  const said_ms = freshMessage(room, now_ms)?.at_ms ?? 0;
  // What was said before the room went on stands at the edge: the new instruction must not wait for it.
  if (said_ms > heard_ms && said_ms > chosen_ms) return "message";
  if (chosen) return chosen;
  if (isOver(room)) return "closed";
  if (!room.at || activity === "arrival") return "join";
  if (kind === "break" || kind === "lunch") return "break";
  return finds(situation) ? "tables" : "instruction";
}

export interface Sheet {
  columns: number;
  /** Tables that fit on one picture; more of them take turns. */
  each: number;
  /** The size of a name in `u`, a hundredth of the width: as large as the room allows. */
  name_u: number;
}

const MOST_COLUMNS = 5;
const ROOM_U = 38;
const LEADING = 1.25;
const AROUND_U = 1.7;
const SMALLEST_NAME_U = 2.2;
const LARGEST_NAME_U = 3.8;
/** Five columns are narrow: larger letters would cut names. */
const NARROW_NAME_U = 2.3;

/** How much smaller the letters are tried that did not let the tables stand on their pages. */
const TRY_U = 0.15;

/** The next smaller size to try; null where the last row could not read it any more. */
export function smallerThan(name_u: number): number | null {
  return name_u > SMALLEST_NAME_U ? Math.max(SMALLEST_NAME_U, name_u - TRY_U) : null;
}

function columnsFor(tables: number): number {
  if (tables <= 3) return Math.max(1, tables);
  if (tables === 4) return 2;
  if (tables <= 9) return 3;
  return tables <= 16 ? 4 : MOST_COLUMNS;
}

/** How tables are laid out so that the smallest letter can be read from the last row; what does not fit takes turns. */
export function sheetOf(tables: number, largest: number): Sheet {
  const most = Math.max(1, Math.floor(ROOM_U / (largest * SMALLEST_NAME_U * LEADING + AROUND_U)));
  const pages = Math.max(1, Math.ceil(tables / (columnsFor(tables) * most)));
  const each = Math.ceil(tables / pages);
  const columns = Math.max(columnsFor(each), Math.ceil(each / most));
  const rows = Math.max(1, Math.ceil(each / columns));
  const name_u = (ROOM_U / rows - AROUND_U) / (largest * LEADING);
  const widest = columns >= MOST_COLUMNS ? NARROW_NAME_U : LARGEST_NAME_U;
  return { columns, each, name_u: Math.max(SMALLEST_NAME_U, Math.min(widest, name_u)) };
}

export interface Page {
  from: number;
  to: number;
}

/** Whole rows only, as many as are seen to their end in `room`; at least one, or nobody would find their table. */
export function pagesOf(boxes: readonly { top: number; bottom: number }[], room: number): Page[] {
  const pages: Page[] = [];
  let [from, row, top] = [0, 0, boxes[0]?.top ?? 0];
  boxes.forEach((box, at) => {
    if (box.top > (boxes[row]?.top ?? 0) + 1) row = at;
    if (box.bottom - top <= room + 1 || row === from) return;
    pages.push({ from, to: row });
    from = row;
    top = box.top;
  });
  if (boxes.length > from) pages.push({ from, to: boxes.length });
  return pages;
}

/** First names where they are enough to tell people apart; else with as many letters of the rest as it takes. */
export function calledNames(names: readonly string[]): string[] {
  const forms = names.map((name) => {
    const [first = name, ...others] = name.trim().split(/\s+/);
    const rest = others.join(" ");
    const letters = [...rest].slice(0, -1).map(
      (_, at) =>
        `${first} ${[...rest]
          .slice(0, at + 1)
          .join("")
          .trimEnd()}.`,
    );
    return [first, ...letters, `${first} ${rest}`.trim()];
  });
  const often = new Map<string, number>();
  for (const form of forms.flatMap((one) => [...new Set(one)])) often.set(form, (often.get(form) ?? 0) + 1);
  return forms.map((one) => one.find((form) => often.get(form) === 1) ?? one.at(-1) ?? "");
}
