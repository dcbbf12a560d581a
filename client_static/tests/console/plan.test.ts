import { expect, test } from "vitest";
import { cutWins, following, planOf, reordered } from "../../src/console/plan/plan";
import { comingBetween, primaryOf } from "../../src/console/room/moving";
import { MINUTE_MS, NOON_MS, phase, STEPS } from "./room";

const past = phase("a", { status: "closed", opened_ms: NOON_MS, spent_ms: 35 * MINUTE_MS });
const now = phase("b", { status: "open", opened_ms: NOON_MS + 35 * MINUTE_MS, entered_ms: NOON_MS + 35 * MINUTE_MS });
const next = phase("c");
const last = phase("d", { minutes: 20 });
const at_ms = NOON_MS + 45 * MINUTE_MS;

test("a phase that took five minutes more puts the day five minutes behind", () => {
  const plan = planOf([past, now, next, last], "b", at_ms);
  expect(plan.behind_ms).toBe(5 * MINUTE_MS);
  expect(plan.ends_ms).toBe(NOON_MS + 115 * MINUTE_MS);
  expect(plan.stops.map((one) => one.state)).toEqual(["past", "now", "ahead", "ahead"]);
});

test("time over the planned minutes of the current phase counts as it passes", () => {
  const late_ms = NOON_MS + 75 * MINUTE_MS;
  expect(planOf([past, now, next, last], "b", late_ms).behind_ms).toBe(15 * MINUTE_MS);
});

test("leaving a phase out wins its minutes against the schedule as it was", () => {
  const scheduled = new Map([["c", 30]]);
  const plan = planOf([past, now, phase("c", { skipped: true }), last], "b", at_ms, scheduled);
  expect(plan.behind_ms).toBe(-25 * MINUTE_MS);
});

test("shortening a phase is measured against the minutes of the schedule", () => {
  const plan = planOf([past, now, phase("c", { minutes: 20 }), last], "b", at_ms, new Map([["c", 30]]));
  expect(plan.behind_ms).toBe(-5 * MINUTE_MS);
});

test("nothing is late before it has begun", () => {
  expect(planOf([phase("a"), next], null, at_ms)).toMatchObject({ begun: false, behind_ms: 0 });
});

test("another meeting has no place on today's clock", () => {
  const other = phase("e", { meeting: 1 });
  const plan = planOf([past, now, other], "b", at_ms);
  expect(plan.stops[2]?.starts_ms).toBe(0);
  expect(plan.ends_ms).toBe(NOON_MS + 65 * MINUTE_MS);
});

test("only what is still to come can win minutes", () => {
  const { stops } = planOf([past, now, next, last], "b", at_ms);
  expect(stops.map(cutWins)).toEqual([0, 0, 30, 20]);
});

test("only phases that have not begun change places", () => {
  const phases = [past, now, next, last];
  expect(reordered(phases, "d", -1)).toEqual(["a", "b", "d", "c"]);
  expect(reordered(phases, "c", -1)).toBeNull();
  expect(reordered(phases, "a", 1)).toBeNull();
  expect(reordered(phases, "d", 1)).toBeNull();
});

test("the room goes on past what is left out and what is done on their own time", () => {
  const phases = [past, now, phase("c", { skipped: true }), phase("x", { between: true }), last];
  expect(following(phases, "b")?.id).toBe("d");
  expect(following(phases, "d")).toBeNull();
});

test("the one button goes to the next step, then to the next phase, and then ends the day", () => {
  const phases = [past, now, next];
  expect(primaryOf(phases, "b", null, STEPS, 0)).toMatchObject({ does: "step", step: 1, left: 0 });
  expect(primaryOf(phases, "b", null, STEPS, 1)).toEqual({ does: "move", phase: "c" });
  expect(primaryOf(phases, "c", null, [], 0)).toEqual({ does: "end", meeting: null });
});

test("a meeting ends before the next begins, and between them the button opens what people do on their own time", () => {
  const between = phase("x", { between: true });
  const phases = [now, between, phase("e", { meeting: 1 }), phase("y", { meeting: 1, between: true })];
  expect(primaryOf(phases, "b", null, [], 0)).toEqual({ does: "end", meeting: 0 });
  expect(primaryOf(phases, "b", null, STEPS, 0, "follow_up")).toEqual({ does: "open", phase: "x" });
  expect(primaryOf(phases, "x", null, [], 0, "follow_up")).toEqual({ does: "begin", phase: "e" });
  expect(primaryOf(phases, "e", null, [], 0)).toEqual({ does: "end", meeting: null });
  expect(primaryOf(phases, "e", null, [], 0, "follow_up")).toEqual({ does: "open", phase: "y" });
  expect(primaryOf(phases, "y", null, [], 0, "follow_up")).toEqual({ does: "nothing" });
  expect(comingBetween(phases, "b").map((one) => one.id)).toEqual(["x"]);
});

test("looking at a phase makes it the one that the button would move to, and moves nobody", () => {
  expect(primaryOf([past, now, next], "b", "a", STEPS, 0)).toEqual({ does: "move", phase: "a" });
  expect(primaryOf([phase("a"), next], null, "c", [], 0)).toEqual({ does: "begin", phase: "c" });
});
