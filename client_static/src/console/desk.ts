/** What lies on the moderator's desk: the room as signals that change only when it does, and the one way to act. */

import { computed, type ReadonlySignal, signal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Body, Name } from "../protocol/frames";
import { calledNames } from "../projector/showing";
import type { Outcome } from "../session/queue";
import type { Session } from "../session/session";
import { pack } from "../state/path";
import { allCalled } from "../shell/called";
import type { RoomShown } from "../state/workshop";
import { say } from "../ui/announcer";
import { type Board, boardOf } from "./room/board";
import { actWords } from "./acts";
import { ruleWords } from "./room/rules";
import type { BrokenRule, ConsolePack, ModeratorsShown, PagesShown, PresenceShown, RulesPreview } from "./shown";
import { w, whyNot } from "./words";

const BOARD_TICK_MS = 5_000;
const SECOND_MS = 1_000;

/** Something to be read beside the board: what a change by hand did not keep, or what a colleague has just done. */
export interface Told {
  sentences: string[];
  /** Of whom: nobody for what the moderator did themselves. */
  by: string;
}

export type Sheet =
  | { show: "person"; person: string }
  | { show: "group"; group: string }
  | { show: "groups"; phase: string; grouping: string }
  | { show: "look"; table: number; group: string; person?: string }
  | { show: "say"; to: "room" | "group" | "person"; id: string }
  | { show: "roster" }
  | { show: "links" }
  | { show: "short" }
  | { show: "acts" };

type Leading = "moderator" | "co_moderator";

/** Every co-moderator is known from the moment at which they first come; a moderator from when they give a name. */
function roleOf(moderators: ModeratorsShown | undefined, staff: string): Leading {
  return moderators?.staff?.[staff] === "co_moderator" ? "co_moderator" : "moderator";
}

/** Who has given no name: by what they do, and co-moderators in the order in which they came. */
export function colleagueWords(moderators: ModeratorsShown | undefined, staff: string, leads: boolean): string {
  const { staff: known = {} } = moderators ?? {};
  const helpers = Object.keys(known).filter((one) => roleOf(moderators, one) === "co_moderator");
  const at = helpers.indexOf(staff);
  if (at >= 0) return w("staff.nth", { n: at + 1 });
  return w(leads ? "acts.other" : "acts.moderator");
}

function sameNames(one: ReadonlyMap<string, Name>, other: ReadonlyMap<string, Name>): boolean {
  if (one.size !== other.size) return false;
  for (const [id, name] of other) {
    const before = one.get(id);
    if (before?.name !== name.name || before.school !== name.school) return false;
  }
  return true;
}

export class Desk {
  readonly room: ReadonlySignal<RoomShown | undefined>;
  readonly moderators: ReadonlySignal<ModeratorsShown | undefined>;
  /** Replaced only when a name changed: the board must not be drawn again because somebody typed. */
  readonly names: ReadonlySignal<ReadonlyMap<string, Name>>;
  private readonly distinct: ReadonlySignal<ReadonlyMap<string, string>>;
  readonly board: ReadonlySignal<Board | null>;
  readonly pack: ReadonlySignal<ConsolePack | null> = computed(() => pack.value as ConsolePack | null);
  /** The server's time, every five seconds: enough for "since" and for suggestions. */
  readonly now_ms: Signal<number>;
  /** The phase that the moderator looks at without moving anybody; null is where the room is. */
  readonly selected = signal<string | null>(null);
  readonly sheet = signal<Sheet | null>(null);
  readonly told = signal<Told | null>(null);
  /** Whom the last wish named and who had left the room meanwhile: it was done without them. */
  without: readonly string[] = [];
  /** The same every second, for the clocks of the groups: one beat for all of them. */
  readonly second_ms: Signal<number>;
  private readonly ticking: ReturnType<typeof setInterval>;
  private readonly beating: ReturnType<typeof setInterval>;

  constructor(readonly session: Session) {
    const { views } = session;
    this.now_ms = signal(session.clock.now());
    this.second_ms = signal(session.clock.now());
    this.room = computed(() => views.room<RoomShown>("")?.body);
    this.moderators = computed(() => views.moderators<ModeratorsShown>("")?.body);
    let names: ReadonlyMap<string, Name> = new Map();
    this.names = computed(() => (names = sameNames(names, views.names.value) ? names : views.names.value));
    this.distinct = computed(() => {
      const all = [...this.names.value].sort(([one], [other]) => one.localeCompare(other));
      return allCalled(all.map(([id, { name, school = "" }]) => ({ id, name, school })));
    });
    const presence = computed(() => views.moderators<PresenceShown>("~here")?.body);
    const pages = computed(() => views.moderators<PagesShown>("~pages")?.body);
    this.board = computed(() => {
      const [room, moderators, words] = [this.room.value, this.moderators.value, this.pack.value];
      if (!room || !moderators || !words) return null;
      const activity = room.at ? views.moderators(room.at)?.body : undefined;
      const sources = { room, moderators, presence: presence.value, pages: pages.value, pack: words, activity };
      return boardOf({ ...sources, now_ms: this.now_ms.value });
    });
    this.ticking = setInterval(() => this.look(), BOARD_TICK_MS);
    this.beating = setInterval(() => (this.second_ms.value = session.clock.now()), SECOND_MS);
  }

