/** Which of the moderator's messages are new to somebody. */

import { expect, test } from "vitest";
import { unread } from "../src/shell/messages";

const HOUR_MS = 3_600_000;
const said = (at_ms: number) => ({ id: `m${at_ms}`, words: "Please look up.", at_ms });
const ids = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id);

test("what was said before somebody came is not theirs to read", () => {
  const all = [said(10), said(30)];
  expect(ids(unread(all, { read_ms: 0, joined_ms: 20, now_ms: 40 }))).toEqual(["m30"]);
});

test("what was put away stays away, and two that came meanwhile are both there", () => {
  const all = [said(10), said(20), said(30)];
  expect(ids(unread(all, { read_ms: 10, joined_ms: 5, now_ms: 40 }))).toEqual(["m20", "m30"]);
});

test("yesterday's message is no news", () => {
  const now_ms = 48 * HOUR_MS;
  const all = [said(now_ms - 20 * HOUR_MS), said(now_ms - HOUR_MS)];
  expect(unread(all, { read_ms: 0, joined_ms: 1, now_ms })).toHaveLength(1);
});
