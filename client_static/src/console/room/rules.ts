/** Rules that groups could not keep, in words. */

import { listed } from "../../locales";
import type { BrokenRule } from "../shown";
import { w } from "../words";

interface Named {
  name: (person: string) => string;
}

export function ruleWords(named: Named, broken: BrokenRule): string {
  const names = (broken.people ?? []).map((who) => named.name(who)).sort((a, b) => a.localeCompare(b));
  return w(`rule.${broken.rule}`, { names: listed(names) });
}
