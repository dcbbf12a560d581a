import { expect, test } from "vitest";
import { MISSING_MS, ranked, suggestionFor, suggestionsForRoom } from "../../src/console/suggestions";
import { board, MINUTE_MS, NOON_MS } from "./room";

const look = (made: ReturnType<typeof board>, table = 1, elapsed = 0, now_ms = NOON_MS) => {
  const at = made.groups.find((one) => one.group.table === table);
  if (!at) throw new Error(`no table ${table}`);
  return suggestionFor({ board: made, now_ms, elapsed }, at);
};

const goneFor = (ms: number) =>
  board({
    groups: [
      ["ana", "bor"],
      ["eva", "jan"],
    ],
    presence: { bor: ["gone", NOON_MS - ms] },
  });

test("a partner who is missing for three minutes is offered a re-pairing with one tap", () => {
  const suggestion = look(goneFor(MISSING_MS));
  expect(suggestion).toMatchObject({ kind: "alone", people: ["ana", "bor"], minutes: 3 });
  expect(suggestion?.wishes).toEqual([
    { type: "RepairGroup", phase: "talk", grouping: "pairs", group: "talk-pairs-1" },
  ]);
});

test("a partner who has just stepped out is named, and nobody is re-paired yet", () => {
  expect(look(goneFor(MISSING_MS - 1_000))).toMatchObject({ kind: "away", wishes: [] });
});

test("somebody who says that the partner is gone need not wait three minutes", () => {
  const made = board({
    groups: [
      ["ana", "bor"],
      ["eva", "jan"],
    ],
    presence: { bor: ["gone", NOON_MS - MINUTE_MS] },
    moderators: { help: [{ person: "ana", at_ms: NOON_MS, reason: "partner_gone", group: "talk-pairs-1" }] },
  });
  expect(look(made)).toMatchObject({ kind: "partner_gone", need: 100 });
});

test("who says that the partner is gone is believed although the partner's phone still answers", () => {
  const made = board({
    groups: [
      ["ana", "bor"],
      ["eva", "jan"],
    ],
    moderators: { help: [{ person: "ana", at_ms: NOON_MS, reason: "partner_gone", group: "talk-pairs-1" }] },
  });
  expect(look(made)).toMatchObject({ kind: "partner_gone", people: ["ana", "bor"] });
  expect(look(made)?.wishes).toEqual([
    { type: "RepairGroup", phase: "talk", grouping: "pairs", group: "talk-pairs-1" },
  ]);
});

test("nobody is re-paired where there is nobody to join", () => {
  const made = board({ groups: [["ana", "bor"]], presence: { bor: ["gone", NOON_MS - MISSING_MS] } });
  expect(look(made)).toMatchObject({ kind: "alone", wishes: [] });
});

test("nobody is put into a partnership, and a partnership is not taken apart, because a partner is out", () => {
  const made = {
    ...board({
      groups: [
        ["ana", "bor"],
        ["eva", "jan"],
      ],
      presence: { bor: ["gone", NOON_MS - MISSING_MS] },
    }),
    beside: "learn-partners-",
  };
  expect(look(made)).toMatchObject({ kind: "alone", wishes: [] });
});

test("a call for help is answered with one tap, and rests once somebody is coming", () => {
  const call = { person: "ana", at_ms: NOON_MS, group: "talk-pairs-1" };
  expect(look(board({ groups: [["ana", "bor"]], moderators: { help: [call] } }))).toMatchObject({
    kind: "help",
    wishes: [{ type: "AnswerHelp", person: "ana" }],
  });
  expect(look(board({ groups: [["ana", "bor"]], moderators: { help: [{ ...call, coming: "s1" }] } }))).toBeNull();
});

test("a group in an earlier step is brought along", () => {
  const progress = { talk: { "": { step: 1 }, "talk-pairs-1": { step: 0 } } };
  expect(look(board({ groups: [["ana", "bor"]], moderators: { progress } }))?.wishes).toEqual([
    { type: "MoveStep", phase: "talk", step: 1, left: 0, group: "talk-pairs-1" },
  ]);
});

test("a group that has not begun is named only after a while, and only when the others have", () => {
  const groups = [
    ["ana", "bor"],
    ["eva", "jan"],
    ["mia", "rok"],
  ];
  const pages = [
    ["talk/note/eva", 12, NOON_MS],
    ["talk/note/talk-pairs-3", 5, NOON_MS],
  ] as [string, number, number][];
  expect(look(board({ groups, pages }), 1, 0.1)).toBeNull();
  expect(look(board({ groups, pages }), 1, 0.6)?.kind).toBe("not_begun");
  expect(look(board({ groups }), 1, 0.6)).toBeNull();
});

