/** The twin of the server's hints: looks at a vignette as a careful friend would, on this device and nowhere else. */

import { alike } from "./alike";
import { type Found, folded, mark, marked, type Names, WORD } from "./names";

export type HintKind =
  | "name"
  | "date"
  | "postcode"
  | "email"
  | "phone"
  | "too_short"
  | "too_long"
  | "past_tense"
  | "judging_word"
  | "pulls_alike"
  | "no_question_mark"
  | "capitals";

/** With a `mark` it must be confirmed or changed; without, it is advice. `words` are those of the text that it is about. */
export interface Hint {
  kind: HintKind;
  field: string;
  start: number;
  end: number;
  words: string;
  mark?: string;
}

export interface Targets {
  words_min: number;
  words_max: number;
  situation_words_min: number;
  situation_words_max: number;
  stuck_words_min: number;
  stuck_words_max: number;
}

export interface Knowledge {
  language: string;
  names: Names;
  /** Marks that the server found: names of people and schools that this browser has never heard of. */
  marks?: ReadonlySet<string>;
  judging: readonly string[];
  past: readonly string[];
  targets: Targets;
}

export type Fields = Readonly<Record<string, string>>;

const ALIKE = 0.8;
const PAST_SHARE = 0.04;
const LONG_WORD = 5;
export const TEXT_FIELDS = ["title", "situation", "stuck", "pull_a", "pull_b", "question", "roles", "topic"] as const;
const BODY_FIELDS = ["situation", "stuck", "pull_a", "pull_b", "question"];

const CITY = "(?=[A-ZČŠŽÄÖÜÁÉÍÓÚŐŰ]\\p{L}{2})";
const PATTERNS: readonly (readonly [HintKind, RegExp])[] = [
  ["email", /[\p{L}\p{N}_.+-]+@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/gu],
  [
    "date",
    new RegExp(
      "(?<!\\d)(?:\\d{1,2}[./-]\\s?\\d{1,2}[./-]\\s?(?:\\d{4}|\\d{2})?(?!\\d)|\\d{4}-\\d{2}-\\d{2}(?!\\d))" +
        "|(?<!\\d)\\d{1,2}\\.?\\s(?:\\p{L}+\\s)?(?:19|20)\\d{2}(?!\\d)" +
        "|(?<!\\d)(?:19|20)\\d{2}\\.\\s\\p{L}+\\s\\d{1,2}(?!\\d)",
      "gu",
    ),
  ],
  ["phone", /(?<![\p{L}\p{N}_.])(?:\+|00)?\(?\d(?:[\s()/.-]{0,2}\d){7,14}(?![\p{L}\p{N}_])/gu],
  [
    "postcode",
    new RegExp(
      "\\b[A-Z]{1,2}\\d[A-Z\\d]?\\s?\\d[A-Z]{2}\\b|\\b\\d{4}\\s?[A-Z]{2}\\b|\\b(?:SI|D|H|A)[-–]\\d{4,5}\\b" +
        `|(?<!\\d)(?!(?:19|20)\\d{2}\\s)\\d{4,5}\\s${CITY}`,
      "gu",
    ),
  ],
];

export const wordCount = (text: string): number => [...text.matchAll(WORD)].length;

const whole = (kind: HintKind, field: string): Hint => ({ kind, field, start: 0, end: 0, words: "" });

function overlaps(one: Found, others: readonly Found[]): boolean {
  return others.some((other) => one.start < other.end && other.start < one.end);
}

function toConfirm(field: string, text: string, { names, marks }: Knowledge): Hint[] {
  const hint = (kind: HintKind, { start, end }: Found): Hint => {
    const words = text.slice(start, end);
    return { kind, field, start, end, words, mark: mark(words) };
  };
  const known = names.found(text);
  const told = marked(text, marks ?? new Set()).filter((one) => !overlaps(one, known));
  const found = [...known, ...told].map((one) => hint("name", one));
  const taken: Found[] = [];
  for (const [kind, pattern] of PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const start = match.index;
      const one = { start, end: start + match[0].trimEnd().length };
      if (overlaps(one, taken)) continue;
      taken.push(one);
      found.push(hint(kind, one));
    }
  }
  return found;
}

function lengths(fields: Fields, targets: Targets): Hint[] {
  const all = BODY_FIELDS.map((field) => fields[field] ?? "").join(" ");
  const measured: readonly [string, string, number, number][] = [
    ["", all, targets.words_min, targets.words_max],
    ["situation", fields["situation"] ?? "", targets.situation_words_min, targets.situation_words_max],
    ["stuck", fields["stuck"] ?? "", targets.stuck_words_min, targets.stuck_words_max],
  ];
  return measured.flatMap(([field, text, least, most]) => {
    const count = wordCount(text);
    if (count > 0 && count < least) return whole("too_short", field);
    return count > most ? whole("too_long", field) : [];
  });
}

function pulls(fields: Fields): Hint[] {
  const found: Hint[] = [];
  const [one, other] = [folded(fields["pull_a"] ?? ""), folded(fields["pull_b"] ?? "")];
  if (one && other && alike(one, other) > ALIKE) found.push(whole("pulls_alike", "pull_b"));
  const question = (fields["question"] ?? "").trim();
  if (question && !question.endsWith("?")) found.push(whole("no_question_mark", "question"));
  return found;
}

function past(fields: Fields, words: readonly string[]): Hint[] {
  const known = new Set(words);
  const said = [...(fields["situation"] ?? "").matchAll(WORD)].map(([word]) => folded(word));
  const count = said.filter((word) => known.has(word)).length;
  return count > 1 && count > PAST_SHARE * said.length ? [whole("past_tense", "situation")] : [];
}

function singleWords(field: string, text: string, { language, judging }: Knowledge): Hint[] {
  const judges = new Set(judging.map(folded));
  return [...text.matchAll(WORD)].flatMap((match) => {
    const [words] = match;
    const start = match.index;
    const at = { field, start, end: start + words.length, words };
    if (judges.has(folded(words))) return { kind: "judging_word" as const, ...at };
    // German nouns are capitalised: there, the hint would point at every other word.
    if (language === "de" || [...words].length < LONG_WORD || !/^\p{Lu}/u.test(words)) return [];
    const before = text.slice(0, start).replace(/[ \t"'“”„‘’«»(–-]+$/u, "");
    return before && !/[.!?:…\n]$/u.test(before) ? { kind: "capitals" as const, ...at } : [];
  });
}

/** Everything that this vignette could be asked about, in the order of its fields. */
export function hints(fields: Fields, known: Knowledge): Hint[] {
  const found = [...lengths(fields, known.targets), ...pulls(fields), ...past(fields, known.past)];
  for (const field of TEXT_FIELDS) {
    const text = fields[field] ?? "";
    const confirm = toConfirm(field, text, known);
    found.push(...confirm, ...singleWords(field, text, known).filter((one) => !overlaps(one, confirm)));
  }
  const order = (field: string): number => (TEXT_FIELDS as readonly string[]).indexOf(field);
  return found.sort((one, other) => order(one.field) - order(other.field) || one.start - other.start);
}
