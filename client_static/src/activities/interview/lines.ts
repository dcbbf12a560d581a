/** The lines of the wall as a room reads them: what several people said in the same words stands there once. */

export interface Said {
  words: string;
  times: number;
}

const same = (words: string): string =>
  words
    .normalize("NFC")
    .toLocaleLowerCase()
    .replace(/[\s.,;:!?'"“”„’-]+/gu, " ")
    .trim();

/** What was said most often first; else in the order in which it came. */
export function merged(lines: readonly string[]): Said[] {
  const found = new Map<string, Said>();
  for (const line of lines) {
    const words = line.trim();
    const key = same(words);
    if (!key) continue;
    const known = found.get(key);
    found.set(key, { words: known?.words ?? words, times: (known?.times ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) => b.times - a.times);
}
