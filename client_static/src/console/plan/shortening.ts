/** Winning time back: what may be cut, in the order of the path, and a delay shared by all that is still to come. */

import type { Body } from "../../protocol/frames";
import type { PhaseWords, Step } from "../../state/path";
import type { ConsolePack } from "../shown";
import { cutWins, MINUTE_MS, type Plan, type Stop } from "./plan";

/** The order in which the path's own marks come before everything else. */
const UNMARKED = 100;
const SHORT = "short";
const PAUSES = ["break", "lunch"];

export interface Cut {
  kind: "step" | "variant" | "phase";
  phase: string;
  /** The step that is left out, or the name of the shorter form. */
  what: string;
  wins: number;
  /** 1 is cut first; what the path says nothing about comes last. */
  order: number;
  wish: Body;
}

export interface Remaining {
  stop: Stop;
  words: PhaseWords;
  steps: readonly Step[];
  /** Minutes that it keeps whatever happens: those of its steps that are never cut. */
  floor: number;
  /** It has something in it that is never cut, and so is never left out as a whole. */
  kept: boolean;
  pause: boolean;
}

export function remaining(plan: Plan, words: ConsolePack): Remaining[] {
  return plan.stops.flatMap((stop) => {
    const spec = words.phases[stop.phase.spec];
    if (!spec || (stop.state !== "ahead" && stop.state !== "now") || stop.ends_ms === 0) return [];
    const without = stop.phase.without ?? [];
    const steps = (spec.variants[stop.phase.variant]?.steps ?? []).filter((step) => !without.includes(step.id));
    const never = steps.filter((step) => step.never_cut);
    const spent = Math.ceil(stop.spent_ms / MINUTE_MS);
    return {
      stop,
      words: spec,
      steps,
      floor: Math.max(1, spent, ...[never.reduce((sum, step) => sum + step.minutes, 0)]),
      kept: never.length > 0,
      pause: PAUSES.includes(String(spec.config?.["kind"] ?? "")),
    };
  });
}

function stepCuts({ stop, steps }: Remaining, roomStep: number): Cut[] {
  const reached = stop.state === "now" ? roomStep : -1;
  return steps.flatMap((step, at) =>
    step.cut && at > reached && steps.length > 1
      ? {
          kind: "step" as const,
          phase: stop.phase.id,
          what: step.title,
          wins: step.minutes,
          order: step.cut,
          wish: { type: "CutStep", phase: stop.phase.id, step: step.id, cut: true },
        }
      : [],
  );
}

/** A shorter form that keeps everything that is never cut; none for a phase that has begun. */
export function shorterForms({ stop, words, steps }: Remaining): Cut[] {
  if (stop.state !== "ahead" || stop.phase.opened_ms) return [];
  const never = steps.filter((step) => step.never_cut).map((step) => step.id);
  return Object.entries(words.variants).flatMap(([name, form]) => {
    const keeps = never.every((id) => form.steps.some((step) => step.id === id));
    const wins = stop.phase.minutes - form.minutes;
    if (name === stop.phase.variant || (name !== SHORT && !form.cut) || !keeps || wins <= 0) return [];
    const wish = { type: "ChangeVariant", phase: stop.phase.id, variant: name };
    return { kind: "variant" as const, phase: stop.phase.id, what: name, wins, order: form.cut || UNMARKED, wish };
  });
}

/** The groups of a phase that a later one works in again keep it in the day. */
function isNeeded(one: Remaining, all: readonly Remaining[]): boolean {
  const phase = one.stop.phase.id;
  return all.some((other) =>
    Object.values(other.words.groups ?? {}).some((spec) => (spec as { phase?: string }).phase === phase),
  );
}

/** Leaving a whole phase out: never one that has something in it that is never cut, nor a pause, nor what others need. */
export function leftOut(one: Remaining, all: readonly Remaining[]): Cut | null {
  const wins = cutWins(one.stop);
  if (one.kept || one.pause || wins === 0 || isNeeded(one, all)) return null;
  const phase = one.stop.phase.id;
  const wish = { type: "SkipPhase", phase, skip: true };
  return { kind: "phase", phase, what: "", wins, order: UNMARKED + 1, wish };
}

/** What the path itself says is cut first, in its order; the same place in the order goes by the clock. */
export function cutFirst(all: readonly Remaining[], roomStep: number): Cut[] {
  return all
    .flatMap((one) => [...stepCuts(one, roomStep), ...shorterForms(one)])
    .filter((cut) => cut.order < UNMARKED)
    .sort((a, b) => a.order - b.order);
}

/**
 * New minutes for the phases that are left, so that the day ends when it should: each gives in proportion to what it can
 * give. Pauses give nothing, since people need them most when the day is late.
 */
export function shared(all: readonly Remaining[], behind: number): Record<string, number> {
  const giving = all
    .filter((one) => !one.pause)
    .map((one) => ({ phase: one.stop.phase, can: Math.max(0, one.stop.phase.minutes - one.floor) }))
    .filter(({ can }) => can > 0);
  const total = giving.reduce((sum, { can }) => sum + can, 0);
  const wanted = Math.min(behind, total);
  let given = 0;
  let due = 0;
  const minutes: Record<string, number> = {};
  for (const { phase, can } of giving) {
    due += (can / total) * wanted;
    const gives = Math.min(can, Math.round(due) - given);
    given += gives;
    if (gives > 0) minutes[phase.id] = phase.minutes - gives;
  }
  return minutes;
}
