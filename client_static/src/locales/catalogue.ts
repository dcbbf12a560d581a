/** Words that a part of the client brings along itself, so that whoever only joins need not fetch them. */

import { effect, signal } from "@preact/signals";
import { type Language, language } from "./index";

type Values = Readonly<Record<string, string | number>>;
type Counted<K> = K extends `${infer Stem}.other` ? Stem : never;

export interface Catalogue<Word extends string> {
  has: (key: string) => key is Word;
  say: (key: Word, values?: Values) => string;
  /** A sentence with a number in it, in as many forms as the language has. */
  count: (stem: Counted<Word>, n: number, values?: Values) => string;
}

type Loaders<Word extends string> = Partial<Record<Language, () => Promise<Partial<Record<Word, string>>>>>;

/** English is complete; a word that a language lacks is shown in English. */
export function catalogueOf<Word extends string>(
  english: Readonly<Record<Word, string>>,
  loaders: Loaders<Word> = {},
): Catalogue<Word> {
  const words = signal<Partial<Record<Word, string>>>(english);
  effect(() => {
    const wanted = language.value;
    const load = loaders[wanted];
    if (!load) {
      words.value = english;
      return;
    }
    load().then(
      (loaded) => {
        // Whoever chose another language meanwhile does not want these any more.
        if (language.peek() === wanted) words.value = loaded;
      },
      (error: unknown) => console.info("these words are shown in English for now", error),
    );
  });
  const has = (key: string): key is Word => key in english;
  const say = (key: Word, values: Values = {}): string =>
    (words.value[key] ?? english[key]).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  return {
    has,
    say,
    count: (stem, n, values = {}) => {
      const form = `${stem}.${new Intl.PluralRules(language.value).select(n)}`;
      return say(has(form) ? form : (`${stem}.other` as Word), { n, ...values });
    },
  };
}
