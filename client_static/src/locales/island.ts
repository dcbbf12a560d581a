/** The words of one part of the client, which travel with it and not with the join page; what a language lacks is English. */

import { effect, signal } from "@preact/signals";
import { type Language, language } from ".";

type Values = Readonly<Record<string, string | number>>;
type Counted<K> = K extends `${infer Stem}.other` ? Stem : never;
type Known<En> = Partial<Record<keyof En, string>>;
type Loaders<En> = Partial<Record<Language, () => Promise<Known<En>>>>;

export interface Words<En> {
  w: (key: keyof En & string, values?: Values) => string;
  wn: (stem: Counted<keyof En>, n: number, values?: Values) => string;
  has: (key: string) => key is keyof En & string;
}

export function wordsOf<En extends Record<string, string>>(en: En, loaders: Loaders<En>): Words<En> {
  const catalogue = signal<Known<En>>(en);
  effect(() => {
    const wanted = language.value;
    const load = loaders[wanted];
    if (!load) {
      catalogue.value = en;
      return;
    }
    load()
      .then((words) => {
        if (language.peek() === wanted) catalogue.value = words;
      })
      .catch((error: unknown) => console.info("these words are shown in English for now", error));
  });
  const has = (key: string): key is keyof En & string => key in en;
  const w = (key: keyof En & string, values: Values = {}): string => {
    const text = catalogue.value[key] ?? en[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
  const wn = (stem: Counted<keyof En>, n: number, values: Values = {}): string => {
    const form = `${stem}.${new Intl.PluralRules(language.value).select(n)}`;
    return w(has(form) ? form : (`${stem}.other` as keyof En & string), { n, ...values });
  };
  return { w, wn, has };
}
