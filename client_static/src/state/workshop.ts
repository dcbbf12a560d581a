/** What the server shows of the workshop itself, by audience. */

export type PhaseStatus = "planned" | "open" | "warning" | "closed" | "reopened";
export type Life = "live" | "follow_up" | "closed" | "erased";

/** Running: it ends at `ends_ms`. Paused: `left_ms` stands still. */
export interface Timer {
  total_ms: number;
  ends_ms?: number;
  left_ms?: number;
}

export interface Message {
  text: string;
  at_ms: number;
}

export interface PhaseShown {
  id: string;
  spec: string;
  activity: string;
  variant: string;
  minutes: number;
  status: PhaseStatus;
  meeting?: number;
  counted?: boolean;
  between?: boolean;
  skipped?: boolean;
  opened_ms?: number;
  spent_ms?: number;
  entered_ms?: number;
  /** Steps of the variant that are left out. */
  without?: string[];
}

/** Somebody of the staff who looks in right now; a name travels with it when they gave one. */
export interface Looker {
  staff: string;
  role?: string;
}

/** Why a group is put together as it is, and who came and went. */
export interface Shift {
  why: "formed" | "by_hand" | "repaired" | "left" | "late" | "undone" | "partners";
  came?: string[];
  went?: string[];
}

/** A table that ended while the phase ran, and the pages that its people may still read. */
export interface KeptTable {
  phase: string;
  table: number;
  members: string[];
  pages: string[];
}

export interface RoomShown {
  title: string;
  life: Life;
  language: string;
  schedule: string;
  date: string;
  retention_days: number;
  /** The day on which everything is erased. */
  kept_until_ms: number;
  phases: PhaseShown[];
  at: string | null;
  step?: number;
  timer?: Timer | null;
  messages?: Message[];
}

export interface HelpCall {
  person: string;
  at_ms: number;
  group?: string | null;
  reason?: "help" | "partner_gone";
  coming?: string | null;
}

export interface MemberShown {
  id: string;
  school: string;
  languages?: string[];
  schooling?: string;
  state?: "expected" | "joined" | "left";
  without_device?: boolean;
  joined_ms?: number;
}

/** A moderator's way to this seat from another device. */
export interface HandoverShown {
  id: string;
  by: "moderator" | "co_moderator";
  state: "offered" | "allowed" | "refused" | "opened" | "closed";
  offered_ms: number;
  until_ms: number;
  opened_ms?: number;
}

export interface PersonShown {
  me: MemberShown;
  /** phase → grouping → group */
  groups?: Record<string, Record<string, string>>;
  done?: boolean;
  need_time?: boolean;
  help?: HelpCall | null;
  messages?: Message[];
  lookers?: Looker[];
  kept?: KeptTable[];
  handovers?: HandoverShown[];
}

export interface Standing {
  step?: number;
  turn?: number;
}

export interface GroupShown {
  id: string;
  phase: string;
  grouping: string;
  members: string[];
  table: number;
  standing: Standing;
  parts?: string[];
  /** Those of the members who went away and were not waited for: they keep their place, and no turn comes to them. */
  absent?: string[];
  timer?: Timer | null;
  lookers?: Looker[];
  shift?: Shift | null;
  /** Nobody in it has a partner yet: they work beside the partnerships. */
  beside?: boolean;
  help?: HelpCall[];
  messages?: Message[];
  size_note?: "" | "trio" | "more";
}

/** Those to whom turns come, in their order. */
export function takingPart(group: { members: string[]; absent?: string[] }): string[] {
  const { members, absent = [] } = group;
  return absent.length > 0 ? members.filter((who) => !absent.includes(who)) : members;
}

/** Whose turn it is. */
export function speakerOf(group: { members: string[]; absent?: string[] }, speaker: number): string | undefined {
  const people = takingPart(group);
  return people[speaker % Math.max(1, people.length)];
}

export const leftMs = (timer: Timer, now_ms: number): number =>
  timer.ends_ms ? timer.ends_ms - now_ms : (timer.left_ms ?? 0);
