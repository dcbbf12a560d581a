/** Where this person is in the day: the phase, the step, the group, the turn and the clock, from the views and the path. */

import type { Name } from "../protocol/frames";
import type { Pack, PhaseWords, Step, Turn } from "./path";
import { turnsOf } from "./path";
import type { Shown, Views } from "./views";
import { type GroupShown, type PersonShown, type PhaseShown, type RoomShown, takingPart, type Timer } from "./workshop";

export interface PhaseHere {
  shown: PhaseShown;
  words: PhaseWords;
  steps: Step[];
  open: boolean;
}

export interface Here extends PhaseHere {
  /** How many of the phases that count have begun, and how many there are; `beside` when this one is none of them. */
  number: number;
  beside?: boolean;
  all: number;
  step: Step;
  stepAt: number;
  /** The group that this step is for; null in a step for the room or for each alone. */
  group: GroupShown | null;
  turns: Turn[];
  turnAt: number;
  timer: Timer | null;
  /** Groups are formed for this step, but this person has no place in one yet. */
  placeless: boolean;
  /** A phase that is over for the room, and that this person makes up for alone. */
  late?: boolean;
}

const NOBODY: Name = { name: "" };

/** The steps that the room goes through, without those that were left out. */
export function stepsOf(shown: PhaseShown, words: PhaseWords): Step[] {
  const steps = words.variants[shown.variant]?.steps ?? [];
  const { without = [] } = shown;
  return without.length > 0 ? steps.filter((step) => !without.includes(step.id)) : steps;
}

export function phaseOf(shown: PhaseShown, pack: Pack): PhaseHere | null {
  const words = pack.phases[shown.spec];
  if (!words) return null;
  const steps = stepsOf(shown, words);
  return { shown, words, steps, open: ["open", "warning", "reopened"].includes(shown.status) };
}

/** The phases that a person goes through: not those that were left out. */
export function path(room: RoomShown, pack: Pack): PhaseHere[] {
  return room.phases.filter((one) => !one.skipped).flatMap((one) => phaseOf(one, pack) ?? []);
}

function groupFor(views: Views, mine: PersonShown, phase: string, grouping: string): GroupShown | null {
  const id = mine.groups?.[phase]?.[grouping];
  return id ? (views.group<GroupShown>("", id)?.body ?? null) : null;
}

/** The group of a phase that has moved by itself decides where its people are; else the room does. */
function ownGroup(views: Views, mine: PersonShown, phase: PhaseHere): GroupShown | null {
  for (const [grouping] of Object.entries(mine.groups?.[phase.shown.id] ?? {})) {
    const group = groupFor(views, mine, phase.shown.id, grouping);
    if (group && group.phase === phase.shown.id && phase.steps[group.standing.step ?? 0]?.groups === grouping)
      return group;
  }
  return null;
}

const counts = (one: PhaseShown): boolean => one.counted !== false;

export function hereOf(views: Views, pack: Pack): Here | null {
  const room = views.room<RoomShown>("")?.body;
  const mine = views.mine<PersonShown>("")?.body;
  if (!room || !mine || !room.at) return null;
  const shown = room.phases.find((one) => one.id === room.at);
  const phase = shown ? phaseOf(shown, pack) : null;
  if (!shown || !phase) return null;
  const phases = room.phases.filter((one) => !one.skipped || one.id === room.at);
  const group = ownGroup(views, mine, phase);
  const stepAt = Math.min(group ? (group.standing.step ?? 0) : (room.step ?? 0), Math.max(0, phase.steps.length - 1));
  const step = phase.steps[stepAt];
  if (!step) return null;
  const turns = group ? turnsOf(step, takingPart(group).length) : [];
  const together = step.groups !== undefined && step.groups !== "room" && step.groups !== "alone";
  return {
    ...phase,
    number: phases.slice(0, phases.indexOf(shown) + 1).filter(counts).length,
    beside: !counts(shown),
    all: phases.filter(counts).length,
    step,
    stepAt,
    group,
    turns,
    turnAt: group?.standing.turn ?? 0,
    timer: group?.timer ?? room.timer ?? null,
    placeless: together && group === null,
  };
}

/** Where the room goes next: what people do on their own time before or after a meeting is no next thing of it. */
export function nextOf(room: RoomShown, pack: Pack): PhaseHere | null {
  const phases = path(room, pack);
  const at = phases.findIndex((one) => one.shown.id === room.at);
  return phases.slice(at + 1).find((one) => !one.shown.between) ?? null;
}

export function nameOf(views: Views, person: string): Name {
  return views.names.value.get(person) ?? NOBODY;
}

export type { Shown };