test("a group in which everybody present is done is ready, whoever is away", () => {
  const made = board({
    groups: [["ana", "bor", "eva"]],
    presence: { eva: ["gone", NOON_MS - MISSING_MS] },
    moderators: { done: ["ana", "bor"] },
  });
  expect(look(made)?.kind).toBe("ready");
});

test("an empty table is named while others are here, and not when the whole room is out", () => {
  const out = { ana: ["gone", 1], bor: ["gone", 1] } as Record<string, ["gone", number]>;
  expect(
    look(
      board({
        groups: [
          ["ana", "bor"],
          ["eva", "jan"],
        ],
        presence: out,
      }),
    )?.kind,
  ).toBe("empty");
  expect(look(board({ groups: [["ana", "bor"]], presence: out }))).toBeNull();
});

test("the board is sorted by need and then by table", () => {
  const made = board({
    groups: [
      ["a", "b"],
      ["c", "d"],
      ["e", "f"],
    ],
    presence: { f: ["gone", NOON_MS - MISSING_MS] },
    moderators: { help: [{ person: "c", at_ms: NOON_MS }] },
  });
  const order = ranked({ board: made, now_ms: NOON_MS, elapsed: 0 }).map((one) => one.at.group.table);
  expect(order).toEqual([3, 2, 1]);
});

test("people without a place are seated with one tap", () => {
  const made = board({ groups: [["ana", "bor"]], others: ["eva", "jan"] });
  expect(suggestionsForRoom(made, true)[0]).toMatchObject({
    kind: "placeless",
    wishes: [
      { type: "TakePlace", person: "eva" },
      { type: "TakePlace", person: "jan" },
    ],
  });
});

test("the room can go on when four of five who are present are done", () => {
  const groups = [
    ["a", "b"],
    ["c", "d"],
    ["e", "f"],
  ];
  const presence = { f: ["gone", NOON_MS - MISSING_MS] } as Record<string, ["gone", number]>;
  const kinds = (done: string[]) =>
    suggestionsForRoom(board({ groups, presence, moderators: { done } }), true).map((one) => one.kind);
  expect(kinds(["a", "b", "c", "d"])).toContain("room_ready");
  expect(kinds(["a", "b", "c"])).not.toContain("room_ready");
});

test("a step that needs groups and has none asks for them", () => {
  const made = board({ groups: [], others: ["ana", "bor"] });
  expect(suggestionsForRoom(made, true)[0]?.kind).toBe("form");
});

const THREE = [
  ["ana", "bor"],
  ["eva", "jan"],
  ["mia", "rok"],
];

test("a group at less than half the pace of the others will probably not finish", () => {
  const pages = [
    ["talk/note/ana", 10, NOON_MS],
    ["talk/note/eva", 80, NOON_MS],
    ["talk/note/mia", 90, NOON_MS],
  ] as [string, number, number][];
  const made = board({ groups: THREE, pages, moderators: { progress: { talk: { "": { step: 0 } } } } });
  const at = (table: number, elapsed: number) => {
    const one = made.groups[table - 1];
    if (!one) throw new Error(`no table ${table}`);
    return suggestionFor({ board: { ...made, steps: made.steps, step: 0 }, now_ms: NOON_MS, elapsed }, one);
  };
  expect(at(1, 0.3)).toBeNull();
  expect(at(1, 0.6)?.kind).toBe("slow");
  expect(at(2, 0.6)).toBeNull();
});

test("turns that take longer than the step are named with the minutes that are missing", () => {
  const timers = { "talk-pairs-1": { total_ms: 5 * MINUTE_MS, ends_ms: NOON_MS + 4 * MINUTE_MS } };
  const made = board({ groups: THREE, moderators: { timers } });
  const [one] = made.groups;
  if (!one) throw new Error("no table");
  const moment = { board: made, now_ms: NOON_MS, elapsed: 0.4 };
  expect(suggestionFor({ ...moment, left_ms: 6 * MINUTE_MS }, one)).toMatchObject({
    kind: "turns_long",
    minutes: 3,
    wishes: [{ type: "MoveTurn", phase: "talk", group: "talk-pairs-1", turn: 1, left: 0 }],
  });
  expect(suggestionFor({ ...moment, left_ms: 9 * MINUTE_MS }, one)).toBeNull();
});
