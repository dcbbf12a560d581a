import { expect, test } from "vitest";
import { changeOf } from "../src/shell/company";
import type { GroupShown, Shift } from "../src/state/workshop";

const NAMES: Record<string, string> = { a: "Ana", b: "Bor", j: "Jan" };

const group = (id: string, members: string[], why?: Shift["why"], more: Partial<GroupShown> = {}): GroupShown => ({
  id,
  phase: "p",
  grouping: "pairs",
  members,
  table: 1,
  standing: {},
  ...(why ? { shift: { why } } : {}),
  ...more,
});

const told = (before: GroupShown, now: GroupShown): string[] =>
  changeOf(before, now, (who) => NAMES[who] ?? "…")?.sentences ?? [];

const pair = group("g1", ["a", "b"]);

test.each([
  [["a", "b", "j"], "by_hand", ["The moderator has sent Jan to your table."]],
  [["a", "b", "j"], "late", ["Jan came later and joined you."]],
  [["a", "b", "j"], "repaired", ["Jan had nobody to work with and joined you."]],
  [["a"], "by_hand", ["The moderator has moved Bor to another table."]],
  [["a"], "late", ["Bor went to another table, so that nobody is alone there."]],
  [["a"], "repaired", ["Bor went to another table, so that nobody is alone there."]],
  [["a"], "left", ["Bor had to leave. What you made together stays with you."]],
  [
    ["a", "j"],
    "by_hand",
    ["The moderator has moved Bor to another table.", "The moderator has sent Jan to your table."],
  ],
  [["a", "j"], "undone", ["The moderator has taken the last change back."]],
  [["a", "b"], "by_hand", []],
] as [string[], Shift["why"], string[]][])("who stays hears why: %s, %s", (members, why, sentences) => {
  expect(told(pair, group("g1", members, why))).toEqual(sentences);
});

test.each([
  ["by_hand", {}, "The moderator has moved you to another table."],
  ["by_hand", { parts: ["g1"] }, "The moderator has put two tables together."],
  ["repaired", { parts: ["g1"] }, "Two tables were put together, so that nobody is alone."],
  ["repaired", {}, "The moderator has put the groups together in a new way."],
  ["late", {}, "A place was needed for somebody who came. You now sit at a new table."],
  ["formed", {}, "The moderator has put the groups together in a new way."],
  ["undone", {}, "The moderator has taken the last change back."],
] as [Shift["why"], Partial<GroupShown>, string][])("who moves hears why: %s %o", (why, more, sentence) => {
  const change = changeOf(pair, group("g2", ["a", "j"], why, more), (who) => NAMES[who] ?? "…");
  expect(change).toEqual({ mine: true, sentences: [sentence] });
});

test("going from pairs to fours is a step of the path, and nobody was moved", () => {
  expect(changeOf(pair, { ...group("f1", ["a", "b", "j"]), grouping: "fours" }, String)).toBeNull();
  expect(changeOf(pair, { ...group("g9", ["a", "j"]), phase: "next" }, String)).toBeNull();
});
