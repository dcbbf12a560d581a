/** Wishes in the order in which they were made, kept until the server answers for each, sent again until it does. */

import { signal } from "@preact/signals";
import type { Accepted, Body, CommandFrame, Refused } from "../protocol/frames";
import type { Drawer } from "./drawer";

const PATIENCE_MS = 1_000;
const LONGEST_PATIENCE_MS = 15_000;
const DIGITS = 16;

/** A wish as it lies in the drawer; `at_ms` orders what several page loads left behind. */
interface Kept extends CommandFrame {
  at_ms: number;
}

export type Send = (frame: CommandFrame) => Promise<Accepted | Refused>;
export type Outcome = Accepted | Refused;

export interface Surroundings {
  drawer: Drawer;
  /** The seat that wishes, as a prefix of every key. */
  seat: string;
  device: string;
  send: Send;
  /** A wish that nobody awaits any more (it was made before a reload) and that was refused for good. */
  orphaned?: (frame: CommandFrame, refusal: Refused) => void;
  now?: () => number;
  wait?: (ms: number) => Promise<void>;
}

function isKept(value: unknown): value is Kept {
  const kept = value as Partial<Kept> | null;
  return typeof kept === "object" && kept !== null && typeof kept.device === "string" && typeof kept.n === "number";
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class Queue {
  readonly pending = signal(0);
  private waiting: Kept[] = [];
  private readonly awaited = new Map<string, (outcome: Outcome) => void>();
  private next = 1;
  private connected = false;
  private sending = false;

  constructor(private readonly around: Surroundings) {}

  private key(kept: Kept): string {
    return `${this.around.seat}/wish/${String(kept.at_ms).padStart(DIGITS, "0")}/${kept.device}/${String(kept.n).padStart(DIGITS, "0")}`;
  }

  /** Take up what earlier page loads could not send. Their wishes go before those of this page. */
  async recover(): Promise<void> {
    const found = await this.around.drawer.all(`${this.around.seat}/wish/`);
    const earlier = found.map(([, value]) => value).filter(isKept);
    const known = new Set(this.waiting.map((kept) => this.key(kept)));
    this.waiting = [...earlier.filter((kept) => !known.has(this.key(kept))), ...this.waiting];
    this.counted();
    this.flow();
  }

  /** Resolves when the server answered, which may be after a tunnel, a night or a new address. */
  async submit(scope: string, body: Body, person = ""): Promise<Outcome> {
    const at_ms = (this.around.now ?? Date.now)();
    const kept: Kept = { device: this.around.device, n: this.next, scope, body, at_ms };
    if (person) kept.person = person;
    this.next += 1;
    this.waiting.push(kept);
    this.counted();
    const answered = new Promise<Outcome>((resolve) => this.awaited.set(this.key(kept), resolve));
    await this.around.drawer.put(this.key(kept), kept).catch((error: unknown) => {
      console.info("this wish is kept by the open page only", error);
    });
    this.flow();
    return answered;
  }

  connect(): void {
    this.connected = true;
    this.flow();
  }

  disconnect(): void {
    this.connected = false;
  }

  private counted(): void {
    this.pending.value = this.waiting.length;
  }

  private flow(): void {
    if (this.sending || !this.connected || this.waiting.length === 0) return;
    this.sending = true;
    void this.drain().finally(() => {
      this.sending = false;
      // A connection that came back while the last wish of the old one was failing would otherwise find nobody sending.
      if (this.connected && this.waiting.length > 0) this.flow();
    });
  }

  /** One at a time: a second wish that overtook a held first one would make the server drop the first as a repeat. */
  private async drain(): Promise<void> {
    let patience_ms = PATIENCE_MS;
    while (this.connected) {
      const kept = this.waiting[0];
      if (!kept) return;
      const { at_ms: _at, ...frame } = kept;
      let outcome: Outcome;
      try {
        outcome = await this.around.send(frame);
      } catch {
        // No answer: the connection broke, or the server is slow. The same number goes out again, so nothing counts twice.
        await (this.around.wait ?? pause)(patience_ms);
        patience_ms = Math.min(patience_ms * 2, LONGEST_PATIENCE_MS);
        continue;
      }
      if (outcome.t === "no" && outcome.then === "retry") {
        await (this.around.wait ?? pause)(outcome.after_ms || patience_ms);
        patience_ms = Math.min(patience_ms * 2, LONGEST_PATIENCE_MS);
        continue;
      }
      patience_ms = PATIENCE_MS;
      await this.settle(kept, outcome);
    }
  }

  private async settle(kept: Kept, outcome: Outcome): Promise<void> {
    this.waiting = this.waiting.filter((one) => one !== kept);
    this.counted();
    const key = this.key(kept);
    const waiter = this.awaited.get(key);
    this.awaited.delete(key);
    await this.around.drawer.remove(key).catch((error: unknown) => console.info("could not tidy the drawer", error));
    if (waiter) waiter(outcome);
    else if (outcome.t === "no") this.around.orphaned?.(kept, outcome);
  }
}
