/** The twin of the server's `naming`: finds known names in a text, and marks found words without saying them again. */

import { digest } from "lib0/hash/sha256";

const LONGEST_NAME_WORDS = 8;
const SHORTEST_PART = 3;
/** Letters that a case ending may add: Novak, Novaka, Novakova. */
const LONGEST_ENDING = 3;
const SHORTEST_STEM = 4;

/** As people count words: the apostrophe of l'école joins. */
export const WORD = /[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

const GENERIC = new Set(
  `school primary secondary high college academy nursery infant junior saint the of and for in
  basisschool de het van en voor lyceum
  schule grundschule hauptschule realschule gymnasium gesamtschule mittelschule am an der die das und im
  osnovna šola srednja gimnazija vrtec pri ob zavod center
  iskola általános gimnázium óvoda és technikum`.split(/\s+/),
);

export interface Found {
  start: number;
  end: number;
}

export function folded(words: string): string {
  const plain = words.normalize("NFC").toLowerCase().replaceAll("ß", "ss");
  return plain.split(/\s+/).filter(Boolean).join(" ");
}

/** The same for every way to write the same words. */
export function mark(words: string): string {
  const bytes = digest(new TextEncoder().encode(folded(words)));
  return [...bytes.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const wordsIn = (text: string): RegExpMatchArray[] => [...text.matchAll(WORD)];

export class Names {
  private readonly whole = new Set<string>();
  private readonly parts = new Set<string>();

  constructor(names: Iterable<string>) {
    for (const name of names) {
      const words = wordsIn(name).map(([word]) => folded(word));
      if (words.every((word) => GENERIC.has(word))) continue;
      this.whole.add(words.join(" "));
      for (const word of words) if (word.length >= SHORTEST_PART && !GENERIC.has(word)) this.parts.add(word);
    }
  }

  /** Whole names however they are written; a part of one where it is written as a name, with a capital. */
  found(text: string): Found[] {
    const words = wordsIn(text);
    const plain = words.map(([word]) => folded(word));
    const found: Found[] = [];
    for (let at = 0; at < words.length;) {
      const length = this.wholeAt(plain, at) || (this.partAt(words[at]?.[0] ?? "", plain[at] ?? "") ? 1 : 0);
      const [first, last] = [words[at], words[at + length - 1]];
      if (length > 0 && first && last) found.push({ start: first.index ?? 0, end: (last.index ?? 0) + last[0].length });
      at += length || 1;
    }
    return found;
  }

  private wholeAt(plain: readonly string[], at: number): number {
    for (let length = Math.min(LONGEST_NAME_WORDS, plain.length - at); length > 1; length -= 1) {
      if (this.whole.has(plain.slice(at, at + length).join(" "))) return length;
    }
    return 0;
  }

  private partAt(word: string, plain: string): boolean {
    if (!/^\p{Lu}/u.test(word)) return false;
    for (let ending = 0; ending <= LONGEST_ENDING; ending += 1) {
      const stem = plain.slice(0, plain.length - ending);
      if (this.parts.has(stem) && (ending === 0 || stem.length >= SHORTEST_STEM)) return true;
    }
    return false;
  }
}

/** The words of a text that have one of these marks: what the server found by names that this browser does not know. */
export function marked(text: string, marks: ReadonlySet<string>): Found[] {
  const words = wordsIn(text);
  const found: Found[] = [];
  for (let at = 0; at < words.length; at += 1) {
    for (let length = Math.min(LONGEST_NAME_WORDS, words.length - at); length > 0; length -= 1) {
      const start = words[at]?.index ?? 0;
      const last = words[at + length - 1];
      const end = (last?.index ?? 0) + (last?.[0].length ?? 0);
      if (!marks.has(mark(text.slice(start, end)))) continue;
      found.push({ start, end });
      at += length - 1;
      break;
    }
  }
  return found;
}
