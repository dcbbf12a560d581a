/** A small room to ask the console about. */

import { type Board, boardOf } from "../../src/console/room/board";
import type { ConsolePack, ModeratorsShown, PagesShown, PresenceShown, PresenceState } from "../../src/console/shown";
import type { Step } from "../../src/state/path";
import type { PhaseShown, RoomShown } from "../../src/state/workshop";

export const NOON_MS = 1_700_000_000_000;
export const MINUTE_MS = 60_000;

export const phase = (id: string, more: Partial<PhaseShown> = {}): PhaseShown => ({
  id,
  spec: id,
  activity: "talk",
  variant: "standard",
  minutes: 30,
  status: "planned",
  ...more,
});

export const STEPS: Step[] = [
  { id: "frame", title: "Frame", minutes: 2 },
  {
    id: "pairs",
    title: "In pairs",
    minutes: 10,
    groups: "pairs",
    turns: {
      two: [
        { kind: "tell", minutes: 5 },
        { kind: "tell", minutes: 5, speaker: 1 },
      ],
    },
  },
];

const words: ConsolePack = {
  id: "p",
  title: "P",
  language: "en",
  phases: {
    talk: {
      activity: "talk",
      title: "Talk",
      short: "Talk",
      aim: "",
      card: {},
      variants: { standard: { minutes: 12, steps: STEPS } },
      groups: { pairs: { form: "pairs" } },
    },
  },
};

export const room: RoomShown = {
  title: "Day",
  life: "live",
  language: "en",
  schedule: "half_day",
  date: "",
  retention_days: 30,
  kept_until_ms: NOON_MS + 30 * 86_400_000,
  phases: [phase("talk", { status: "open", opened_ms: NOON_MS, entered_ms: NOON_MS })],
  at: "talk",
  step: 1,
};

interface Given {
  groups: string[][];
  presence?: Record<string, [PresenceState, number]>;
  /** In the room, but in no group. */
  others?: string[];
  pages?: PagesShown["pages"];
  moderators?: Partial<ModeratorsShown>;
  /** The moderators' view of the phase. */
  activity?: unknown;
  /** Of all groups: who of them is not waited for. */
  absent?: string[];
  now_ms?: number;
}

/** Everybody is here unless it says otherwise. */
export function board(given: Given): Board {
  const { groups, presence = {}, others = [], pages = [], absent = [], now_ms = NOON_MS } = given;
  const people = [...groups.flat(), ...others];
  const moderators: ModeratorsShown = {
    code: "ABC234",
    people: people.map((id) => ({ id, school: `s-${id}` })),
    groups: {
      talk: {
        pairs: groups.map((members, at) => ({
          id: `talk-pairs-${at + 1}`,
          members,
          table: at + 1,
          absent: absent.filter((who) => members.includes(who)),
        })),
      },
    },
    progress: { talk: { "": { step: 1 } } },
    timers: {},
    done: [],
    need_time: [],
    help: [],
    acts: [],
    keeping: {},
    ...given.moderators,
  };
  const seen: PresenceShown = {
    people: people.map((id) => [id, ...(presence[id] ?? (["here", NOON_MS - MINUTE_MS] as [PresenceState, number]))]),
  };
  return boardOf({ room, moderators, presence: seen, pages: { pages }, pack: words, activity: given.activity, now_ms });
}
