/** The open pages of a session: one copy of each, however many fields show it, kept on the device by seat and page. */

import { computed, effect, signal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { IndexeddbPersistence } from "y-indexeddb";
import type { Flicked } from "../protocol/frames";
import type { Session } from "../session/session";
import { type Keep, OpenPage, type Wire } from "./page";

const LINGER_MS = 20_000;
const ASK_AGAIN_MS = 500;

interface Held {
  page: OpenPage;
  users: number;
  leaving?: ReturnType<typeof setTimeout>;
}

export type CaretListener = (flick: Flicked) => void;

export class Pages {
  private readonly held = signal<ReadonlyMap<string, Held>>(new Map());
  private asking: ReturnType<typeof setTimeout> | undefined;
  private readonly carets = new Set<CaretListener>();

  constructor(private readonly session: Session) {
    const { connection } = session;
    connection.on("update", (frame) => this.held.peek().get(frame.page)?.page.received(frame));
    connection.on("rights", (frame) => this.held.peek().get(frame.page)?.page.allowed(frame));
    connection.on("flick", (flick) => {
      for (const listener of this.carets) listener(flick);
    });
    // The server stops telling us about a page that it took from us: after each change of the workshop we ask again.
    session.views.seq.subscribe(() => this.askAgain());
    effect(() => {
      let dirty = 0;
      // What the server does not want any more stays here; nobody waits for it to be sent.
      for (const { page } of this.held.value.values()) if (page.dirty.value && page.mark.value !== "kept") dirty += 1;
      session.unsaved.value = dirty;
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
    const page = new OpenPage(name, this.wire, this.keep(name));
    this.held.value = new Map(this.held.peek()).set(name, { page, users: 1 });
    return page;
  }

  /** The pages that are open here and belong to this group. */
  of(group: string): OpenPage[] {
    return [...this.held.peek().values()].map(({ page }) => page).filter(({ page }) => page.endsWith(`/${group}`));
  }

  /** A page with unsent words stays open: leaving a screen must not lose what was typed on it. */
  leave(name: string): void {
    const found = this.held.peek().get(name);
    if (!found) return;
    found.users -= 1;
    if (found.users > 0) return;
    const close = (): void => {
      if (found.users > 0) return;
      if (found.page.dirty.peek() && found.page.mark.peek() !== "kept") {
        found.leaving = setTimeout(close, LINGER_MS);
        return;
      }
      const rest = new Map(this.held.peek());
      rest.delete(name);
      this.held.value = rest;
      found.page.close();
      this.session.connection.ask("shut", { page: name }).catch(() => undefined);
    };
    found.leaving = setTimeout(close, LINGER_MS);
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

  private keep(name: string): Keep {
    return async (doc) => {
      const persistence = new IndexeddbPersistence(`bc/${this.session.key}/${name}`, doc);
      await persistence.whenSynced;
    };
  }
}

const known = new WeakMap<Session, Pages>();

export function pagesOf({ self }: Session): Pages {
  const pages = known.get(self) ?? new Pages(self);
  known.set(self, pages);
  return pages;
}

/** The page for as long as the component is on screen, and a little longer. */
export function usePage(session: Session, name: string): OpenPage {
  const page = useMemo(() => pagesOf(session).take(name), [session, name]);
  useEffect(() => () => pagesOf(session).leave(name), [session, name]);
  return page;
}
