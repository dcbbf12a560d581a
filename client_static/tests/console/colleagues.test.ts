/** Who runs the room too, for somebody who reads of what they did. */

import { expect, test } from "vitest";
import { colleagueWords, Desk } from "../../src/console/desk";
import type { ModeratorsShown } from "../../src/console/shown";

const staff = { c1: "co_moderator", m1: "moderator", c2: "co_moderator" };
const moderators = { staff } as unknown as ModeratorsShown;

test("a co-moderator without a name reads of the moderator, and of the other co-moderators by number", () => {
  expect(["m0", "m1", "c1", "c2"].map((who) => colleagueWords(moderators, who, false))).toEqual([
    "The moderator",
    "The moderator",
    "Co-moderator 1",
    "Co-moderator 2",
  ]);
});

test("a moderator reads of another one", () => {
  expect(colleagueWords(moderators, "m1", true)).toBe("Another moderator");
  expect(colleagueWords(undefined, "m1", true)).toBe("Another moderator");
});

test("the log says who by name and by what they do", () => {
  const names = new Map(["c2", "m0"].map((who) => [who, { name: `Mia ${who}` }]));
  const desk = Object.assign(Object.create(Desk.prototype), {
    names: { value: names },
    moderators: { value: moderators },
    session: { welcome: { value: { you: { role: "moderator" } } } },
  }) as Desk;
  expect(desk.colleagueInFull("c2")).toBe("Mia c2 · Co-moderator");
  expect(desk.colleagueInFull("m0")).toBe("Mia m0 · Moderator");
  expect(desk.colleagueInFull("c1")).toBe("Co-moderator 1");
  expect(desk.colleague("c2")).toBe("Mia c2");
});