  stop(): void {
    clearInterval(this.ticking);
    clearInterval(this.beating);
  }

  look(): void {
    this.now_ms.value = this.session.clock.now();
  }

  get me(): string {
    return this.session.welcome.value?.you.id ?? "";
  }

  /** Whether this is the moderator, who moves the room; a co-moderator helps in it. */
  get leads(): boolean {
    return this.session.welcome.value?.you.role !== "co_moderator";
  }

  /** The tables that the moderator gave to this co-moderator; none: all of them. */
  get ownTables(): readonly number[] {
    return this.leads ? [] : (this.moderators.value?.tables?.[this.me] ?? []);
  }

  /** Whether this desk may act for the whole room within a phase: its clock, its groups, messages to everybody. */
  get forRoom(): boolean {
    return this.ownTables.length === 0;
  }

  forTable(table: number | undefined): boolean {
    return this.forRoom || (table !== undefined && this.ownTables.includes(table));
  }

  /** Somebody who runs the room too, by name, else by what they do. */
  colleague(staff: string): string {
    return this.names.value.get(staff)?.name || colleagueWords(this.moderators.value, staff, this.leads);
  }

  /** The same with what they do: who reads of an act later may not know everybody by name. */
  colleagueInFull(staff: string): string {
    const name = this.names.value.get(staff)?.name;
    return name
      ? w("acts.by", { name, role: w(`console.role.${roleOf(this.moderators.value, staff)}`) })
      : this.colleague(staff);
  }

  /** Where the desk looks: the selected phase, or the room's. */
  get phase(): string | null {
    return this.selected.value ?? this.room.value?.at ?? null;
  }

  /** As the moderator can tell them apart: two of one name also by their schools, or by a number. */
  name(person: string): string {
    return this.distinct.value.get(person) || "…";
  }

  /** First names where they are enough to tell everybody apart: what stands in a line of the board. */
  readonly called: ReadonlySignal<ReadonlyMap<string, string>> = computed(() => {
    const people = (this.moderators.value?.people ?? []).filter((one) => one.state !== "left");
    const names = calledNames(people.map((one) => this.names.value.get(one.id)?.name || "…"));
    return new Map(people.map((one, at) => [one.id, names[at] ?? ""]));
  });

  school(person: string): string {
    return this.names.value.get(person)?.school ?? "";
  }

  /** A phase by its id, in the words of the path. */
  title(phase: string | null | undefined): string {
    const shown = this.room.value?.phases.find((one) => one.id === phase);
    return (shown && this.pack.value?.phases[shown.spec]?.title) ?? phase ?? "";
  }

  short(phase: string): string {
    const shown = this.room.value?.phases.find((one) => one.id === phase);
    return (shown && this.pack.value?.phases[shown.spec]?.short) ?? phase;
  }

  /** A moderator's wish; a refusal is said in words. True when it became a fact. */
  async wish(body: Body, scope = ""): Promise<boolean> {
    const outcome: Outcome = await this.session.wish(scope, body);
    this.look();
    this.without = outcome.t === "ok" ? (outcome.without ?? []) : [];
    if (outcome.t === "ok") return true;
    say(this.refusal(outcome.code));
    return false;
  }

  /** Who pressed second is told what the first has done. */
  private refusal(code: string): string {
    const last = this.moderators.value?.acts.at(-1);
    if (code !== "moved_meanwhile" || !last || last.staff === this.me) return whyNot(code);
    return w("no.moved_meanwhile_by", { who: this.colleague(last.staff), what: actWords(this, last) });
  }

  /** A change of groups by hand, and beside it what it does not keep: the moderator's hand is above every rule. */
  async byHand(body: Body & { phase: string; grouping: string }): Promise<boolean> {
    const question = { type: "JudgeGroups", phase: body.phase, grouping: body.grouping };
    const judged = (): Promise<BrokenRule[]> =>
      this.session.ask<RulesPreview>("", question).then(
        ({ broken }) => broken,
        () => [],
      );
    const before = new Set((await judged()).map((one) => JSON.stringify([one.rule, one.people])));
    if (!(await this.wish(body))) return false;
    const broken = (await judged()).filter((one) => !before.has(JSON.stringify([one.rule, one.people])));
    this.told.value = broken.length > 0 ? { sentences: broken.map((one) => ruleWords(this, one)), by: "" } : null;
    return true;
  }

  async wishAll(bodies: readonly Body[]): Promise<void> {
    for (const body of bodies) if (!(await this.wish(body))) return;
  }
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("no desk around this component");
  return desk;
}
