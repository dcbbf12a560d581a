/** What a card of the board counts, in the words of the screens that it is about. */

import { expect, test } from "vitest";
import { figureWords } from "../../src/console/room/group_card";
import { consoleEn } from "../../src/locales/console.en";
import { dimensionsEn } from "../../src/locales/dimensions.en";
import { similarityEn } from "../../src/locales/similarity.en";

test.each([
  [{ key: "cards", n: 2, of: 6 }, "2/6 cards on piles"],
  [{ key: "votes", n: 1, of: 4 }, "1/4 have placed dots"],
  [{ key: "answers", n: 1 }, "1 reader answered"],
  [{ key: "answers", n: 3 }, "3 readers answered"],
  [{ key: "spoken", n: 1 }, "1 has spoken"],
  [{ key: "joint", n: 2 }, "2 places agreed"],
  [{ key: "of_tomorrow", n: 2 }, ""],
] as const)("%o", (figure, words) => {
  expect(figureWords(figure)).toBe(words);
});

test("one thing has one word, on a card of the board and in the list below it", () => {
  const card = (key: string): string => consoleEn[`figure.${key}.other` as "figure.cards.other"];
  expect(card("cards")).toContain(similarityEn["mod.cards"]);
  expect(card("votes")).toContain(similarityEn["mod.dots"]);
  expect(card("offers")).toContain(similarityEn["mod.offers"]);
  expect(card("ratings")).toContain(dimensionsEn["mod.finished"]);
  expect(card("joint")).toContain(dimensionsEn["mod.joint"]);
  expect(card("rules")).toContain(dimensionsEn["mod.rules"]);
});
