/** Letting a copy go: the last words are sent first, and what could tell who or where is looked at once more. */

import { signal } from "@preact/signals";
import { pagesOf } from "../../documents/pages";
import type { Body } from "../../protocol/frames";
import type { Session } from "../../session/session";

const PATIENCE_MS = 20_000;

export interface Release {
  busy: boolean;
  /** Why it was refused; empty when it was not. */
  refused: string;
  /** Marks of names that the server found. */
  marks: ReadonlySet<string>;
  /** Marks of words that the author lets stand. */
  confirmed: ReadonlySet<string>;
}

const NOTHING: Release = { busy: false, refused: "", marks: new Set(), confirmed: new Set() };
const releases = signal<ReadonlyMap<string, Release>>(new Map());

export const releaseOf = (page: string): Release => releases.value.get(page) ?? NOTHING;

function changed(page: string, change: Partial<Release>): void {
  releases.value = new Map(releases.peek()).set(page, { ...(releases.peek().get(page) ?? NOTHING), ...change });
}

export function confirm(page: string, mark: string, stays: boolean): void {
  const confirmed = new Set(releaseOf(page).confirmed);
  if (stays) confirmed.add(mark);
  else confirmed.delete(mark);
  changed(page, { confirmed });
}

export function forgive(page: string): void {
  changed(page, { refused: "" });
}

/** Resolves when every word of the page is on the server: the copy is made there. */
async function allSent(session: Session, name: string): Promise<void> {
  const page = pagesOf(session).take(name);
  try {
    await new Promise<void>((resolve) => {
      const patience = setTimeout(resolve, PATIENCE_MS);
      const stop = page.dirty.subscribe((dirty) => {
        if (dirty) return;
        clearTimeout(patience);
        queueMicrotask(() => stop());
        resolve();
      });
    });
  } finally {
    pagesOf(session).leave(page);
  }
}

/** True when it is a fact. Refusals are said beside the button, not over the page. */
export async function released(session: Session, phase: string, page: string, body: Body): Promise<boolean> {
  changed(page, { busy: true, refused: "" });
  await allSent(session, page);
  const confirmed = [...releaseOf(page).confirmed].sort();
  const outcome = await session.queue.submit(phase, confirmed.length > 0 ? { ...body, confirmed } : body);
  if (outcome.t === "ok") {
    session.saved();
    changed(page, { busy: false, refused: "" });
    return true;
  }
  const marks = outcome.code === "names_unconfirmed" ? (outcome.detail ?? "").split(" ").filter(Boolean) : [];
  changed(page, { busy: false, refused: outcome.code, marks: new Set([...releaseOf(page).marks, ...marks]) });
  return false;
}
