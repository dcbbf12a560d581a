import { expect, test } from "vitest";
import { nowSeen } from "../src/shell/away";
import { turnsOf } from "../src/state/path";
import { speakerOf, takingPart } from "../src/state/workshop";

const MINUTE_MS = 60_000;

test("who is here when the room goes on has missed nothing", () => {
  const before = nowSeen(null, "one", 0);
  const after = nowSeen(before, "two", MINUTE_MS);
  expect(after).toEqual({ phase: "two", at_ms: MINUTE_MS, missed_ms: 0 });
});

test("who was away over the end of a phase has missed it, also after a reload, until the room goes on again", () => {
  const left = nowSeen(null, "one", MINUTE_MS);
  const back = nowSeen(left, "two", 20 * MINUTE_MS);
  expect(back.missed_ms).toBe(MINUTE_MS);
  expect(nowSeen(back, "two", 22 * MINUTE_MS).missed_ms).toBe(MINUTE_MS);
  expect(nowSeen(nowSeen(back, "two", 22 * MINUTE_MS), "three", 23 * MINUTE_MS).missed_ms).toBe(0);
});

test("who was away inside a phase, or for a moment, is not received like a guest", () => {
  const left = nowSeen(null, "one", 0);
  expect(nowSeen(left, "one", 30 * MINUTE_MS).missed_ms).toBe(0);
  expect(nowSeen(left, "two", 3 * MINUTE_MS).missed_ms).toBe(0);
});

test("turns come to those who take part", () => {
  const group = { members: ["ana", "bor", "eva"], absent: ["bor"] };
  expect(takingPart(group)).toEqual(["ana", "eva"]);
  expect(speakerOf(group, 1)).toBe("eva");
});

test("a table larger than what is written takes its turns in a row, as the server counts them", () => {
  const tell = (minutes: number, speaker: number) => [
    { kind: "tell", minutes, speaker },
    { kind: "read_back", minutes: 1, speaker },
  ];
  const step = {
    id: "interviews",
    title: "",
    minutes: 22,
    turns: { two: [...tell(9, 0), ...tell(9, 1)], three: [...tell(6, 0), ...tell(6, 1), ...tell(6, 2)] },
  };
  expect(turnsOf(step, 4).map(({ kind, minutes, speaker }) => [kind, minutes, speaker])).toEqual(
    [0, 1, 2, 3].flatMap((speaker) => [
      ["tell", 4.5, speaker],
      ["read_back", 0.75, speaker],
    ]),
  );
  expect(turnsOf(step, 1)).toEqual([]);
});
