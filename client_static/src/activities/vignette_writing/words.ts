/** The words of writing a vignette; a language that has its own adds itself here. */

import { wordsOf } from "../../locales/island";
import { vignetteWritingEn } from "../../locales/vignette_writing.en";

export const { w, wn, has } = wordsOf<Record<keyof typeof vignetteWritingEn, string>>(vignetteWritingEn, {});
export type Word = keyof typeof vignetteWritingEn;

export function whyNot(code: string): string {
  const key = `no.${code}`;
  return has(key) ? w(key) : w("no.other", { code });
}
