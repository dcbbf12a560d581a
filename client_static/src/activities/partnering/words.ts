/** The words of the choice of partners in the language of the person. */

import { catalogueOf } from "../../locales/catalogue";
import { partneringEn } from "../../locales/partnering.en";

export const { has, say: p, count: pn } = catalogueOf(partneringEn);

/** Why something was not possible; never that somebody did not want it. */
export function whyNot(code: string): string {
  const key = `no.${code}`;
  return has(key) ? p(key) : p("no.other");
}
