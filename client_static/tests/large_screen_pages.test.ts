/** What the large screen makes of more than fits: pages, and one line for what several people said. */

import { expect, test } from "vitest";
import { merged } from "../src/activities/interview/lines";
import { type Laid, pageStarts } from "../src/activities/pages";

const rows = (count: number, height: number): Laid[] =>
  Array.from({ length: count }, (_, at) => ({ top: at * height, bottom: (at + 1) * height }));

test("what fits stands on one page", () => {
  expect(pageStarts(rows(4, 10), 40)).toEqual([0]);
  expect(pageStarts([], 40)).toEqual([]);
});

test("eleven lines of which seven fit are six and five, not seven and four", () => {
  expect(pageStarts(rows(11, 10), 70)).toEqual([0, 6]);
});

test("what stands side by side is not torn apart", () => {
  const two = [...rows(3, 10), ...rows(3, 10)].sort((a, b) => a.top - b.top);
  expect(pageStarts(two, 20)).toEqual([0, 4]);
});

test("an item that is higher than the screen still has its page", () => {
  const items = [
    { top: 0, bottom: 90 },
    { top: 90, bottom: 100 },
  ];
  expect(pageStarts(items, 50)).toEqual([0, 1]);
});

test("the same words are one line, whatever their capitals and full stops", () => {
  expect(merged(["connects people", "Listens first.", "Connects people.", " ", "listens first"])).toEqual([
    { words: "connects people", times: 2 },
    { words: "Listens first.", times: 2 },
  ]);
});
