import { expect, test } from "vitest";
import { moved, problemOf } from "../src/activities/partnering/arranging";

const DRAFT = [
  ["ana", "bor"],
  ["eva", "jan", "lea"],
];

test("somebody who moves leaves one table and sits at another, and nobody is lost", () => {
  expect(moved(DRAFT, "lea", 0)).toEqual([
    ["ana", "bor", "lea"],
    ["eva", "jan"],
  ]);
  expect(moved(DRAFT, "lea", 1)).toBe(DRAFT);
});

test("a table that becomes empty is gone, and a new one may be opened", () => {
  const alone = moved(DRAFT, "ana", "own");
  expect(alone).toEqual([["bor"], ["eva", "jan", "lea"], ["ana"]]);
  expect(moved(alone, "bor", 2)).toEqual([
    ["eva", "jan", "lea"],
    ["ana", "bor"],
  ]);
});

test("only tables of two and three can be kept, and what stands in the way is said", () => {
  expect(problemOf(DRAFT)).toBeNull();
  expect(problemOf(moved(DRAFT, "ana", "own"))).toBe("alone");
  expect(
    problemOf([
      ["eva", "jan"],
      ["ana", "bor", "cid", "lea"],
    ]),
  ).toBe("many");
});

test("who had no place may get one, and give it back", () => {
  const placed = moved(DRAFT, "vid", 0);
  expect(placed[0]).toEqual(["ana", "bor", "vid"]);
  expect(moved(placed, "vid", "none")).toEqual(DRAFT);
});
