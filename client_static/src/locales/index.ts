/** The words of the interface in the language of the person; a missing word is shown in English, never as a key. */

import { signal } from "@preact/signals";
import { kept } from "../session/kept";
import { en } from "./en";

export type Key = keyof typeof en;
export type Catalogue = Partial<Record<Key, string>>;
export type Language = "en" | "nl" | "de" | "sl" | "hu";
type Counted<K> = K extends `${infer Stem}.other` ? Stem : never;
/** A sentence with a number in it, in as many forms as the language has. */
export type CountKey = Counted<Key>;
type Values = Readonly<Record<string, string | number>>;

export const LANGUAGES: readonly Language[] = ["en", "nl", "de", "sl", "hu"];
const KEPT = "bc-language";

const loaders: Record<Exclude<Language, "en">, () => Promise<Catalogue>> = {
  nl: async () => (await import("./nl")).nl,
  de: async () => (await import("./de")).de,
  sl: async () => (await import("./sl")).sl,
  hu: async () => (await import("./hu")).hu,
};

export const language = signal<Language>("en");
const catalogue = signal<Catalogue>(en);

export function isLanguage(value: string): value is Language {
  return (LANGUAGES as readonly string[]).includes(value);
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

export function t(key: Key, values: Values = {}): string {
  return filled(catalogue.value[key] ?? en[key], values);
}

export function isKey(key: string): key is Key {
  return key in en;
}

export function counted(stem: CountKey, n: number, values: Values = {}): string {
  const form = `${stem}.${new Intl.PluralRules(language.value).select(n)}`;
  const key = isKey(form) ? form : (`${stem}.other` as Key);
  return t(key, { n, ...values });
}

/** Names that browsers give in another language than their own. */
const OWN_NAMES: Readonly<Record<string, string>> = { gd: "Gàidhlig", ga: "Gaeilge", cy: "Cymraeg", rom: "Romani" };

/** The name of a language in that language itself: whoever needs it can read it. */
export function languageName(code: string): string {
  const own = OWN_NAMES[code];
  if (own) return own;
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(code) + name.slice(1);
}

export function listed(names: readonly string[]): string {
  return new Intl.ListFormat(language.value, { type: "conjunction" }).format(names);
}

/** English is spoken here by Europeans: the day comes before the month. */
const dates = (): string => (language.value === "en" ? "en-GB" : language.value);

export function dayOf(ms: number): string {
  return new Intl.DateTimeFormat(dates(), { dateStyle: "long" }).format(ms);
}

export function timeOfDay(ms: number): string {
  return new Intl.DateTimeFormat(language.value, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(ms);
}

export async function speak(wanted: Language): Promise<void> {
  const words = wanted === "en" ? en : await loaders[wanted]();
  catalogue.value = words;
  language.value = wanted;
  document.documentElement.lang = wanted;
}

export function choose(wanted: Language): Promise<void> {
  kept.setItem(KEPT, wanted);
  return speak(wanted);
}

export function preferred(): Language {
  const asked = [kept.getItem(KEPT) ?? "", ...navigator.languages];
  return asked.map((code) => code.slice(0, 2).toLowerCase()).find(isLanguage) ?? "en";
}
