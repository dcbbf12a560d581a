/** What the views say about writing: my own desk, the room's settings, and the texts that I read or write with others. */

import { pack, type Choice } from "../../state/path";
import type { Session } from "../../session/session";
import type { PhaseHere } from "../../state/day";
import type { GroupShown, PersonShown } from "../../state/workshop";

export type Level = "private" | "pair" | "group" | "room_anonymous" | "room_named";
export type Guess = "no" | "maybe" | "yes";
export type DeskState = "draft" | "ready" | "shared" | "withdrawn";

export interface Chosen {
  topics?: string[];
  boundary?: string[];
  whose_issue?: string;
  schooling?: string;
  language?: string;
  own_recognise?: number | null;
  own_challenge?: number | null;
}

export interface ReaderRemark {
  version: number;
  recognise: number;
  challenge: number;
  pulls_clear: boolean;
  could_identify: Guess;
  text?: string | null;
  /** From my own table, where everybody knows who reads whose. */
  at_table?: boolean;
}

export interface ToRead {
  page: string;
  text?: string | null;
  version?: number;
  answered?: ReaderRemark | null;
  /** Those at my table of whom one wrote it; empty: it is not said whose it is. */
  table?: string[];
}

export interface WritesOn {
  author: string;
  page: string;
  typing?: boolean;
  open_to_moderator?: boolean;
}

export interface Desk {
  page: string;
  stake: string;
  state?: DeskState;
  version?: number;
  chosen?: Chosen;
  checks?: string[];
  missing?: string[];
  levels?: Level[];
  ready?: number;
  /** The copy that readers have. */
  ready_text?: string | null;
  shared?: { text: string; level: Level; version: number; interrupted?: boolean } | null;
  later_use?: boolean;
  co_writers?: string[];
  typist?: string;
  open_to_moderator?: boolean;
  small_room?: boolean;
  readers?: number;
  /** Those at my table of whom one reads it, or will; empty: somebody who does not know whose it is. */
  read_at_table?: string[];
  more_readers?: boolean;
  remarks?: ReaderRemark[];
  to_read?: ToRead[];
  writes_on?: WritesOn[];
  priorities?: { segment: string; first_sign?: string | null }[];
  link_notes?: string[];
}

export interface Card {
  text: string;
  author?: string | null;
  topics?: string[];
  boundary?: string[];
  whose_issue?: string;
  schooling?: string;
  language?: string;
}

export const LIMITS = {
  title: 80,
  situation: 2400,
  situation_soft: 1600,
  situation_words_min: 70,
  situation_words_max: 130,
  stuck: 600,
  stuck_words_min: 20,
  stuck_words_max: 50,
  pull_a: 160,
  pull_b: 160,
  question: 160,
  my_stake: 280,
  comment: 280,
  judging_word: 40,
  roles: 6,
  role: 40,
  topics: 3,
  topic: 40,
  words_min: 120,
  words_max: 220,
  checks_min: 5,
};
export type Limits = typeof LIMITS;

export interface ForRoom {
  checks?: string[];
  limits?: Partial<Limits>;
  written?: number;
  wall?: Card[];
}

export interface ForGroup {
  members: string[];
  cards?: Card[];
}

interface Config {
  prompts?: Record<string, string>;
  checks?: Choice[];
  judging_words?: Record<string, string[]>;
  past_tense_hints?: Record<string, string[]>;
  topics?: string;
  boundaries?: string;
  schooling?: string;
  whose_issue?: string;
  languages?: string;
  readers?: string;
  circle?: string;
}

export const configOf = (words: PhaseHere): Config => words.words.config ?? {};

export function vocabulary(
  config: Config,
  of: "topics" | "boundaries" | "schooling" | "whose_issue" | "languages",
): Choice[] {
  const found: unknown = pack.value?.vocabularies?.[config[of] ?? of];
  return Array.isArray(found) ? (found as Choice[]) : [];
}

export const labelOf = (choices: readonly Choice[], id: string): string =>
  choices.find((choice) => choice.id === id)?.label ?? id.replaceAll("_", " ");

export function deskOf(session: Session, phase: string): Desk | undefined {
  return session.views.mine<Desk>(phase)?.body;
}

export function limitsOf(session: Session, phase: string): Limits {
  return { ...LIMITS, ...session.views.room<ForRoom>(phase)?.body.limits };
}

/** The texts that travel with any view of this phase, by their names. */
export function textOf(session: Session, phase: string, id: string): Readonly<Record<string, string>> {
  for (const shown of session.views.all.value.values()) {
    const found = shown.part === phase ? shown.texts[id] : undefined;
    if (found) return found;
  }
  return {};
}

/** Those with whom I share a table in this phase, and nobody else: whom I can invite. */
export function companions(session: Session, phase: string, me: string): string[] {
  const tables = Object.values(session.views.mine<PersonShown>("")?.body.groups?.[phase] ?? {});
  const members = tables.flatMap((id) => session.views.group<GroupShown>("", id)?.body.members ?? []);
  return [...new Set(members)].filter((one) => one !== me).sort();
}
