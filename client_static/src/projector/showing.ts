/** Which one message the large screen shows now. */

import type { RoomShown, Timer } from "../state/workshop";
import { leftMs } from "../state/workshop";

export interface TableShown {
  table: number;
  members: string[];
}

export interface ScreenShown {
  code: string;
  joined: number;
  tables?: TableShown[];
}

export type Showing = "join" | "tables" | "instruction" | "break" | "message" | "closed";

/** People need this long to find their tables; then the instruction matters more. */
export const FINDING_MS = 90_000;
export const MESSAGE_MS = 60_000;

export interface Situation {
  room: RoomShown;
  screen: ScreenShown | undefined;
  activity: string;
  /** The kind of a talk, as its own view says it. */
  kind: string;
  now_ms: number;
  /** When these tables, or this step, first stood on this screen. */
  since_ms: number;
  /** What the person at the projector chose with a key, until the room moves on. */
  chosen: Showing | null;
}

/** How long the step has been running, by the room's clock: a projector that was reloaded knows it too. */
export function elapsedMs(timer: Timer | null | undefined, now_ms: number): number | null {
  return timer ? Math.max(0, timer.total_ms - leftMs(timer, now_ms)) : null;
}

export function freshMessage(room: RoomShown, now_ms: number): string | null {
  const last = room.messages?.at(-1);
  return last && now_ms - last.at_ms < MESSAGE_MS ? last.text : null;
}

export function showingOf(situation: Situation): Showing {
  const { room, screen, activity, kind, now_ms, since_ms, chosen } = situation;
  if (room.life === "closed" || room.life === "erased") return "closed";
  if (freshMessage(room, now_ms)) return "message";
  if (chosen) return chosen;
  if (!room.at || activity === "arrival") return "join";
  if (kind === "break" || kind === "lunch") return "break";
  const elapsed = Math.min(elapsedMs(room.timer, now_ms) ?? Infinity, now_ms - since_ms);
  return screen?.tables?.length && elapsed < FINDING_MS ? "tables" : "instruction";
}

export interface Sheet {
  columns: number;
  /** Tables that fit on one picture; more of them take turns. */
  each: number;
}

const MOST_COLUMNS = 6;
const ROOM_ROWS_U = 41;
const NAME_U = 2.75;
const TABLE_U = 2.6;

/** How tables are laid out so that the smallest letter can be read from the last row; `u` is a hundredth of the width. */
export function sheetOf(tables: number, largest: number): Sheet {
  const columns = tables <= 4 ? Math.max(1, Math.min(tables, 2)) : tables <= 9 ? 3 : tables <= 16 ? 4 : MOST_COLUMNS;
  const rows = Math.max(1, Math.floor(ROOM_ROWS_U / (largest * NAME_U + TABLE_U)));
  return { columns, each: columns * rows };
}

/** First names where they are enough to tell people apart; else with the first letter of the rest. */
export function calledNames(names: readonly string[]): string[] {
  const first = (name: string): string => name.trim().split(/\s+/)[0] ?? name;
  const often = new Map<string, number>();
  for (const name of names) often.set(first(name), (often.get(first(name)) ?? 0) + 1);
  return names.map((name) => {
    const rest = name.trim().split(/\s+/).slice(1).join(" ");
    return (often.get(first(name)) ?? 0) > 1 && rest ? `${first(name)} ${rest.charAt(0)}.` : first(name);
  });
}
