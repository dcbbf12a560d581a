/** What a path calls its groups is for the path: a trainer reads what they are. */

import { expect, test } from "vitest";
import { actWords } from "../../src/console/acts";
import type { Desk } from "../../src/console/desk";
import { groupingWords } from "../../src/console/room/group_names";
import type { Grouping } from "../../src/console/shown";
import type { Step } from "../../src/state/path";
import { phase, room } from "./room";

type Groups = Record<string, Grouping>;

const STEPS: Step[] = [
  { id: "tell", title: "Tell", minutes: 5, groups: "speed" },
  { id: "again", title: "Tell again", minutes: 5, groups: "speed_again" },
];

function desk(groups: Record<string, Groups>, how: Record<string, Groups> = {}): Desk {
  const words = (of: Groups) => ({ variants: { standard: { minutes: 10, steps: STEPS } }, groups: of });
  const packed = { phases: Object.fromEntries(Object.entries(groups).map(([id, of]) => [id, words(of)])) };
  const shown = { ...room, phases: Object.keys(groups).map((id) => phase(id)) };
  return {
    room: { value: shown, peek: () => shown },
    pack: { value: packed, peek: () => packed },
    moderators: { value: { how, acts: [] } },
    title: () => "Interviews",
    name: () => "",
  } as unknown as Desk;
}

test("groups are called by how many sit in them", () => {
  const interviews = {
    pairs: { form: "pairs" },
    fours: { form: "merged", of: "pairs" },
    x: { form: "count", count: 3 },
  };
  const at = desk({ interviews: interviews as Groups });
  expect(["pairs", "fours", "x"].map((name) => groupingWords(at, "interviews", name))).toEqual([
    "pairs",
    "fours",
    "3 groups",
  ]);
});

test("what the moderator chose on the day counts, and not what the path calls it", () => {
  const at = desk({ one: { pairs: { form: "pairs" } } }, { one: { pairs: { form: "trios" } } });
  expect(groupingWords(at, "one", "pairs")).toBe("threes");
});

test("groups of an earlier phase are called as they were there", () => {
  const at = desk({ one: { teams: { form: "fives" } }, two: { again: { form: "same", phase: "one" } } });
  expect(groupingWords(at, "two", "again")).toBe("fives");
});

test("two groupings of one form are told apart by the step that works in them", () => {
  const at = desk({ dating: { speed: { form: "pairs" }, speed_again: { form: "pairs" } } });
  expect(groupingWords(at, "dating", "speed_again")).toBe("pairs, for “Tell again”");
});

test("nothing that only the path knows is ever read", () => {
  expect(groupingWords(desk({ one: {} }), "one", "speed_again")).toBe("groups");
  expect(groupingWords(desk({ one: { odd: { form: "same", phase: "gone" } } }), "one", "odd")).toBe("groups");
});

test("the log and the button that takes it back name them too", () => {
  const at = desk({ one: { speed: { form: "fours" } } });
  const act = { at_ms: 1, staff: "s", what: "FormGroups", phase: "one", detail: "speed", seq: 1 };
  expect(actWords(at, act)).toBe("Formed groups in Interviews: fours");
});
