/** Who stands on which side: a school with its people, or one person, in words that can be read aloud. */

import type { Name } from "../../protocol/frames";

export interface Side {
  unit: string;
  /** The school where there is one, else the name. */
  label: string;
  /** The people, when the label does not name them. */
  people: string;
}

type NameOf = (person: string) => Name;
type Join = (names: readonly string[]) => string;

/** `people` come in the order of their units; a unit is a person, or all who are of one school. */
export function sidesOf(units: readonly string[], people: readonly string[], nameOf: NameOf, join: Join): Side[] {
  if (units.every((unit) => people.includes(unit))) {
    return units.map((unit) => sideOf(unit, [unit], nameOf, join));
  }
  const teams: string[][] = [];
  let school: string | undefined;
  for (const person of people) {
    const of = nameOf(person).school ?? "";
    const team = teams.at(-1);
    if (team && of === school && of !== "") team.push(person);
    else teams.push([person]);
    school = of;
  }
  return units.map((unit, at) => sideOf(unit, teams[at] ?? [], nameOf, join));
}

export function sideOf(unit: string, people: readonly string[], nameOf: NameOf, join: Join): Side {
  const names = people.map((person) => nameOf(person).name).filter(Boolean);
  const school = (people[0] && nameOf(people[0]).school) || "";
  return { unit, label: school || join(names), people: school ? join(names) : "" };
}

export function found(side: Side, wanted: string): boolean {
  const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
  return fold(`${side.label} ${side.people}`).includes(fold(wanted.trim()));
}

/** How many more may be kept away, as the screen shows it while a tap is still under way. */
export function vetoesLeft(shown: { left: number; vetoes: readonly string[] }, asked: ReadonlyMap<string, boolean>) {
  let { left } = shown;
  for (const [unit, on] of asked) {
    if (on === shown.vetoes.includes(unit)) continue;
    left += on ? -1 : 1;
  }
  return Math.max(0, left);
}
