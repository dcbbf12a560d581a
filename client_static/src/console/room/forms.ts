/** The forms and rules from which a trainer chooses, and the ready-made choices for the usual wishes. */

import type { RoomShown } from "../../state/workshop";
import type { ConsolePack, FormName, Grouping, ModeratorsShown, RuleCode } from "../shown";

export const FORMS = [
  "pairs",
  "trios",
  "fours",
  "fives",
  "count",
  "plenary",
  "alone",
  "answers",
  "partnerships",
] as const;
export const RULES = ["mix_schools", "meet_new", "common_language", "remote_together"] as const;
export type Rule = (typeof RULES)[number];

/** What a rule is called where it could not be kept. */
export const BROKEN_AS: Readonly<Record<Rule, RuleCode>> = {
  mix_schools: "same_school",
  meet_new: "met_before",
  common_language: "no_common_language",
  remote_together: "remote_mixed",
};

export interface Earlier {
  phase: string;
  grouping: string;
}

/** The groups of phases before this one that can be had again, the latest first. */
export function earlierGroups(room: RoomShown, moderators: ModeratorsShown, phase: string): Earlier[] {
  const before = room.phases.slice(
    0,
    room.phases.findIndex((one) => one.id === phase),
  );
  return before
    .flatMap((one) =>
      Object.entries(moderators.groups[one.id] ?? {})
        .filter(([, groups]) => groups.length > 1 && groups.some((group) => group.members.length > 1))
        .map(([grouping]) => ({ phase: one.id, grouping })),
    )
    .reverse();
}

/** How the path puts this grouping together. */
export function planned(room: RoomShown, words: ConsolePack, phase: string, grouping: string): Grouping {
  const shown = room.phases.find((one) => one.id === phase);
  const spec = shown && words.phases[shown.spec]?.groups?.[grouping];
  return { form: "pairs", ...(spec as Partial<Grouping> | undefined) };
}

/** The form of a grouping as it is put together now: by the moderator's choice on the day, else by the path. */
export function formOf(
  room: RoomShown,
  words: ConsolePack,
  moderators: ModeratorsShown | undefined,
  phase: string,
  grouping: string,
): Grouping {
  return moderators?.how?.[phase]?.[grouping] ?? planned(room, words, phase, grouping);
}

/** The form with everything that is not of it left out, as the server wants it. */
export function withForm(how: Grouping, form: FormName, from: Earlier | null = null): Grouping {
  const rules = Object.fromEntries(RULES.filter((rule) => how[rule] === false).map((rule) => [rule, false]));
  if (from) return { form, phase: from.phase, of: from.grouping, ...rules };
  return form === "count" ? { form, count: how.count ?? 2, ...rules } : { form, ...rules };
}

export function withRule(how: Grouping, rule: Rule, on: boolean): Grouping {
  const { [rule]: _, ...rest } = how;
  return on ? rest : { ...rest, [rule]: false };
}

/** The size of groups that this form wants, for the words of a preset. */
export function sameForm(one: Grouping, other: Grouping): boolean {
  return one.form === other.form && (one.phase ?? "") === (other.phase ?? "") && (one.of ?? "") === (other.of ?? "");
}
