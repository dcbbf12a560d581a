import { expect, test } from "vitest";
import { de } from "../src/locales/de";
import { en } from "../src/locales/en";
import { hu } from "../src/locales/hu";
import { nl } from "../src/locales/nl";
import { sl } from "../src/locales/sl";

const catalogues: Record<string, Record<string, string | undefined>> = { nl, de, sl, hu };
const english: Record<string, string> = en;
const FORMS = /\.(one|two|few|other)$/;

/** The keys that a language needs: of a counted sentence only the forms that the language has. */
function needed(language: string): string[] {
  const forms = new Set<string>(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
  return Object.keys(english).filter((key) => {
    const form = FORMS.exec(key)?.[1];
    return form === undefined || forms.has(form);
  });
}

const gaps = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();

test.each(Object.keys(catalogues))("%s has every sentence that it needs, and none that nobody asks for", (language) => {
  expect(Object.keys(catalogues[language] ?? {}).sort()).toEqual(needed(language).sort());
});

test.each(Object.keys(catalogues))("%s fills the same gaps as the English", (language) => {
  for (const [key, text] of Object.entries(catalogues[language] ?? {})) {
    expect([key, [...new Set(gaps(text ?? ""))]]).toEqual([key, [...new Set(gaps(english[key] ?? ""))]]);
  }
});
