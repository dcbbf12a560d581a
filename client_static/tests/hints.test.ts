import { describe, expect, test } from "vitest";
import { alike } from "../src/activities/vignette_writing/alike";
import { LIMITS } from "../src/activities/vignette_writing/desk";
import { type Fields, type HintKind, type Knowledge, hints } from "../src/activities/vignette_writing/hints";
import { mark, marked, Names } from "../src/activities/vignette_writing/names";

const KNOWN: Knowledge = {
  language: "en",
  names: new Names([]),
  judging: ["lazy", "never"],
  past: ["was", "said", "went"],
  targets: LIMITS,
};

function kinds(fields: Fields, known: Partial<Knowledge> = {}): Partial<Record<HintKind, string[]>> {
  const found: Partial<Record<HintKind, string[]>> = {};
  for (const hint of hints(fields, { ...KNOWN, ...known })) (found[hint.kind] ??= []).push(hint.words);
  return found;
}

describe("a hint", () => {
  test("says how many words read well, and is silent about an empty vignette", () => {
    expect(kinds({})).toEqual({});
    expect(kinds({ situation: "The bell rings." })).toEqual({ too_short: ["", ""] });
    expect(kinds({ stuck: "word ".repeat(51) }).too_long).toEqual([""]);
  });

  test("hears the past, but not in a single word", () => {
    expect(kinds({ situation: "She was there." }).past_tense).toBeUndefined();
    expect(kinds({ situation: "She was there and said no." }).past_tense).toEqual([""]);
  });

  test("points at words that judge, in any case", () => {
    expect(kinds({ stuck: "Lazy people never come." }).judging_word).toEqual(["Lazy", "never"]);
  });

  test("compares the two pulls, and looks for the question mark", () => {
    const pulls = { pull_a: "I want to protect my colleague", pull_b: "I want to protect my colleagues" };
    expect(kinds(pulls).pulls_alike).toEqual([""]);
    expect(kinds({ pull_a: "loyalty", pull_b: "the truth" }).pulls_alike).toBeUndefined();
    expect(kinds({ question: "What do I say" }).no_question_mark).toEqual([""]);
    expect(kinds({ question: "What do I say? " }).no_question_mark).toBeUndefined();
  });

  test.each([
    ["email", "Write to head@school.example today", "head@school.example"],
    ["phone", "Call +386 1 234 56 78 now", "+386 1 234 56 78"],
    ["date", "It is 12. 3. 2026 again", "12. 3. 2026"],
    ["date", "On 2026-03-12 she comes", "2026-03-12"],
    ["date", "On 12 March 2026 she comes", "12 March 2026"],
    ["postcode", "near EH8 9YL in the rain", "EH8 9YL"],
    ["postcode", "at 1012 AB by the water", "1012 AB"],
    ["postcode", "in 1000 Ljubljana it rains", "1000"],
  ] as const)("of the kind %s finds what could tell where it is", (kind, text, words) => {
    expect(kinds({ situation: text })[kind]).toEqual([words]);
  });

  test("about capitals is for every language but German, and leaves the beginnings of sentences alone", () => {
    const text = { situation: "Then Margaret comes. Everybody waits in Edinburgh." };
    expect(kinds(text).capitals).toEqual(["Margaret", "Edinburgh"]);
    expect(kinds(text, { language: "de" }).capitals).toBeUndefined();
  });

  test("finds names of people and schools, whole, in part and with the endings of their language", () => {
    const names = new Names(["Ana Novak", "Osnovna šola Prule", "Kovács Éva"]);
    const found = (situation: string): string[] => kinds({ situation }, { names }).name ?? [];
    expect(found("then ana novak calls")).toEqual(["ana novak"]);
    expect(found("then Novakova calls")).toEqual(["Novakova"]);
    expect(found("sie sieht Kováccsal")).toEqual([]);
    expect(found("with Kovácsot here")).toEqual(["Kovácsot"]);
    expect(found("at osnovna šola prule")).toEqual(["osnovna šola prule"]);
    expect(found("a novak of letters, at a school")).toEqual([]);
  });

  test("shows again what only the server could find, by its mark", () => {
    const marks = new Set([mark("Zofia Kern")]);
    expect(kinds({ situation: "Then zofia  kern calls." }, { marks }).name).toEqual(["zofia  kern"]);
    expect(marked("nobody here", marks)).toEqual([]);
  });
});

test("a mark is the server's mark", () => {
  expect(mark("Novak")).toBe("64118260ecb916c2");
  expect(mark("osnovna  ŠOLA Prule")).toBe("48bc6f30e7e770e0");
  expect(mark("Größe  Straße")).toBe("5c5faf51f787efa6");
  expect(mark("Kova\u0301cs")).toBe("ee53c8930bdcb92d");
});

test("likeness is measured as the server measures it", () => {
  expect(alike("", "")).toBe(1);
  expect(alike("abc", "xyz")).toBe(0);
  expect(alike("abcd", "bcde")).toBeCloseTo(0.75);
});
