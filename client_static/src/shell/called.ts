/** How two people of one name are told apart: by their schools, and where these do not help by a number. */

import { t } from "../locales";
import type { Seat } from "../session/seats";

export interface Called {
  id: string;
  name: string;
  school: string;
}

/** What to call each of them, in whose order they are counted. */
export function allCalled(all: readonly Called[]): Map<string, string> {
  const times = new Map<string, number>();
  const count = (key: string): number => {
    const n = (times.get(key) ?? 0) + 1;
    times.set(key, n);
    return n;
  };
  for (const { name, school } of all) {
    count(name);
    count(`${name}\n${school}`);
  }
  const met = new Map<string, number>();
  const called = ({ name, school }: Called): string => {
    if (times.get(name) === 1) return name;
    const words = school ? `${name}, ${school}` : name;
    const key = `${name}\n${school}`;
    if (times.get(key) === 1) return words;
    const n = (met.get(key) ?? 0) + 1;
    met.set(key, n);
    return t("called.nth", { name: words, n });
  };
  return new Map(all.map((one) => [one.id, called(one)]));
}

/** A seat among those that this device holds in the same workshop. */
export function calledOn(seat: Seat, all: readonly Seat[]): string {
  const here = all
    .filter((one) => one.workshop === seat.workshop && one.role === "person")
    .map((one) => ({ id: one.token, name: one.name ?? "", school: one.school ?? "" }))
    .sort((one, other) => one.id.localeCompare(other.id));
  return allCalled(here).get(seat.token) ?? seat.name ?? "";
}
