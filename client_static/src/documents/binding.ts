/** A plain field and a shared text, kept equal letter by letter; what others write waits while a letter is composed. */

import type * as Y from "yjs";
import { type Change, changeOf, type Delta, fitting, letters } from "./change";
import { Held } from "./held";

export type Box = HTMLInputElement | HTMLTextAreaElement;

export interface Limits {
  /** No more letters than these can be typed. */
  hard?: number;
}

/** An on-screen keyboard composes the last word for as long as the caret stands in it: so long is no letter unfinished. */
const RESTED_MS = 4_000;

class Binding {
  private readonly mine = {};
  /** The field as it was read last. */
  private shown: string;
  private held: Held;
  private composing = false;
  private typed_ms = 0;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private readonly listening = new AbortController();

  constructor(
    private readonly text: Y.Text,
    private readonly box: Box,
    private readonly limits: Limits,
  ) {
    this.shown = box.value = text.toString();
    this.held = new Held(this.shown.length);
    const { signal } = this.listening;
    box.addEventListener("input", () => this.read(), { signal });
    box.addEventListener("compositionstart", () => this.composes(), { signal });
    for (const end of ["compositionend", "blur"]) box.addEventListener(end, () => this.composed(), { signal });
    text.observe(this.heard);
  }

  close(): void {
    this.composed();
    clearTimeout(this.resting);
    this.listening.abort();
    this.text.unobserve(this.heard);
  }

  /** What was typed goes into the text at once, the letters of an unfinished composition as well: a tab may be closed now. */
  private read(): void {
    this.typed_ms = Date.now();
    const change = changeOf(this.shown, this.box.value, this.box.selectionEnd ?? this.box.value.length);
    this.shown = this.box.value;
    if (change) this.write(change);
    if (!this.composing && !this.held.same) this.show();
  }

  private write(change: Change): void {
    const takes = this.taken(change);
    const edit = this.held.typed(change, takes.length);
    try {
      this.text.doc?.transact(() => {
        for (const { at, length } of edit.deletes) this.text.delete(at, length);
        if (takes) this.text.insert(edit.at, takes);
      }, this.mine);
    } catch (error) {
      // The letter is in the text; it is somebody who listens to it who failed.
      console.error("somebody who listens to this text failed", error);
    }
  }

  private taken({ at, removed, inserted }: Change): string {
    const { hard } = this.limits;
    if (hard === undefined) return inserted;
    const text = this.text.toString();
    const gone = text.slice(this.held.at(at), this.held.at(at + removed));
    return fitting(inserted, hard - (letters(text) - letters(gone)));
  }

  private composes(): void {
    this.composing = true;
    this.typed_ms = Date.now();
  }

  private composed(): void {
    if (!this.composing) return;
    this.composing = false;
    this.read();
  }

  /** The field says what the text says, and the caret stays with its letter. */
  private show(): void {
    clearTimeout(this.resting);
    const { box } = this;
    const focused = box.ownerDocument.activeElement === box;
    const [start, end] = [box.selectionStart ?? 0, box.selectionEnd ?? 0].map((place) => this.held.at(place));
    this.shown = this.text.toString();
    this.held = new Held(this.shown.length);
    if (box.value !== this.shown) box.value = this.shown;
    if (focused) box.setSelectionRange(start ?? 0, end ?? 0);
  }

  // An input method loses its place when the field changes under it.
  private readonly heard = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
    if (transaction.origin === this.mine) return;
    this.held.heard(event.delta as Delta);
    const rested_ms = Date.now() - this.typed_ms;
    if (!this.composing || rested_ms >= RESTED_MS) return this.show();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.show(), RESTED_MS - rested_ms);
  };
}

export function bind(text: Y.Text, box: Box, limits: Limits = {}): () => void {
  const binding = new Binding(text, box, limits);
  return () => binding.close();
}
