/** The room as a board of groups: who is here, where each group stands, how much it has written. Numbers, never words. */

import { type Figure, type Figures, figuresOf } from "../../activities/figures";
import { stepsOf as stepsIn } from "../../state/day";
import type { Step } from "../../state/path";
import { turnsOf } from "../../state/path";
import { type HelpCall, type RoomShown, takingPart, type Timer } from "../../state/workshop";
import type { ConsoleMember, ConsolePack, Group, ModeratorsShown, PagesShown, PresenceShown } from "../shown";

export type Presence = "here" | "away" | "gone" | "unknown" | "no_device";

export interface PersonAt {
  id: string;
  presence: Presence;
  since_ms: number;
  /** Counts as in the room: everybody but those who are silent (`runtime/presence`). An untouched phone has an owner. */
  counted: boolean;
  done: boolean;
  need_time: boolean;
  words: number;
}

export interface GroupAt {
  group: Group;
  /** A step for the room as a whole, or each alone: this is not a group but everybody. */
  people: PersonAt[];
  /** Those of them who take part: nobody waits for the others, who keep a place there. */
  working: PersonAt[];
  step: number;
  turn: number;
  turns: number;
  timer: Timer | null;
  words: number;
  /** What the activity counts of the group, beside words: only what is above nothing. */
  figures: Figure[];
  done: number;
  counted: number;
  need_time: number;
  help: HelpCall[];
  /** Who of the staff looks in. */
  lookers: string[];
}

export interface Board {
  phase: string;
  /** The grouping of the step, "" while the room works as a whole or each alone. */
  grouping: string;
  /** Whose id does not begin with this is a partnership: nobody joins it. "" where all groups are open. */
  beside: string;
  steps: Step[];
  step: number;
  groups: GroupAt[];
  /** In no group although the step has groups. */
  placeless: PersonAt[];
  everybody: PersonAt[];
  here: number;
  done: number;
  need_time: number;
  expected: number;
}

/** Two clocks that were started by two taps. */
const TOGETHER_MS = 5_000;

const face = ({ timer }: GroupAt): number => timer?.ends_ms ?? timer?.left_ms ?? 0;

/** In the same turn, with a clock that shows the same. */
export function keepsPace(one: GroupAt, pace: GroupAt): boolean {
  if (!one.timer || !pace.timer || one.turn !== pace.turn || one.turns !== pace.turns) return false;
  return Boolean(one.timer.ends_ms) === Boolean(pace.timer.ends_ms) && Math.abs(face(one) - face(pace)) <= TOGETHER_MS;
}

/** Where more than half of the tables are. Said once for all of them, it leaves room for what differs. */
export function paceOf(groups: readonly GroupAt[]): GroupAt | null {
  const timed = groups.filter((one) => one.timer).sort((a, b) => a.turn - b.turn || face(a) - face(b));
  const pace = timed[Math.floor(timed.length / 2)];
  return pace && timed.filter((one) => keepsPace(one, pace)).length * 2 > groups.length ? pace : null;
}

interface Sources {
  room: RoomShown;
  moderators: ModeratorsShown;
  presence: PresenceShown | undefined;
  pages: PagesShown | undefined;
  pack: ConsolePack;
  /** The moderators' view of the phase where the room is. */
  activity?: unknown;
  now_ms: number;
}

/** Words by whoever owns the page: its name is `phase/kind/owner`. */
export function wordsByOwner(pages: PagesShown | undefined, phase: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [page, words] of pages?.pages ?? []) {
    const parts = page.split("/");
    const owner = parts.at(-1);
    if (parts[0] === phase && owner) found.set(owner, (found.get(owner) ?? 0) + words);
  }
  return found;
}

function peopleOf(sources: Sources, words: ReadonlyMap<string, number>): Map<string, PersonAt> {
  const { moderators, presence } = sources;
  const seen = new Map((presence?.people ?? []).map(([who, state, since_ms]) => [who, { state, since_ms }]));
  const done = new Set(moderators.done);
  const need_time = new Set(moderators.need_time);
  const personAt = (member: ConsoleMember): PersonAt => {
    const sign = seen.get(member.id);
    const state: Presence = member.without_device ? "no_device" : (sign?.state ?? "unknown");
    return {
      id: member.id,
      presence: state,
      since_ms: sign?.since_ms ?? 0,
      counted: state === "here" || state === "away" || state === "no_device",
      done: done.has(member.id),
      need_time: need_time.has(member.id),
      words: words.get(member.id) ?? 0,
    };
  };
  return new Map(
    moderators.people.filter((one) => (one.state ?? "joined") === "joined").map((one) => [one.id, personAt(one)]),
  );
}

