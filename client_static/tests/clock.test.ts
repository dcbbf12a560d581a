import { expect, test } from "vitest";
import { Clock, middle } from "../src/session/clock";
import { markOf } from "../src/session/mark";
import { orderOf, reasonOf } from "../src/session/connection";

const FIVE_MINUTES_MS = 300_000;

test("a device that is five minutes wrong shows the server's time", () => {
  let local = 1_000_000 - FIVE_MINUTES_MS;
  const clock = new Clock(() => local);
  const sent = local;
  local += 80;
  clock.measured(sent, 1_000_040);
  expect(clock.now()).toBe(1_000_080);
});

test("one slow answer does not move the clock", () => {
  const samples = [10, 12, 11, 9].map((trip_ms) => ({ offset_ms: 500, trip_ms }));
  expect(middle([...samples, { offset_ms: 2_500, trip_ms: 4_000 }])).toBe(500);
});

test("an answer that came before its question is no measurement", () => {
  let local = 1_000;
  const clock = new Clock(() => local);
  clock.guess(1_500);
  local = 400;
  clock.measured(1_000, 9_000);
  expect(clock.now()).toBe(900);
});

test("a guess never replaces a measurement", () => {
  const clock = new Clock(() => 1_000);
  clock.measured(1_000, 2_000);
  clock.guess(7_000);
  expect(clock.now()).toBe(2_000);
});

test("after sleep the next measurement counts alone", () => {
  let local = 1_000;
  const clock = new Clock(() => local);
  clock.measured(1_000, 2_000);
  local = 50_000;
  clock.forget();
  clock.measured(50_000, 90_000);
  expect(clock.now()).toBe(90_000);
});

test("the mark never says saved while something is unsent or the line is down", () => {
  const words = { link: "live", pending: 0, drafts: 0, keeps: true, saved_ms: 5, returned: false } as const;
  expect(markOf(words)).toEqual({ state: "saved", at_ms: 5 });
  expect(markOf({ ...words, pending: 2 })).toEqual({ state: "saving", pending: 2, keeps: true });
  expect(markOf({ ...words, link: "offline", pending: 2 })).toEqual({ state: "offline", pending: 2, keeps: true });
  expect(markOf({ ...words, link: "away" })).toEqual({ state: "offline", pending: 0, keeps: true });
  expect(markOf({ ...words, returned: true })).toEqual({ state: "back" });
  expect(markOf({ ...words, saved_ms: 0 })).toEqual({ state: "ready" });
  expect(markOf({ ...words, link: "connecting" })).toEqual({ state: "connecting" });
  expect(markOf({ ...words, pending: 1, keeps: false })).toEqual({ state: "saving", pending: 1, keeps: false });
});

test("a draft that only this device has is neither saved nor on its way", () => {
  const words = { link: "live", pending: 0, drafts: 1, keeps: true, saved_ms: 5, returned: true } as const;
  expect(markOf(words)).toEqual({ state: "kept", drafts: 1 });
  expect(markOf({ ...words, pending: 1 })).toEqual({ state: "saving", pending: 1, keeps: true });
});

test("polling goes first where it was what worked", () => {
  expect(orderOf(null)).toEqual(["websocket", "polling"]);
  expect(orderOf("polling")).toEqual(["polling", "websocket"]);
});

test("a refused connection says whether trying again can help", () => {
  expect(reasonOf(new Error("too_old"))).toEqual({ code: "too_old", then: "stop" });
  expect(reasonOf(Object.assign(new Error("no"), { data: { code: "away" } }))).toMatchObject({ then: "retry" });
  expect(reasonOf(new Error("timeout"))).toBeNull();
});
