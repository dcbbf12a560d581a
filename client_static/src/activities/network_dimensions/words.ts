/** The words of the dimensions in the language of the person. */

import { catalogueOf } from "../../locales/catalogue";
import { dimensionsEn } from "../../locales/dimensions.en";

export const { has, say: d, count: dn } = catalogueOf(dimensionsEn);

/** Why something was not possible. */
export function whyNot(code: string): string {
  const key = `no.${code}`;
  return has(key) ? d(key) : d("no.other");
}
