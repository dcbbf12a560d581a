import { expect, test } from "vitest";
import {
  calledNames,
  clockOf,
  FINDING_MS,
  findingOf,
  MESSAGE_MS,
  pagesOf,
  type ScreenShown,
  sheetOf,
  showingOf,
  type Situation,
  smallerThan,
  type TableShown,
} from "../../src/projector/showing";
import { NOON_MS, room } from "../console/room";

const situation = (more: Partial<Situation> = {}): Situation => ({
  room,
  screen: { code: "ABC234", joined: 2, tables: [{ table: 1, members: ["ana", "bor"] }] },
  activity: "interview",
  kind: "",
  now_ms: NOON_MS,
  heard_ms: 0,
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

test("a message gives way as soon as the room goes on, and to whoever presses a key at the projector", () => {
  const spoken = { ...room, messages: [{ text: "t1", at_ms: NOON_MS }] };
  const soon = { room: spoken, now_ms: NOON_MS + 10_000, since_ms: null };
  expect(showingOf(situation({ ...soon, heard_ms: NOON_MS }))).toBe("instruction");
  expect(showingOf(situation({ ...soon, heard_ms: NOON_MS - 5_000 }))).toBe("message");
  expect(showingOf(situation({ ...soon, chosen: "join", chosen_ms: NOON_MS + 5_000 }))).toBe("join");
  expect(showingOf(situation({ ...soon, chosen: "join", chosen_ms: NOON_MS - 5_000 }))).toBe("message");
});

const on = (step: number, tables: TableShown[] = []): ScreenShown => ({
  code: "ABC234",
  joined: 8,
  at: "pairs",
  step,
  tables,
});
const PAIRS = [1, 2, 3, 4].map((table) => ({ table, others: 2 }));

test("tables are looked for when they are new, not at every step that people spend at them", () => {
  const told = findingOf(findingOf(null, on(0), NOON_MS - 5_000), on(1, PAIRS), NOON_MS);
  expect(told).toMatchObject({ tables: PAIRS, since_ms: NOON_MS });
  expect(findingOf(told, on(2, PAIRS), NOON_MS + 5_000).since_ms).toBeNull();
  const whole = findingOf(told, on(2), NOON_MS + 5_000);
  expect(findingOf(whole, on(3, PAIRS), NOON_MS + 9_000).since_ms).toBeNull();
  const fours = [1, 2].map((table) => ({ table, others: 4 }));
  expect(findingOf(whole, on(3, fours), NOON_MS + 9_000).since_ms).toBe(NOON_MS + 9_000);
});

test("people who have just come to their tables are counted again without losing sight of them", () => {
  const told = findingOf(findingOf(null, on(0), NOON_MS - 5_000), on(1, PAIRS), NOON_MS);
  expect(findingOf(told, { ...on(1, PAIRS), joined: 9 }, NOON_MS + 100).since_ms).toBe(NOON_MS);
});

test("one table with somebody new does not take the instruction from the room", () => {
  const settled = { tables: PAIRS, moment: "pairs/2", since_ms: null };
  const late = PAIRS.map((one) => (one.table === 3 ? { ...one, others: 3 } : one));
  expect(findingOf(settled, on(2, late), NOON_MS).since_ms).toBeNull();
  const mixed = PAIRS.map((one) => ({ ...one, others: 3 }));
  expect(findingOf(settled, on(2, mixed), NOON_MS).since_ms).toBe(NOON_MS);
});

test("after the last meeting the screen thanks, and what is done on one's own time has its instruction", () => {
  const [first, ...others] = room.phases;
  const over = { ...room, life: "follow_up" as const };
  expect(showingOf(situation({ room: over }))).toBe("closed");
  expect(first).toBeDefined();
  const between = [{ ...room.phases.find((one) => one.id === room.at), between: true }, ...others];
  expect(showingOf(situation({ room: { ...over, phases: between as typeof room.phases }, since_ms: null }))).toBe(
    "instruction",
  );
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

test("three tables stand side by side in the largest letters", () => {
  expect(sheetOf(3, 4)).toEqual({ columns: 3, each: 3, name_u: 3.8 });
});

test("letters that are too large are tried a little smaller, down to what the last row can read", () => {
  const tried = [];
  for (let name_u: number | null = 3.8; name_u !== null; name_u = smallerThan(name_u)) tried.push(name_u);
  expect(tried.length).toBeGreaterThan(5);
  expect(tried.at(-1)).toBe(2.2);
  expect(tried).toEqual([...tried].sort((a, b) => b - a));
});

test("a break that was closed has no clock, and one that is open has the room's", () => {
  const timer = { total_ms: 600_000, ends_ms: NOON_MS };
  const [here] = room.phases;
  if (!here) throw new Error("a room without a phase");
  expect(clockOf({ ...room, timer })).toBe(timer);
  expect(clockOf({ ...room, timer, phases: [{ ...here, status: "closed" }] })).toBeNull();
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
