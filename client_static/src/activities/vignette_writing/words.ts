/** The words of writing a vignette; a language that has its own adds itself here. */

import { catalogueOf } from "../../locales/catalogue";
import { vignetteWritingEn } from "../../locales/vignette_writing.en";

export const { has, say: w, count: wn } = catalogueOf(vignetteWritingEn);
export type Word = keyof typeof vignetteWritingEn;

export function whyNot(code: string): string {
  const key = `no.${code}`;
  return has(key) ? w(key) : w("no.other", { code });
}
