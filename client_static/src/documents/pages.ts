/** The pages of a session: one copy of each, however many fields show it, kept on the device by person and page. */

import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { Flicked } from "../protocol/frames";
import { Database } from "../session/database";
import { earlierKeys, isOver, keyOf } from "../session/seats";
import { DEVICE, type Session } from "../session/session";
import { Copies, upgraded, type Waiting } from "./copies";
import { DeviceCopy } from "./copy";
import { takeOver, takeOverPage } from "./legacy";
import { OpenPage, type Wire } from "./page";

const LINGER_MS = 20_000;
const ASK_AGAIN_MS = 500;
/** Another tab that typed and was closed leaves its words to us. */
const LOOK_EVERY_MS = 5_000;
/** A page does not wait longer for what may lie under other names. */
const ADOPTING_MS = 1_000;
const ASKED_TO_KEEP = "bc-persist";

const database = new Database("boundary-crossing-pages", 1, upgraded);

interface Held {
  page: OpenPage;
  users: number;
  leaving?: ReturnType<typeof setTimeout>;
}

export type CaretListener = (flick: Flicked) => void;

export class Pages {
  /** Texts that the server does not take; they stay here until their writer has done something with them. */
  readonly drafts: ReadonlySignal<readonly OpenPage[]>;
  /** Changes when a page was thrown away and must be opened anew by whoever shows it. */
  readonly renewed = signal(0);
  private readonly held = signal<ReadonlyMap<string, Held>>(new Map());
  private readonly copies: Copies;
  private readonly tended = new Set<string>();
  /** What was kept under other names is under ours, or cannot be had now. */
  private readonly adopted: Promise<void>;
  private asking: ReturnType<typeof setTimeout> | undefined;
  private readonly carets = new Set<CaretListener>();

  constructor(private readonly session: Session) {
    const { connection } = session;
    this.copies = new Copies(database, session.identified.then(keyOf), DEVICE);
    connection.on("update", (frame) => this.held.peek().get(frame.page)?.page.received(frame));
    connection.on("rights", (frame) => this.held.peek().get(frame.page)?.page.allowed(frame));
    connection.on("flick", (flick) => {
      for (const listener of this.carets) listener(flick);
    });
    // The server stops telling us about a page that it took from us: after each change of the workshop we ask again.
    session.views.seq.subscribe(() => this.askAgain());
    const dirty = computed(() => [...this.held.value.values()].filter(({ page }) => page.dirty.value));
    this.drafts = computed(() => {
      const pages = dirty.value.map(({ page }) => page);
      return isOver(connection.ended.value) ? pages : pages.filter((page) => page.refused.value !== "");
    });
    effect(() => {
      session.drafts.value = this.drafts.value.length;
      session.unsaved.value = dirty.value.length - this.drafts.value.length;
      session.keeps.value = [...this.held.value.values()].every(({ page }) => page.copy.keeps.value);
    });
    this.adopted = this.adopt().catch((error: unknown) =>
      console.info("what was kept here earlier could not be taken over", error),
    );
    void this.tendAll();
  }

  private async adopt(): Promise<void> {
    const earlier = earlierKeys(await this.session.identified);
    for (const other of earlier) await this.copies.adopt(other);
    if (tellsWhatItKeeps()) for (const other of earlier) await takeOver(this.copies, `bc/${other}/`);
  }

  /** What was typed before this load, in whichever tab and under whichever link, is sent from here. */
  private async tendAll(): Promise<void> {
    await this.adopted;
    await this.look();
    const looking = setInterval(() => {
      if (document.visibilityState !== "hidden") void this.look();
    }, LOOK_EVERY_MS);
    this.session.until.addEventListener("abort", () => clearInterval(looking));
    this.wire.live.subscribe((live) => {
      if (live) void this.look();
    });
    this.session.connection.ended.subscribe((bye) => {
      if (isOver(bye)) this.forgetSaved();
    });
  }

  private async look(): Promise<void> {
    let waiting: readonly Waiting[];
    try {
      waiting = await this.copies.waiting();
    } catch (error) {
      console.info("this device does not say what waits", error);
      return;
    }
    for (const { page, unsent } of waiting) {
      const held = this.held.peek().get(page)?.page;
      if (!held) this.tend(page);
      else if (Object.entries(unsent).some(([load, n]) => load !== DEVICE && !held.copy.knows(load, n))) {
        void held.recall();
      }
    }
  }

  /** Keep a page open until its words are sent, on whatever screen its writer is. */
  private tend(name: string): void {
    if (this.tended.has(name)) return;
    this.tended.add(name);
    const page = this.take(name);
    void page.loaded.then(() => {
      const stop = page.dirty.subscribe((dirty) => {
        if (dirty || !this.tended.delete(name)) return;
        queueMicrotask(() => stop());
        this.leave(page);
      });
    });
  }

