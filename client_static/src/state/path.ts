/** The words of the path, as the server hands them out in the person's language. */

import { signal } from "@preact/signals";

export interface Choice {
  id: string;
  label: string;
  hint?: string;
}

export interface Turn {
  kind: string;
  minutes: number;
  speaker?: number;
  prompt?: string;
}

export interface Step {
  id: string;
  title: string;
  minutes: number;
  prompt?: string;
  /** A grouping of the phase, or `room`, or `alone`. */
  groups?: string;
  turns?: { two?: Turn[]; three?: Turn[]; each?: Turn | null };
  probes?: string[];
  quiet?: boolean;
  silent?: number;
  /** When time is short: 1 is left out first, nothing not by itself. */
  cut?: number;
  never_cut?: boolean;
}

export interface Card {
  say?: string[];
  do?: string[];
  watch?: string[];
  if_late?: string;
  minutes_won?: number;
  if_odd?: string;
  paper?: string;
}

export interface PhaseWords {
  activity: string;
  title: string;
  short: string;
  aim: string;
  card: Card;
  variants: Record<string, { minutes: number; steps: Step[]; cut?: number }>;
  groups?: Record<string, { form: string }>;
  config?: Record<string, unknown>;
  catch_up?: string;
  minimum?: string;
}

export interface Pack {
  id: string;
  title: string;
  language: string;
  phases: Record<string, PhaseWords>;
  vocabularies?: Record<string, Choice[]>;
  agreement?: string[];
}

export const pack = signal<Pack | null>(null);

/** Minutes: what the server holds for the shortest turn that lets anybody speak (`core/path`). */
const SHORTEST_TURN = 0.5;

const sharedOut = (minutes: number): number => Math.max(SHORTEST_TURN, Math.floor(minutes * 4 + 0.5) / 4);

/** What the first speaker's turns are, for each of `size` speakers, in as many minutes together. */
function inARow(written: readonly Turn[], size: number): Turn[] {
  const speakers = 1 + Math.max(0, ...written.map((turn) => turn.speaker ?? 0));
  const first = written.filter((turn) => (turn.speaker ?? 0) === 0);
  return Array.from({ length: size }, (_, speaker) =>
    first.map((turn) => ({ ...turn, speaker, minutes: sharedOut((turn.minutes * speakers) / size) })),
  ).flat();
}

/** The turns of a step for so many who take part; `each` is one turn for everybody. As the server counts them. */
export function turnsOf(step: Step, size: number): Turn[] {
  const { two = [], three = [], each = null } = step.turns ?? {};
  const written = size === 2 ? two : size === 3 ? three : [];
  if (written.length > 0) return written;
  if (each) return Array.from({ length: size }, (_, speaker) => ({ ...each, speaker }));
  return size < 2 ? [] : inARow(three.length > 0 ? three : two, size);
}
