/** The words of the comparison in the language of the person. */

import { catalogueOf } from "../../locales/catalogue";
import { similarityEn } from "../../locales/similarity.en";

export const { has, say: s, count: sn } = catalogueOf(similarityEn);

/** Why something was not possible. */
export function whyNot(code: string): string {
  const key = `no.${code}`;
  return has(key) ? s(key) : s("no.other");
}
