import { expect, test } from "vitest";
import { LONG_AWAY_MS, wordsByOwner } from "../../src/console/room/board";
import { board, NOON_MS } from "./room";

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
  expect(words.get("ana")).toEqual({ words: 10, wrote_ms: 5 });
  expect(words.get("g1")?.words).toBe(4);
});

test("done is counted over those present: short absences count, long ones do not", () => {
  const made = board({
    groups: [["ana", "bor", "eva", "jan"]],
    presence: { bor: ["away", NOON_MS - LONG_AWAY_MS + 1], eva: ["away", NOON_MS - LONG_AWAY_MS], jan: ["gone", 1] },
    moderators: { done: ["ana", "jan"] },
  });
  expect(made.groups[0]).toMatchObject({ counted: 2, done: 1 });
  expect(made.here).toBe(2);
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
