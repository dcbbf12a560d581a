/** What only moderators are shown, and what the server answers when they ask what would happen. */

import type { Pack } from "../state/path";
import type { HelpCall, MemberShown, Standing, Timer } from "../state/workshop";

export interface Group {
  id: string;
  members: string[];
  table: number;
  parts?: string[];
}

export interface GroupProgress extends Standing {
  since_ms?: number;
}

export interface Act {
  at_ms: number;
  staff: string;
  what: string;
  phase?: string | null;
  detail?: string;
}

export interface ConsoleMember extends MemberShown {
  remote?: boolean;
  joined_ms?: number;
}

export interface ModeratorsShown {
  code: string;
  people: ConsoleMember[];
  /** phase → grouping → groups */
  groups: Record<string, Record<string, Group[]>>;
  /** phase → group, or "" for the room */
  progress: Record<string, Record<string, GroupProgress>>;
  timers: Record<string, Timer>;
  done: string[];
  need_time: string[];
  help: HelpCall[];
  acts: Act[];
  keeping: { apart?: [string, string][]; together?: [string, string][] };
  undo_until_ms?: number;
  looking?: Record<string, string>;
  assigned?: Record<string, string[]>;
}

export type PresenceState = "here" | "away" | "gone";

/** The part `~here`: person, state, since when. */
export interface PresenceShown {
  people: [string, PresenceState, number][];
}

/** The part `~pages`: page, words, when it changed. Never a word of it. */
export interface PagesShown {
  pages: [string, number, number][];
}

export interface MovePreview {
  people: number;
  left: string | null;
  phase: string;
  reopened: boolean;
  minutes: number;
  not_done: number;
  forms_groups: string[];
  skipped: string[];
}

export type RuleCode =
  | "alone"
  | "apart"
  | "no_common_language"
  | "together"
  | "same_school"
  | "no_earlier_groups"
  | "remote_mixed"
  | "different_answers"
  | "met_before";

export interface BrokenRule {
  rule: RuleCode;
  people?: string[];
  groups?: string[];
}

export interface GroupsPreview {
  groups: Group[];
  broken: BrokenRule[];
  people: number;
  left_out: string[];
}

export interface ScheduleWords {
  title: string;
  meetings: { title: string; starts: string; stops: { phase: string; id?: string; minutes: number }[] }[];
  cut_first?: string[];
  never_cut?: string[];
}

export interface ConsolePack extends Pack {
  schedules?: Record<string, ScheduleWords>;
}
