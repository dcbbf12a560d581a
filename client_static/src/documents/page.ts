/** One open page: what was typed here reaches the server once, in merged batches, and stays on this device until it has. */

import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import * as Y from "yjs";
import type { Opened, PageUpdate, Refused, Right, Rights, Saved } from "../protocol/frames";
import type { Copy } from "./copy";
import { lacks } from "./lack";

const PATIENCE_MS = 1_500;

/** What a page needs of the session. */
export interface Wire {
  readonly live: ReadonlySignal<boolean>;
  open(page: string, vector: Uint8Array): Promise<Opened | Refused>;
  update(page: string, u: Uint8Array): Promise<Saved | Refused>;
  saved(): void;
}

/** `kept`: written, but no longer wanted by the server; it stays here as a draft. */
export type PageMark = "opening" | "saved" | "saving" | "offline" | "kept";

export class OpenPage {
  readonly doc = new Y.Doc();
  readonly right = signal<Right | "none" | "unknown">("unknown");
  /** True once it may be written: what this device has was read, and the server answered or is not to be had. */
  readonly ready = signal(false);
  readonly mark: ReadonlySignal<PageMark>;
  /** Some of it is not on the server, whoever typed it and when. */
  readonly dirty = signal(false);
  /** The page was taken away under a writing hand: what is typed until the hand leaves stays on this device. */
  private readonly lingering = signal(false);
  private inHand = false;
  /** Why the server does not take it, or "". */
  readonly refused = signal("");
  /** Resolves when the device's copy is in the document, or cannot be had. */
  readonly loaded: Promise<void>;
  private readonly synced = signal(false);
  private waiting: Uint8Array[] = [];
  private sending = false;
  private last = false;
  private connection = 0;
  private shut = false;
  private unsubscribe: () => void = () => undefined;

  constructor(
    readonly page: string,
    private readonly wire: Wire,
    readonly copy: Copy,
  ) {
    this.mark = computed(() => {
      if (this.refused.value && this.dirty.value) return "kept";
      if (!this.wire.live.value) return this.ready.value ? "offline" : "opening";
      if (!this.synced.value) return this.ready.value && this.dirty.value ? "saving" : "opening";
      return this.dirty.value ? "saving" : "saved";
    });
    this.doc.on("update", (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (!transaction.local) return;
      this.waiting.push(update);
      this.dirty.value = true;
      void this.flow();
    });
    this.loaded = this.begin();
  }

  private async begin(): Promise<void> {
    const { right, unsent } = await this.copy.load(this.doc);
    if (this.shut) return;
    if (right && this.right.peek() === "unknown") this.right.value = right;
    if (unsent) this.dirty.value = true;
    // A moment of patience for the server: words written where one may only read would be a draft for nothing.
    if (right === "write" || !this.wire.live.peek()) this.ready.value = true;
    else setTimeout(() => (this.ready.value = true), PATIENCE_MS);
    this.unsubscribe = this.wire.live.subscribe((live) => (live ? void this.connect() : this.lost()));
  }

  close(): void {
    this.shut = true;
    this.letGo();
    this.connection += 1;
    this.unsubscribe();
    this.copy.close();
    this.doc.destroy();
  }

  /** The page's fields as they read now. */
  text(field: string): Y.Text {
    return this.doc.getText(field);
  }

  /** Everything that stands on it, by field. */
  words(): Record<string, string> {
    const names = [...this.doc.share.keys()].filter((name) => !name.startsWith("~")).sort();
    const fields = names.map((field): [string, string] => [field, this.text(field).toString()]);
    return Object.fromEntries(fields.filter(([, text]) => text.trim() !== ""));
  }

  /** Whether nothing can be typed here. */
  readonly locked: ReadonlySignal<boolean> = computed(() => {
    if (this.lingering.value) return false;
    return this.right.value === "read" || this.right.value === "none" || !this.ready.value;
  });

  /** One of its fields has the keyboard. */
  takeInHand(): void {
    this.inHand = true;
    void this.loaded.then(() => this.trust());
  }

  /** Who is about to write does not wait for the server: letters that go nowhere are worse than a draft for nothing. */
  private trust(): void {
    if (this.inHand && this.right.peek() === "unknown") this.ready.value = true;
  }

  letGo(): void {
    this.inHand = false;
    this.lingering.value = false;
    this.tidied();
  }

  received(frame: PageUpdate): void {
    if (!this.took(frame.u)) return;
    // The server's store was put back to an older state: what it lacks now it had once.
    if (frame.vector && frame.vector.length > 0 && this.synced.peek()) this.compare(frame.vector, frame.u);
  }

