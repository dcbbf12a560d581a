/** The device's copy of one open page. It never throws into the document: what cannot be kept now is kept later, whole. */

import { type ReadonlySignal, signal } from "@preact/signals";
import * as Y from "yjs";
import type { Right } from "../protocol/frames";
import type { Copies, Unsent } from "./copies";

const RETRY_MS = 500;
const LONGEST_RETRY_MS = 10_000;

export interface Loaded {
  /** What the server last allowed, as far as this device knows. */
  right: Right | null;
  /** Whether there are words that were not sent. */
  unsent: boolean;
}

/** What a page asks of the device that it lies on. */
export interface Copy {
  /** Whether this device keeps what is typed. */
  readonly keeps: ReadonlySignal<boolean>;
  /** Bring what is kept into the document. Resolves when it is there, or when it cannot be had now. Never rejects. */
  load(doc: Y.Doc): Promise<Loaded>;
  /** Look again: another load of this page may have left words. True when there are some. */
  recall(): Promise<boolean>;
  /** Whether the words that this load of the page noted are in the document already. */
  knows(load: string, n: number): boolean;
  /** Everything in the document is on the server. */
  settled(): void;
  allowed(right: Right): void;
  /** The page is no longer ours: what the server has of it goes. */
  forget(): void;
  /** All of it goes, also what nobody else has: because its writer says so. */
  discard(): Promise<void>;
  close(): void;
}

export class DeviceCopy implements Copy {
  private readonly keeping = signal(true);
  readonly keeps: ReadonlySignal<boolean> = this.keeping;
  private doc: Y.Doc | null = null;
  /** Unsent words of other loads that are in the document. */
  private known: Unsent = {};
  private updates: Uint8Array[] = [];
  private noted: "unsent" | "sent" | null = null;
  /** Something was not kept: the next time all of it is. */
  private lacking = false;
  private read = false;
  private forgotten = false;
  private writing = false;
  private failures = 0;
  private openings = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly copies: Copies,
    private readonly page: string,
    private readonly around: {
      /** Awaited before the copy is read. */
      first?: () => Promise<void>;
      /** Told when the copy could only be read long after the page was opened, and holds words that were not sent. */
      late?: () => void;
    } = {},
  ) {}

  async load(doc: Y.Doc): Promise<Loaded> {
    this.doc = doc;
    doc.on("update", this.heard);
    try {
      await this.around.first?.();
      return await this.brought(doc);
    } catch (error) {
      console.info("this page goes on without its copy on the device", error);
      this.failed();
      return { right: null, unsent: false };
    }
  }

  async recall(): Promise<boolean> {
    if (!this.doc) return false;
    try {
      return (await this.brought(this.doc)).unsent;
    } catch (error) {
      console.info("this page's copy could not be read again", error);
      return false;
    }
  }

  knows(load: string, n: number): boolean {
    return this.known[load] === n;
  }

  settled(): void {
    this.noted = "sent";
    void this.flow();
  }

  allowed(right: Right): void {
    if (this.forgotten && this.doc) {
      // Ours again: what comes from now on would hang on words that are gone from here.
      this.forgotten = false;
      this.updates.push(Y.encodeStateAsUpdate(this.doc));
      void this.flow();
    }
    this.copies.allow(this.page, right).catch((error: unknown) => console.info("this right is not kept", error));
  }

  forget(): void {
    this.forgotten = true;
    this.updates = [];
    this.copies.forget(this.page).catch((error: unknown) => console.info("this copy could not be removed", error));
  }

  async discard(): Promise<void> {
    this.close();
    await this.copies.forget(this.page, "unsent");
  }

  close(): void {
    this.doc?.off("update", this.heard);
    // What waits is taken before the document goes: it would be empty afterwards.
    void this.flow();
    clearTimeout(this.retry);
    this.doc = null;
  }

  private async brought(doc: Y.Doc): Promise<Loaded> {
    const kept = await this.copies.read(this.page);
    this.read = true;
    this.openings = this.copies.openings;
    this.known = { ...this.known, ...kept.unsent };
    for (const update of kept.updates) {
      try {
        Y.applyUpdate(doc, update, this);
      } catch (error) {
        // One damaged row must not cost the others.
        console.info("a part of this page's copy could not be read", error);
      }
    }
    return { right: kept.right, unsent: Object.keys(kept.unsent).length > 0 };
  }

  private readonly heard = (update: Uint8Array, origin: unknown, _doc: Y.Doc, transaction: Y.Transaction): void => {
    if (origin === this) return;
    this.updates.push(update);
    if (transaction.local) this.noted = "unsent";
    void this.flow();
  };

  /** One write at a time; what comes meanwhile goes together in the next. */
  private async flow(): Promise<void> {
    if (this.writing || this.lacking || (this.updates.length === 0 && this.noted === null)) return;
    this.writing = true;
    const [updates, noted] = [this.updates, this.noted];
    [this.updates, this.noted] = [[], null];
    try {
      await this.copies.write(this.page, updates.length > 0 ? Y.mergeUpdates(updates) : null, noted, this.known);
      this.kept();
    } catch (error) {
      console.info("this page is not kept on the device just now", error);
      this.noted ??= noted;
      this.failed();
    }
    this.writing = false;
    void this.flow();
  }

  private kept(): void {
    this.keeping.value = true;
    this.failures = 0;
    if (this.openings === this.copies.openings || !this.doc) return;
    // The browser had closed the database, and whoever cleared it away may have taken our words along.
    this.openings = this.copies.openings;
    this.updates.unshift(Y.encodeStateAsUpdate(this.doc));
  }

  private failed(): void {
    this.lacking = true;
    this.keeping.value = false;
    const wait_ms = Math.min(RETRY_MS * 2 ** this.failures, LONGEST_RETRY_MS);
    this.failures += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.again(), wait_ms);
  }

  private async again(): Promise<void> {
    const { doc } = this;
    if (!doc) return;
    try {
      if (!this.read) {
        const { unsent } = await this.brought(doc);
        if (unsent) this.around.late?.();
      }
      const { noted } = this;
      [this.updates, this.noted] = [[], null];
      await this.copies.write(this.page, Y.encodeStateAsUpdate(doc), noted, this.known).catch((error: unknown) => {
        this.noted ??= noted;
        throw error;
      });
    } catch {
      this.failed();
      return;
    }
    this.lacking = false;
    this.openings = this.copies.openings;
    this.kept();
    void this.flow();
  }
}
