/** One open page: what was typed here reaches the server once, in merged batches, and stays on this device until it has. */

import { type ReadonlySignal, computed, signal } from "@preact/signals";
import * as Y from "yjs";
import type { Opened, PageUpdate, Refused, Right, Rights, Saved } from "../protocol/frames";
import { lacks } from "./lack";

const PATIENCE_MS = 1_500;

/** What a page needs of the session. */
export interface Wire {
  readonly live: ReadonlySignal<boolean>;
  open(page: string, vector: Uint8Array): Promise<Opened | Refused>;
  update(page: string, u: Uint8Array): Promise<Saved | Refused>;
  saved(): void;
}

/** Where the browser keeps its own copy; resolves once that copy is in the document. */
export type Keep = (doc: Y.Doc) => Promise<void>;

/** `kept`: written, but no longer wanted by the server; it stays here as a draft. */
export type PageMark = "opening" | "saved" | "saving" | "offline" | "kept";

export class OpenPage {
  readonly doc = new Y.Doc();
  readonly right = signal<Right | "none" | "unknown">("unknown");
  /** True once the text is worth showing: the local copy was read, or the server answered. */
  readonly ready = signal(false);
  readonly mark: ReadonlySignal<PageMark>;
  readonly dirty = signal(false);
  /** The page was taken away under a writing hand: what is typed until the hand leaves stays on this device. */
  readonly lingering = signal(false);
  private readonly synced = signal(false);
  private readonly refused = signal(false);
  private waiting: Uint8Array[] = [];
  private sending = false;
  private last = false;
  private connection = 0;
  private shut = false;
  private unsubscribe: () => void = () => undefined;

  constructor(
    readonly page: string,
    private readonly wire: Wire,
    keep: Keep,
  ) {
    this.mark = computed(() => {
      if (this.refused.value && this.dirty.value) return "kept";
      if (!this.wire.live.value) return this.ready.value ? "offline" : "opening";
      if (!this.synced.value) return this.ready.value ? "saving" : "opening";
      return this.dirty.value ? "saving" : "saved";
    });
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === this || !this.local) return;
      this.waiting.push(update);
      this.dirty.value = true;
      void this.flow();
    });
    const kept = keep(this.doc).then(
      () => {
        this.ready.value = this.ready.value || this.doc.store.clients.size > 0;
      },
      (error: unknown) => console.info("this page has no copy on the device", error),
    );
    void kept.then(() => {
      this.local = true;
      if (this.shut) return;
      this.unsubscribe = this.wire.live.subscribe((live) => (live ? void this.connect() : this.lost()));
    });
  }

  /** Until the device's own copy is read, every change comes from it and none of them is new. */
  private local = false;

  close(): void {
    this.shut = true;
    this.connection += 1;
    this.unsubscribe();
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

  received(frame: PageUpdate): void {
    Y.applyUpdate(this.doc, frame.u, this);
  }

  allowed(frame: Rights): void {
    const before = this.right.value;
    this.right.value = frame.right;
    this.lingering.value = frame.right === "none" && (before === "write" || this.lingering.value);
    if (frame.right === "none") this.refused.value = true;
    if (frame.right === "read" && before === "write") {
      // The phase was closed over these words: the server still takes what was typed before, or says no.
      this.last = this.sending || this.waiting.length > 0;
      void this.flow();
    }
    if (frame.right !== "write") return;
    this.refused.value = false;
    if (before !== "write" && this.wire.live.peek()) void this.connect();
  }

  /** Something changed in the workshop: a page that was not ours may be now. */
  again(): void {
    if (this.right.peek() === "none" && this.wire.live.peek()) void this.connect();
  }

  private lost(): void {
    this.connection += 1;
    this.synced.value = false;
    this.sending = false;
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
      this.refused.value = true;
      this.synced.value = true;
      return;
    }
    this.opened(answer);
  }

  private opened(answer: Opened): void {
    Y.applyUpdate(this.doc, answer.update, this);
    this.right.value = answer.right;
    this.ready.value = true;
    this.synced.value = true;
    // What the server lacks is computed from what it has, not from memory: it covers edits of earlier loads as well.
    const missing = Y.encodeStateAsUpdate(this.doc, answer.vector);
    this.waiting = lacks(missing, answer.update) ? [missing] : [];
    this.dirty.value = this.waiting.length > 0;
    this.refused.value = this.dirty.value && answer.right !== "write";
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

  private turnedDown(connection: number, batch: Uint8Array[], refusal: Refused): void {
    this.waiting = [...batch, ...this.waiting];
    if (refusal.then === "retry") {
      this.synced.value = false;
      return this.later(connection, refusal.after_ms);
    }
    this.last = false;
    this.refused.value = true;
    if (this.right.peek() !== "write") return;
    // Whether the page is closed or somebody else's now comes in a moment; until then the hand goes on.
    this.lingering.value = true;
    this.right.value = "read";
  }
}