  allowed(frame: Rights): void {
    const before = this.right.value;
    const lingers = frame.right === "none" && this.inHand && (before === "write" || this.lingering.value);
    // Together: a field that is locked for one moment loses the hand that writes in it.
    batch(() => {
      this.right.value = frame.right;
      this.lingering.value = lingers;
    });
    if (frame.right === "none") return this.lostRight("not_your_page");
    this.copy.allowed(frame.right);
    if (frame.right === "read" && before === "write") {
      // The phase was closed over these words: the server still takes what was typed before, or says no.
      this.last = this.sending || this.waiting.length > 0;
      void this.flow();
    }
    if (frame.right !== "write") return;
    this.refused.value = "";
    if (before !== "write" && this.wire.live.peek()) void this.connect();
  }

  /** Something changed in the workshop: a page that was not ours may be now. */
  again(): void {
    if (this.right.peek() === "none" && this.wire.live.peek()) void this.connect();
  }

  /** Another load of this page left words on the device. */
  async recall(): Promise<void> {
    await this.loaded;
    if (await this.copy.recall()) this.found();
  }

  /** Words that nobody sent have come into the document. */
  found(): void {
    this.dirty.value = true;
    if (this.wire.live.peek()) void this.connect();
  }

  private took(update: Uint8Array): boolean {
    try {
      Y.applyUpdate(this.doc, update, this);
      return true;
    } catch (error) {
      // What cannot be read is asked for once more, whole.
      console.error("an update of this page could not be read", error);
      this.synced.value = false;
      this.later(this.connection);
      return false;
    }
  }

  private lost(): void {
    this.connection += 1;
    this.synced.value = false;
    this.sending = false;
    this.ready.value = true;
  }

  private lostRight(code: string): void {
    this.refused.value = code;
    this.tidied();
  }

  /** What is somebody else's now goes from this device; not what was typed here, nor while a hand still writes. */
  private tidied(): void {
    if (this.right.peek() === "none" && !this.lingering.peek() && !this.dirty.peek()) this.copy.forget();
  }

  private async connect(): Promise<void> {
    this.connection += 1;
    const connection = this.connection;
    this.sending = false;
    let answer: Opened | Refused;
    try {
      answer = await this.wire.open(this.page, Y.encodeStateVector(this.doc));
    } catch {
      return this.later(connection);
    }
    if (connection !== this.connection) return;
    if (answer.t === "no") {
      if (answer.then === "retry") return this.later(connection, answer.after_ms);
      this.right.value = "none";
      this.synced.value = true;
      return this.lostRight(answer.code);
    }
    this.opened(answer);
  }

  private opened(answer: Opened): void {
    if (!this.took(answer.update)) return;
    this.right.value = answer.right;
    this.copy.allowed(answer.right);
    this.ready.value = true;
    this.synced.value = true;
    this.compare(answer.vector, answer.update);
  }

  /** What the server lacks is computed from what it has, not from memory: it covers edits of earlier loads as well. */
  private compare(vector: Uint8Array, update: Uint8Array): void {
    const missing = Y.encodeStateAsUpdate(this.doc, vector);
    this.waiting = lacks(missing, update) ? [missing] : [];
    this.dirty.value = this.waiting.length > 0;
    this.refused.value = this.dirty.value && this.right.peek() !== "write" ? "read_only" : "";
    if (!this.dirty.value) this.copy.settled();
    void this.flow();
  }

  private later(connection: number, after_ms = PATIENCE_MS): void {
    setTimeout(() => {
      if (connection === this.connection && this.wire.live.peek()) void this.connect();
    }, after_ms || PATIENCE_MS);
  }

  /** The first edit goes out at once; those made until its answer travel merged behind it. */
  private async flow(): Promise<void> {
    const mayWrite = this.right.peek() === "write" || this.last;
    if (this.sending || !this.synced.peek() || !mayWrite || this.waiting.length === 0) return;
    const { connection } = this;
    this.sending = true;
    const batch = this.waiting;
    this.waiting = [];
    let answer: Saved | Refused;
    try {
      answer = await this.wire.update(this.page, Y.mergeUpdates(batch));
    } catch {
      return this.unanswered(connection, batch);
    }
    if (connection !== this.connection) return;
    this.sending = false;
    if (answer.t === "no") return this.turnedDown(connection, batch, answer);
    this.dirty.value = this.waiting.length > 0;
    if (!this.dirty.value) this.copy.settled();
    this.wire.saved();
    void this.flow();
  }

  /** Nobody knows whether it arrived: opening again compares, and a repeat changes nothing. */
  private unanswered(connection: number, batch: Uint8Array[]): void {
    if (connection !== this.connection) return;
    this.sending = false;
    this.waiting = [...batch, ...this.waiting];
    this.synced.value = false;
    this.later(connection);
  }

  private turnedDown(connection: number, sent: Uint8Array[], refusal: Refused): void {
    this.waiting = [...sent, ...this.waiting];
    if (refusal.then === "retry") {
      this.synced.value = false;
      return this.later(connection, refusal.after_ms);
    }
    this.last = false;
    this.refused.value = refusal.code;
    if (this.right.peek() !== "write") return;
    // Whether the page is closed or somebody else's now comes in a moment; until then the hand goes on.
    batch(() => {
      this.lingering.value = this.inHand;
      this.right.value = "read";
    });
  }
}
