/** What the moderator's panel shares: the units by a name that can be read aloud, and the wishes that change them. */

import { listed } from "../../locales";
import type { PartneringForModerators, UnitRow } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { nameOf } from "../../state/day";
import { sideOf } from "./sides";
import { p } from "./words";

export type Seen = PartneringForModerators;
export type LabelOf = (unit: string) => string;
export type Send = (body: { type: string; [field: string]: unknown }) => void;

export interface PartProps {
  session: Session;
  phase: string;
  body: Seen;
  labelOf: LabelOf;
  send: Send;
}

export interface Option {
  id: string;
  label: string;
}

export function labels(session: Session, body: Seen): LabelOf {
  const people = new Map(body.units.map((row) => [row.unit, row.people]));
  return (unit) => sideOf(unit, people.get(unit) ?? [unit], (one) => nameOf(session.views, one), listed).label;
}

/** By name, as one looks for them. */
export function options(units: readonly string[], labelOf: LabelOf): Option[] {
  return units.map((id) => ({ id, label: labelOf(id) })).sort((a, b) => a.label.localeCompare(b.label));
}

/** Why somebody has no place in a draft or in a round: the rule's name, never whose wish it was. */
export function whyWithout(reason: NonNullable<UnitRow["missed"]>): string {
  switch (reason) {
    case "blocked_by_a_hard_rule":
      return p("mod.missed_blocked");
    case "nobody_else_here":
      return p("mod.missed_nobody");
    case "no_place_within_rules":
      return p("mod.missed_other");
    case "away":
    case "left":
    case "expected":
    case "joins_later":
      return p(`mod.missed_${reason}`);
  }
}
