/** The words of the console and the projector; what a language lacks is shown in English. */

import { effect, signal } from "@preact/signals";
import { type Language, language } from "../locales";
import { consoleEn } from "../locales/console.en";

export type Word = keyof typeof consoleEn;
export type Words = Partial<Record<Word, string>>;
type Counted<K> = K extends `${infer Stem}.other` ? Stem : never;
export type CountWord = Counted<Word>;
type Values = Readonly<Record<string, string | number>>;

/** A language that has its own words of the console adds itself here. */
const loaders: Partial<Record<Language, () => Promise<Words>>> = {};

const catalogue = signal<Words>(consoleEn);

effect(() => {
  const load = loaders[language.value];
  if (!load) {
    catalogue.value = consoleEn;
    return;
  }
  load()
    .then((words) => (catalogue.value = words))
    .catch((error: unknown) => console.info("the console is shown in English for now", error));
});

export function isWord(key: string): key is Word {
  return key in consoleEn;
}

export function w(key: Word, values: Values = {}): string {
  const text = catalogue.value[key] ?? consoleEn[key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function wn(stem: CountWord, n: number, values: Values = {}): string {
  const form = `${stem}.${new Intl.PluralRules(language.value).select(n)}`;
  return w(isWord(form) ? form : (`${stem}.other` as Word), { n, ...values });
}

export const capital = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1);

/** What was refused, in words. */
export function whyNot(code: string): string {
  const key = `no.${code}`;
  return isWord(key) ? w(key) : w("no.other", { code });
}
