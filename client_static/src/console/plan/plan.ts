/** The day in minutes: what was planned, what it took, when it will end, and what leaving something out would win. */

import type { PhaseShown } from "../../state/workshop";
import type { ScheduleWords } from "../shown";

export const MINUTE_MS = 60_000;

export type StopState = "past" | "now" | "ahead" | "skipped" | "between";

export interface Stop {
  phase: PhaseShown;
  state: StopState;
  /** Milliseconds that the room has spent here, with the visit that is going on. */
  spent_ms: number;
  /** When it began, or would begin if everything from now on takes its minutes; 0 for what has no place on the clock. */
  starts_ms: number;
  ends_ms: number;
}

export interface Plan {
  stops: Stop[];
  ends_ms: number;
  /** Above zero: later than the schedule says. */
  behind_ms: number;
  /** Nothing has begun yet in this meeting, so nothing can be late. */
  begun: boolean;
}

export function spentMs(phase: PhaseShown, now_ms: number): number {
  return (phase.spent_ms ?? 0) + (phase.entered_ms ? Math.max(0, now_ms - phase.entered_ms) : 0);
}

/** The minutes of each phase as the schedule had them before anybody changed the day. */
export function scheduledMinutes(schedule: ScheduleWords | undefined): ReadonlyMap<string, number> {
  const stops = schedule?.meetings.flatMap((meeting) => meeting.stops) ?? [];
  return new Map(stops.map((stop) => [stop.id || stop.phase, stop.minutes]));
}

function stateOf(phase: PhaseShown, at: string | null, room: number, place: number): StopState {
  if (phase.id === at) return "now";
  if (phase.skipped) return "skipped";
  if (phase.between) return "between";
  return phase.opened_ms && (room < 0 || place < room || phase.status === "closed") ? "past" : "ahead";
}

function meetingOf(phases: readonly PhaseShown[], at: string | null): number {
  return phases.find((one) => one.id === at)?.meeting ?? 0;
}

export function planOf(
  phases: readonly PhaseShown[],
  at: string | null,
  now_ms: number,
  scheduled: ReadonlyMap<string, number> = new Map(),
): Plan {
  const room = phases.findIndex((one) => one.id === at);
  const meeting = meetingOf(phases, at);
  const stops: Stop[] = [];
  let clock = now_ms;
  phases.forEach((phase, place) => {
    const state = stateOf(phase, at, room, place);
    const spent_ms = spentMs(phase, now_ms);
    const stop: Stop = { phase, state, spent_ms, starts_ms: 0, ends_ms: 0 };
    if (state === "past") {
      stop.starts_ms = phase.opened_ms ?? 0;
      stop.ends_ms = stop.starts_ms + spent_ms;
    } else if ((phase.meeting ?? 0) === meeting && (state === "now" || state === "ahead")) {
      stop.starts_ms = state === "now" ? now_ms - spent_ms : clock;
      clock += Math.max(0, phase.minutes * MINUTE_MS - spent_ms);
      stop.ends_ms = clock;
    }
    stops.push(stop);
  });
  const ours = phases.filter((one) => (one.meeting ?? 0) === meeting && !one.between);
  const first_ms = Math.min(...ours.flatMap((one) => (one.opened_ms ? [one.opened_ms] : [])));
  const begun = at !== null && Number.isFinite(first_ms);
  const minutes = ours.reduce((sum, one) => sum + (scheduled.get(one.id) ?? one.minutes), 0);
  return { stops, ends_ms: clock, behind_ms: begun ? clock - (first_ms + minutes * MINUTE_MS) : 0, begun };
}

/** What leaving a phase out would win, if it is still to come. */
export function cutWins(stop: Stop): number {
  return stop.state === "ahead" ? Math.max(0, stop.phase.minutes - Math.round(stop.spent_ms / MINUTE_MS)) : 0;
}

/** The order with one phase moved by one place, or null when it cannot go there: what has begun keeps its place. */
export function reordered(phases: readonly PhaseShown[], id: string, by: -1 | 1): string[] | null {
  const from = phases.findIndex((one) => one.id === id);
  const moving = phases[from];
  const passed = phases[from + by];
  if (!moving || !passed || moving.opened_ms || passed.opened_ms) return null;
  if ((moving.meeting ?? 0) !== (passed.meeting ?? 0)) return null;
  const order = phases.map((one) => one.id);
  order[from] = passed.id;
  order[from + by] = moving.id;
  return order;
}

/** The phase that comes after the one where the room is, as the plan stands now. */
export function following(phases: readonly PhaseShown[], at: string | null): PhaseShown | null {
  const room = phases.findIndex((one) => one.id === at);
  return phases.slice(room + 1).find((one) => !one.skipped && !one.between) ?? null;
}
