import { expect, test } from "vitest";
import {
  calledNames,
  FINDING_MS,
  MESSAGE_MS,
  pagesOf,
  sheetOf,
  showingOf,
  type Situation,
} from "../../src/projector/showing";
import { NOON_MS, room } from "../console/room";

const situation = (more: Partial<Situation> = {}): Situation => ({
  room,
  screen: { code: "ABC234", joined: 2, tables: [{ table: 1, members: ["ana", "bor"] }] },
  activity: "interview",
  kind: "",
  now_ms: NOON_MS,
  since_ms: NOON_MS,
  chosen: null,
  ...more,
});

test("before the day begins the screen says how to join", () => {
  expect(showingOf(situation({ room: { ...room, at: null } }))).toBe("join");
});

test("people see their tables first, and the instruction once they had time to find them", () => {
  expect(showingOf(situation())).toBe("tables");
  expect(showingOf(situation({ now_ms: NOON_MS + FINDING_MS }))).toBe("instruction");
});

test("a screen that was opened later goes by the room's clock", () => {
  const timer = { total_ms: 600_000, ends_ms: NOON_MS + 300_000 };
  expect(showingOf(situation({ since_ms: 0, room: { ...room, timer } }))).toBe("instruction");
});

test("a message to the room comes before everything else, for a minute", () => {
  const spoken = { ...room, messages: [{ text: "t1", at_ms: NOON_MS }] };
  expect(showingOf(situation({ room: spoken }))).toBe("message");
  expect(showingOf(situation({ room: spoken, now_ms: NOON_MS + MESSAGE_MS }))).not.toBe("message");
});

test("a break shows nothing but the clock", () => {
  expect(showingOf(situation({ activity: "talk", kind: "break" }))).toBe("break");
});

test("a closed workshop thanks, whatever was chosen", () => {
  expect(showingOf(situation({ room: { ...room, life: "closed" }, chosen: "join" }))).toBe("closed");
});

test("no name gets smaller than forty of 1,080 lines, whatever the number of tables", () => {
  for (const largest of [2, 3, 4, 5]) {
    for (let tables = 1; tables <= 100; tables += 1) {
      const { columns, each, name_u } = sheetOf(tables, largest);
      expect(name_u * 19.2).toBeGreaterThanOrEqual(40);
      const rows = Math.ceil(each / columns);
      expect(rows * (largest * name_u * 1.25 + 1.7)).toBeLessThanOrEqual(38.1);
    }
  }
});

test("only whole rows stand on a page, and a row that is too tall stands alone", () => {
  const row = (top: number, bottom: number) => [0, 1].map(() => ({ top, bottom }));
  const boxes = [...row(0, 90), ...row(100, 190), ...row(200, 290), ...row(300, 600), ...row(610, 690)];
  expect(pagesOf(boxes, 200)).toEqual([
    { from: 0, to: 4 },
    { from: 4, to: 6 },
    { from: 6, to: 8 },
    { from: 8, to: 10 },
  ]);
  expect(pagesOf(boxes, 1_000)).toEqual([{ from: 0, to: 10 }]);
  expect(pagesOf([], 200)).toEqual([]);
});

test("two people with one first name are told apart", () => {
  expect(calledNames(["Ana Novak", "Ana Kovač", "Bor Zupan", "Eva"])).toEqual(["Ana N.", "Ana K.", "Bor", "Eva"]);
  expect(calledNames(["Ana Hribar", "Ana Horvat", "Ana"])).toEqual(["Ana Hr.", "Ana Ho.", "Ana"]);
});
