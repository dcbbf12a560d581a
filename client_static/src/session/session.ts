/** One seat at work: its connection, its wishes, its views, its clock, and the honest state of its words. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type Answer, type Body, type Refused, VERSION, type ViewFrame, type Welcome } from "../protocol/frames";
import { Views } from "../state/views";
import { Clock } from "./clock";
import { Connection } from "./connection";
import type { Drawer } from "./drawer";
import { randomName } from "./identity";
import { type Mark, markOf } from "./mark";
import { type Outcome, Queue } from "./queue";
import { kept } from "./kept";
import { earlierKeys, endSeat, isOver, keepSeat, keyOf, type Seat } from "./seats";

const HEARTBEAT_MS = 15_000;
const TIME_SAMPLES = 5;
const TIME_APART_MS = 250;
const RETURNED_MS = 4_000;
const ASLEEP_MS = 20_000;
/** Whoever takes up a phone that lay there for so long says so at once, and not with the next heartbeat. */
const AGAIN_MS = 15_000;

export const DEVICE = randomName();

export class Session {
  readonly clock = new Clock();
  readonly views: Views;
  /** Everything that this seat may see has come with this connection: what is not there is not ours. */
  readonly complete = signal(false);
  readonly connection: Connection;
  readonly queue: Queue;
  readonly welcome = signal<Welcome | null>(null);
  /** Wishes that were refused for good, newest last; those made before a reload as well. */
  readonly refusals = signal<Refused[]>([]);
  /** Pages with words that are not on the server yet, on screen or not; the documents count them. */
  readonly unsaved = signal(0);
  /** Pages with words that the server does not take: drafts that only this device has. */
  readonly drafts = signal(0);
  /** Whether this device keeps what is typed until it is sent. */
  readonly keeps = signal(true);
  readonly savedMs = signal(0);
  readonly mark: ReadonlySignal<Mark>;
  private readonly returned = signal(false);
  private hadToWait = false;
  private touched_ms = Date.now();
  private hidden_ms = 0;
  private readonly beat: ReturnType<typeof setInterval>;
  private readonly listeners = new AbortController();
  /** Also of a session that is only shown as another screen has it: there is one of everything that is open. */
  readonly self: Session = this;

  /** Where this seat keeps its things on the device. */
  readonly key: string;
  /** The seat, once it is known whose it is: at once, but for a link that this device sees for the first time. */
  readonly identified: Promise<Seat>;
  private identify: (seat: Seat) => void = () => undefined;

  constructor(
    readonly seat: Seat,
    readonly drawer: Drawer,
    origin: string = location.origin,
  ) {
    this.key = keyOf(seat);
    this.identified = seat.id ? Promise.resolve(seat) : new Promise((resolve) => (this.identify = resolve));
    this.connection = new Connection({ v: VERSION, token: seat.token, device: DEVICE }, origin, kept);
    this.views = new Views(drawer, this.key);
    this.queue = new Queue({
      drawer,
      seat: this.key,
      device: DEVICE,
      send: (frame) => this.connection.ask("command", frame),
      orphaned: (_frame, refusal) => this.refused(refusal),
    });
    this.mark = computed(() =>
      markOf({
        link: this.connection.link.value,
        pending: this.pending.value,
        drafts: this.drafts.value,
        keeps: this.keeps.value,
        saved_ms: this.savedMs.value,
        returned: this.returned.value,
      }),
    );
    this.connection.on("welcome", (frame) => this.welcomed(frame));
    this.connection.on("views", (frames) => this.seen(frames));
    this.connection.link.subscribe((link) => {
      if (link !== "live") this.queue.disconnect();
      else if (this.welcome.peek()) this.queue.connect();
    });
    this.connection.ended.subscribe((bye) => {
      if (!bye || !isOver(bye)) return;
      endSeat(seat.token, bye.code);
      this.forget().catch((error: unknown) => console.info("could not tidy the drawer", error));
    });
    this.pending.subscribe((pending) => this.arrived(pending));
    this.beat = setInterval(() => void this.here(), HEARTBEAT_MS);
    this.watch();
  }

  /** Aborted when this session is over. */
  get until(): AbortSignal {
    return this.listeners.signal;
  }

  readonly pending: ReadonlySignal<number> = computed(() => this.queue.pending.value + this.unsaved.value);

  /** This session with other views: what is wished on it goes nowhere. */
  shownAs(views: Views, mark: Mark): Session {
    const nothing = (): Promise<Outcome> => new Promise(() => undefined);
    const queue = Object.create(this.queue, { submit: { value: nothing } }) as Queue;
    return Object.create(this, {
      views: { value: views },
      mark: { value: signal(mark) },
      queue: { value: queue },
      wish: { value: nothing },
    }) as Session;
  }

  async start(): Promise<void> {
    // A device that cannot be read must not keep anybody out of the room.
    await this.adopt().catch((error: unknown) => console.info("what this seat left earlier could not be read", error));
    for (const recovered of await Promise.allSettled([this.views.recover(), this.queue.recover()])) {
      if (recovered.status === "rejected") console.info("not read from the device", recovered.reason);
    }
    this.connection.start();
  }

