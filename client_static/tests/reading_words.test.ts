import { expect, test } from "vitest";
import { readingWords } from "../src/activities/vignette_writing/reading_words";

test.each([
  [{ readers: 2, answers: 1 }, "2 readers, 1 has answered."],
  [{ readers: 1 }, "1 reader, no answer yet."],
  [{ readers: 3, answers: 2, reads: 1 }, "3 readers, 2 have answered. Reads 1 text of somebody else."],
  [{ reads: 2 }, "Reads 2 texts of others."],
  [{}, ""],
])("who reads whom is a sentence: %o", (row, words) => {
  expect(readingWords(row)).toBe(words);
});
