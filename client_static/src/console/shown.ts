/** What only moderators are shown, and what the server answers when they ask what would happen. */

import type { Pack } from "../state/path";

export type {
  Act,
  BrokenRule,
  Formed,
  FormName,
  Group,
  Grouping,
  GroupsPreview,
  Member as ConsoleMember,
  ModeratorsView as ModeratorsShown,
  MovePreview,
  PagesView as PagesShown,
  PresenceView as PresenceShown,
  Progress as GroupProgress,
  RuleCode,
  RulesPreview,
  State as PresenceState,
} from "../protocol/generated";

export interface ScheduleWords {
  title: string;
  meetings: { title: string; starts: string; stops: { phase: string; id?: string; minutes: number }[] }[];
  cut_first?: string[];
  never_cut?: string[];
}

export interface ConsolePack extends Pack {
  schedules?: Record<string, ScheduleWords>;
}