  /** What this person left here by another link, or before it was known whose this one is. */
  private async adopt(): Promise<void> {
    for (const other of earlierKeys(this.seat)) {
      for (const [key, value] of await this.drawer.all(`${other}/`)) {
        const ours = `${this.key}/${key.slice(other.length + 1)}`;
        if ((await this.drawer.all(ours)).every(([known]) => known !== ours)) await this.drawer.put(ours, value);
        await this.drawer.remove(key);
      }
    }
  }

  /** This seat is no more: what was shown to it goes from the device. Wishes that were not sent stay. */
  private async forget(): Promise<void> {
    for (const [key] of await this.drawer.all(`${this.key}/view/`)) await this.drawer.remove(key);
    for (const [key] of await this.drawer.all(`${this.seat.workshop}/pack/`)) await this.drawer.remove(key);
  }

  stop(): void {
    clearInterval(this.beat);
    this.listeners.abort();
    this.connection.stop();
  }

  /** Something the person decided. It is kept until the server has it, and resolves then. */
  async wish(scope: string, body: Body, person = ""): Promise<Outcome> {
    const outcome = await this.queue.submit(scope, body, person);
    if (outcome.t === "ok") this.saved();
    else this.refused(outcome);
    return outcome;
  }

  private refused(refusal: Refused): void {
    this.refusals.value = [...this.refusals.value, refusal];
  }

  async ask<T>(scope: string, body: Body): Promise<T> {
    const answer: Answer | Refused = await this.connection.ask("ask", { scope, body });
    if (answer.t === "no") throw new Error(answer.code);
    return answer.body as T;
  }

  saved(): void {
    this.savedMs.value = this.clock.now();
  }

  private welcomed(frame: Welcome): void {
    this.clock.guess(frame.now_ms);
    this.welcome.value = frame;
    this.views.expect();
    keepSeat({ ...this.seat, id: frame.you.id, role: frame.you.role });
    this.identify({ ...this.seat, id: frame.you.id });
    this.queue.connect();
    this.complete.value = false;
    void this.measure();
    void this.here();
  }

  /** The first frame of views after a welcome holds all that we may see: the rest is no longer ours. */
  private seen(frames: ViewFrame[]): void {
    for (const frame of frames) this.views.receive(frame);
    if (this.complete.peek()) return;
    this.views.sweep();
    this.complete.value = true;
  }

  private async measure(): Promise<void> {
    for (let sample = 0; sample < TIME_SAMPLES; sample += 1) {
      const t0_ms = Date.now();
      try {
        const told = await this.connection.ask("time", { t0_ms });
        if (told.t === "time") this.clock.measured(told.t0_ms, told.now_ms);
      } catch {
        // The connection is gone; the next welcome measures anew.
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, TIME_APART_MS));
    }
  }

  private arrived(pending: number): void {
    const live = this.connection.link.peek() === "live";
    if (pending > 0 && !live) this.hadToWait = true;
    if (pending > 0 || !live || !this.hadToWait) return;
    this.hadToWait = false;
    this.returned.value = true;
    setTimeout(() => {
      this.returned.value = false;
    }, RETURNED_MS);
  }

  private async here(): Promise<void> {
    if (this.connection.link.peek() !== "live") return;
    const visible = document.visibilityState !== "hidden";
    const idle_s = Math.min(86_400, Math.max(0, Math.round((Date.now() - this.touched_ms) / 1000)));
    try {
      await this.connection.ask("here", { visible, idle_s });
    } catch {
      // Nobody answered a sign of life: this socket is dead even if the browser has not noticed.
      if (this.connection.link.peek() === "live") this.connection.renew();
    }
  }

  private watch(): void {
    const { signal: until } = this.listeners;
    const touched = (): void => this.touched();
    for (const event of ["pointerdown", "keydown"]) addEventListener(event, touched, { signal: until, passive: true });
    document.addEventListener("visibilitychange", () => this.turned(), { signal: until });
    addEventListener("pagehide", () => this.views.keepNow(), { signal: until });
    addEventListener("online", () => this.connection.renew(), { signal: until });
  }

  private touched(): void {
    const lay_ms = Date.now() - this.touched_ms;
    this.touched_ms = Date.now();
    if (lay_ms > AGAIN_MS) void this.here();
  }

  private turned(): void {
    if (document.visibilityState === "hidden") {
      this.hidden_ms = Date.now();
      this.views.keepNow();
      void this.here();
      return;
    }
    // Nobody turns a page to the front without a hand.
    this.touched_ms = Date.now();
    const asleep = this.hidden_ms > 0 && Date.now() - this.hidden_ms > ASLEEP_MS;
    this.clock.forget();
    // After a long sleep the views are read again from the start, since nobody knows what was missed.
    if (asleep) this.connection.renew();
    else {
      void this.here();
      void this.measure();
    }
  }
}