export function stepsOf(room: RoomShown, pack: ConsolePack, phase: string): Step[] {
  const shown = room.phases.find((one) => one.id === phase);
  const words = shown && pack.phases[shown.spec];
  return shown && words ? stepsIn(shown, words) : [];
}

function isOfPartners(room: RoomShown, pack: ConsolePack, phase: string, grouping: string): boolean {
  const spec = room.phases.find((one) => one.id === phase)?.spec ?? "";
  return pack.phases[spec]?.groups?.[grouping]?.form === "partnerships";
}

/** A partnership, which changes by its members' yes and not by a hand. */
export function isClosed(board: Board, group: Group): boolean {
  return board.beside !== "" && !group.id.startsWith(board.beside);
}

export function boardOf(sources: Sources): Board {
  const { room, moderators, pack } = sources;
  const phase = room.at ?? "";
  const steps = stepsOf(room, pack, phase);
  const stepAt = Math.min(room.step ?? 0, Math.max(0, steps.length - 1));
  const grouping = steps[stepAt]?.groups ?? "room";
  const words = wordsByOwner(sources.pages, phase);
  const people = peopleOf(sources, words);
  const formed = moderators.groups[phase]?.[grouping] ?? [];
  const figures = figuresOf(room.phases.find((one) => one.id === phase)?.activity ?? "", sources.activity);
  const groups = formed.map((group) => groupAt(sources, group, { phase, steps, people, words, figures }));
  const placed = new Set(formed.flatMap((group) => group.members));
  const everybody = [...people.values()];
  const counted = everybody.filter((one) => one.counted);
  return {
    phase,
    grouping: formed.length > 0 || (grouping !== "room" && grouping !== "alone") ? grouping : "",
    beside: isOfPartners(room, pack, phase, grouping) ? `${phase}-${grouping}-` : "",
    steps,
    step: stepAt,
    groups,
    placeless: formed.length > 0 ? everybody.filter((one) => !placed.has(one.id)) : [],
    everybody,
    here: counted.length,
    done: counted.filter((one) => one.done).length,
    need_time: counted.filter((one) => one.need_time).length,
    expected: moderators.people.filter((one) => one.state === "expected").length,
  };
}

interface Inside {
  phase: string;
  steps: Step[];
  people: ReadonlyMap<string, PersonAt>;
  words: ReadonlyMap<string, number>;
  figures: Figures;
}

/** The figures of a group and those of its members added up, each once. */
function summed(owners: readonly string[], figures: Figures): Figure[] {
  const found = new Map<string, Figure>();
  for (const owner of owners) {
    for (const { key, n, of } of figures.get(owner) ?? []) {
      const before = found.get(key);
      const upTo = of === undefined ? before?.of : (before?.of ?? 0) + of;
      found.set(key, { key, n: (before?.n ?? 0) + n, ...(upTo === undefined ? {} : { of: upTo }) });
    }
  }
  return [...found.values()].filter(({ n }) => n > 0);
}

function groupAt({ moderators }: Sources, group: Group, inside: Inside): GroupAt {
  const { phase, steps, people, words } = inside;
  const own = moderators.progress[phase]?.[group.id] ?? moderators.progress[phase]?.[""];
  const members = group.members.flatMap((who) => people.get(who) ?? []);
  const step = Math.min(own?.step ?? 0, Math.max(0, steps.length - 1));
  const at = steps[step];
  const owners = [group.id, ...(group.parts ?? []), ...group.members];
  const inTurn = new Set(takingPart(group));
  const working = members.filter((one) => inTurn.has(one.id));
  const counted = working.filter((one) => one.counted);
  return {
    group,
    people: members,
    working,
    step,
    turn: own?.turn ?? 0,
    turns: at ? turnsOf(at, takingPart(group).length).length : 0,
    timer: moderators.timers[group.id] ?? null,
    words: owners.reduce((sum, owner) => sum + (words.get(owner) ?? 0), 0),
    figures: summed(owners, inside.figures),
    done: counted.filter((one) => one.done).length,
    counted: counted.length,
    need_time: counted.filter((one) => one.need_time).length,
    help: moderators.help.filter((call) => call.group === group.id || group.members.includes(call.person)),
    lookers: [
      ...Object.entries(moderators.looking ?? {}).flatMap(([staff, looked]) => (looked === group.id ? [staff] : [])),
      ...Object.entries(moderators.viewing ?? {}).flatMap(([staff, who]) =>
        group.members.includes(who) ? [staff] : [],
      ),
    ],
  };
}
