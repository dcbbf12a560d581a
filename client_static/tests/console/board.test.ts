import { expect, test } from "vitest";
import { keepsPace, paceOf, wordsByOwner } from "../../src/console/room/board";
import { suggestionsForRoom } from "../../src/console/suggestions";
import { board, MINUTE_MS, NOON_MS } from "./room";

test("words are counted for whoever owns the page, alone or as a group, and only in this phase", () => {
  const words = wordsByOwner(
    {
      pages: [
        ["talk/note/ana", 7, 1],
        ["talk/plan/ana", 3, 5],
        ["talk/board/g1", 4, 2],
        ["other/note/ana", 90, 9],
      ],
    },
    "talk",
  );
  expect(words.get("ana")).toBe(10);
  expect(words.get("g1")).toBe(4);
});

test("done is counted over those present: an untouched phone has an owner in the room, a silent one has not", () => {
  const made = board({
    groups: [["ana", "bor", "eva", "jan"]],
    presence: { bor: ["away", NOON_MS - 1], eva: ["away", NOON_MS - 60 * MINUTE_MS], jan: ["gone", 1] },
    moderators: { done: ["ana", "jan"] },
  });
  expect(made.groups[0]).toMatchObject({ counted: 3, done: 1 });
  expect(made.here).toBe(3);
});

test("who joined and has no place is always listed, and only those who are here are offered one", () => {
  const made = board({
    groups: [["ana", "bor"]],
    others: ["eva", "jan"],
    presence: { eva: ["away", 1], jan: ["gone", 1] },
  });
  expect(made.placeless.map((one) => one.id)).toEqual(["eva", "jan"]);
  expect(suggestionsForRoom(made, false).find((one) => one.kind === "placeless")?.people).toEqual(["eva"]);
});

test("who is not waited for keeps a line, and no turn and no count asks for them", () => {
  const made = board({ groups: [["ana", "bor", "eva"]], presence: { eva: ["gone", 1] }, absent: ["eva"] });
  expect(made.groups[0]?.people.map((one) => one.id)).toEqual(["ana", "bor", "eva"]);
  expect(made.groups[0]).toMatchObject({ counted: 2, turns: 2 });
});

test("somebody without a device counts as present", () => {
  const made = board({
    groups: [["ana", "bor"]],
    presence: { bor: ["gone", 1] },
    moderators: {
      people: [
        { id: "ana", school: "" },
        { id: "bor", school: "", without_device: true },
      ],
    },
  });
  expect(made.groups[0]?.people[1]).toMatchObject({ presence: "no_device", counted: true });
});

test("who left for good has no line on the board", () => {
  const people = [
    { id: "ana", school: "" },
    { id: "bor", school: "", state: "left" as const },
  ];
  expect(board({ groups: [["ana", "bor"]], moderators: { people } }).everybody.map((one) => one.id)).toEqual(["ana"]);
});

test("what an activity counts of a group and of its people stands beside the words, and nothing that is zero", () => {
  const activity = { kind: "round", spoken: { "": 9, "talk-pairs-1": 2, "talk-pairs-2": 0 } };
  const made = board({
    groups: [
      ["ana", "bor"],
      ["eva", "jan"],
    ],
    activity,
  });
  expect(made.groups.map((one) => one.figures)).toEqual([[{ key: "spoken", n: 2 }], []]);
});

test("a board knows who looks in, at a table or at one of its people", () => {
  const made = board({
    groups: [
      ["ana", "bor"],
      ["eva", "jan"],
    ],
    moderators: { looking: { s1: "talk-pairs-1" }, viewing: { s2: "eva" } },
  });
  expect(made.groups.map((one) => one.lookers)).toEqual([["s1"], ["s2"]]);
});

test("the pace of most tables is said once, and who is elsewhere does not keep it", () => {
  const timer = (ends_ms: number) => ({ total_ms: 300_000, ends_ms });
  const made = board({
    groups: [
      ["ana", "bor"],
      ["eva", "jan"],
      ["mia", "rok"],
      ["tea", "urh"],
    ],
    moderators: {
      timers: {
        "talk-pairs-1": timer(NOON_MS + 200_000),
        "talk-pairs-2": timer(NOON_MS + 201_000),
        "talk-pairs-3": timer(NOON_MS + 199_000),
        "talk-pairs-4": timer(NOON_MS + 80_000),
      },
    },
  });
  const pace = paceOf(made.groups);
  expect(pace && made.groups.map((one) => keepsPace(one, pace))).toEqual([true, true, true, false]);
});

test("tables that each have a pace of their own have none in common", () => {
  const groups = [
    ["ana", "bor"],
    ["eva", "jan"],
  ];
  const timers = { "talk-pairs-1": { total_ms: 300_000, ends_ms: NOON_MS + 200_000 } };
  expect(paceOf(board({ groups, moderators: { timers } }).groups)).toBeNull();
  expect(paceOf(board({ groups }).groups)).toBeNull();
});