  /** The page, opened for one more user. Give it back with `leave`. */
  take(name: string): OpenPage {
    const found = this.held.peek().get(name);
    if (found) {
      clearTimeout(found.leaving);
      found.users += 1;
      return found.page;
    }
    const copy = new DeviceCopy(this.copies, name, { first: () => this.earlierOf(name), late: () => page.found() });
    const page: OpenPage = new OpenPage(name, this.wire, copy);
    page.dirty.subscribe((dirty) => {
      if (dirty) keepForGood();
    });
    this.held.value = new Map(this.held.peek()).set(name, { page, users: 1 });
    return page;
  }

  /** The pages that are open here and belong to this group. */
  of(group: string): OpenPage[] {
    return [...this.held.peek().values()].map(({ page }) => page).filter(({ page }) => page.endsWith(`/${group}`));
  }

  private async earlierOf(name: string): Promise<void> {
    await Promise.race([this.adopted, new Promise<void>((resolve) => setTimeout(resolve, ADOPTING_MS))]);
    if (tellsWhatItKeeps()) return;
    for (const other of earlierKeys(await this.session.identified)) {
      await takeOverPage(this.copies, `bc/${other}/`, name);
    }
  }

  /** A page with unsent words stays open: leaving a screen must not lose what was typed on it. */
  leave(page: OpenPage): void {
    const name = page.page;
    const found = this.held.peek().get(name);
    // A page that was thrown away is nobody's any more, and the one that took its place has users of its own.
    if (found?.page !== page) return;
    found.users -= 1;
    if (found.users > 0) return;
    const close = (): void => {
      if (found.users > 0) return;
      if (found.page.dirty.peek()) {
        found.leaving = setTimeout(close, LINGER_MS);
        return;
      }
      this.close(name, found);
    };
    found.leaving = setTimeout(close, LINGER_MS);
  }

  private close(name: string, found: Held): void {
    clearTimeout(found.leaving);
    const rest = new Map(this.held.peek());
    rest.delete(name);
    this.held.value = rest;
    found.page.close();
    this.session.connection.ask("shut", { page: name }).catch(() => undefined);
  }

  /** Its writer throws a draft away: the page is opened anew as the server has it, if it may be seen at all. */
  async discard(name: string): Promise<void> {
    const found = this.held.peek().get(name);
    if (!found) return;
    this.tended.delete(name);
    // First the copy: whoever opens the page anew would find the draft again.
    await found.page.copy.discard();
    this.close(name, found);
    this.renewed.value += 1;
  }

  private forgetSaved(): void {
    this.copies.forgetSaved().catch((error: unknown) => console.info("these copies could not be removed", error));
  }

  private askAgain(): void {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => {
      for (const { page } of this.held.peek().values()) page.again();
    }, ASK_AGAIN_MS);
  }

  /** Carets and dragged cards of others; what this browser sends may be lost. */
  watchCarets(listener: CaretListener): () => void {
    this.carets.add(listener);
    return () => this.carets.delete(listener);
  }

  flick(kind: "caret" | "drag", page: string, data: Uint8Array): void {
    this.session.connection.ask("flick", { kind, page, data }).catch(() => undefined);
  }

  private readonly wire: Wire = {
    live: computed(() => this.session.connection.link.value === "live" && this.session.welcome.value !== null),
    open: (page, vector) => this.session.connection.ask("open", { page, vector }),
    update: (page, u) => this.session.connection.ask("update", { page, u }),
    saved: () => this.session.saved(),
  };
}

const tellsWhatItKeeps = (): boolean => typeof indexedDB !== "undefined" && "databases" in indexedDB;

let asked = false;

/** Ask the browser once not to clear this away when space is short. Without an answer all goes on as before. */
function keepForGood(): void {
  if (asked) return;
  asked = true;
  try {
    if (localStorage.getItem(ASKED_TO_KEEP)) return;
    localStorage.setItem(ASKED_TO_KEEP, "1");
  } catch {
    return;
  }
  navigator.storage?.persist?.().catch(() => undefined);
}

const known = new WeakMap<Session, Pages>();

export function pagesOf({ self }: Session): Pages {
  const pages = known.get(self) ?? new Pages(self);
  known.set(self, pages);
  return pages;
}

/** The page for as long as the component is on screen, and a little longer. */
export function usePage(session: Session, name: string): OpenPage {
  const pages = pagesOf(session);
  const renewed = pages.renewed.value;
  const page = useMemo(() => pages.take(name), [pages, name, renewed]);
  useEffect(() => () => pages.leave(page), [pages, page]);
  return page;
}
