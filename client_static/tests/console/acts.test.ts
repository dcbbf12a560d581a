import { expect, test } from "vitest";
import { actWords } from "../../src/console/acts";
import type { Desk } from "../../src/console/desk";
import type { Act } from "../../src/console/shown";

const NAMES: Record<string, string> = { p1: "Jan Kos", p2: "Mia Novak" };

/** As much of a desk as a sentence needs. */
const desk = (acts: Act[] = []): Desk =>
  ({
    name: (who: string) => NAMES[who] ?? "…",
    title: () => "Mutual interviews",
    colleague: () => "Eva Horvat",
    room: { value: undefined, peek: () => undefined },
    pack: { peek: () => null },
    moderators: { value: { acts } },
  }) as unknown as Desk;

const act = (what: string, more: Partial<Act> = {}): Act => ({ at_ms: 1, staff: "s1", what, seq: 7, ...more });

test.each([
  [act("MovePerson", { people: ["p1"], tables: [3, 5] }), "Moved Jan Kos from table 3 to table 5"],
  [act("SwapPeople", { people: ["p1", "p2"], tables: [3, 5] }), "Swapped Jan Kos at table 3 and Mia Novak at table 5"],
  [act("MergeGroups", { tables: [1, 2] }), "Put tables 1 and 2 together"],
  [act("AddTime", { number: 1 }), "+1 min for the room"],
  [act("AddTime", { number: -1, tables: [4] }), "−1 min for table 4"],
  [act("KeepApart", { people: ["p1", "p2"] }), "Keeps Jan Kos and Mia Novak apart"],
  [act("KeepApart", { people: ["p1", "p2"], detail: "lifted" }), "No longer keeps Jan Kos and Mia Novak apart"],
  [act("ChangeMinutes", { phase: "i", number: 20 }), "Gave Mutual interviews 20 minutes"],
  [act("AssignTables", { tables: [1, 2], detail: "s2" }), "Gave tables 1 and 2 to Eva Horvat"],
  [act("AssignTables", { detail: "s2" }), "Gave Eva Horvat all tables again"],
  [act("Announce", { detail: "group", tables: [2] }), "Wrote to table 2"],
  [act("ChangeLife", { detail: "closed" }), "Closed the workshop"],
  [act("FormGroups", { phase: "i" }), "Formed groups in Mutual interviews"],
  [act("SomethingOfTomorrow", { phase: "i" }), "Changed something in Mutual interviews"],
])("%s is told in words", (told, words) => {
  expect(actWords(desk(), told)).toBe(words);
});

test("what was taken back is named while the log shows it", () => {
  const undone = act("MovePerson", { people: ["p1"], tables: [3, 5] });
  expect(actWords(desk([undone]), act("UndoAct", { number: 7, seq: 8 }))).toBe(
    "Took back: Moved Jan Kos from table 3 to table 5",
  );
  expect(actWords(desk(), act("UndoAct", { number: 7, seq: 8 }))).toBe("Took something back");
});
