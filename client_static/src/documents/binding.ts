/** A plain field and a shared text, kept equal: letter by letter, and never in the middle of a composed letter. */

import type * as Y from "yjs";
import { changeOf, type Delta, fitting, letters, moved } from "./change";

export type Box = HTMLInputElement | HTMLTextAreaElement;

export interface Limits {
  /** No more letters than these can be typed. */
  hard?: number;
}

export function bind(text: Y.Text, box: Box, limits: Limits = {}): () => void {
  const mine = {};
  let shown = text.toString();
  let composing = false;
  let held: Delta[] = [];
  box.value = shown;

  function show(value: string, start: number, end: number): void {
    const focused = box.ownerDocument.activeElement === box;
    shown = value;
    if (box.value !== value) box.value = value;
    if (focused) box.setSelectionRange(start, end);
  }

  function write(): void {
    const change = changeOf(shown, box.value, box.selectionEnd ?? box.value.length);
    if (!change) return;
    const without = letters(shown) - letters(shown.slice(change.at, change.at + change.removed));
    const inserted = limits.hard === undefined ? change.inserted : fitting(change.inserted, limits.hard - without);
    const start = held.reduce((at, delta) => moved(at, delta), change.at);
    const end = held.reduce((at, delta) => moved(at, delta), change.at + change.removed);
    text.doc?.transact(() => {
      if (end > start) text.delete(start, end - start);
      if (inserted) text.insert(start, inserted);
    }, mine);
    const caret = start + inserted.length;
    if (held.length > 0 || inserted !== change.inserted) show(text.toString(), caret, caret);
    shown = text.toString();
  }

  const onInput = (): void => {
    if (!composing) write();
  };
  const onStart = (): void => {
    composing = true;
  };
  // Remote letters that came meanwhile were held back: an input method loses its place when the field changes under it.
  const onEnd = (): void => {
    composing = false;
    write();
    if (held.length > 0) {
      const start = held.reduce((at, delta) => moved(at, delta), box.selectionStart ?? 0);
      if (shown !== text.toString()) show(text.toString(), start, start);
    }
    held = [];
  };
  const onBlur = (): void => {
    if (composing) onEnd();
  };
  const onText = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
    if (transaction.origin === mine) return;
    const delta = event.delta as Delta;
    if (composing) {
      held.push(delta);
      return;
    }
    const start = moved(box.selectionStart ?? 0, delta);
    const end = moved(box.selectionEnd ?? 0, delta);
    show(text.toString(), start, end);
  };

  text.observe(onText);
  box.addEventListener("input", onInput);
  box.addEventListener("compositionstart", onStart);
  box.addEventListener("compositionend", onEnd);
  box.addEventListener("blur", onBlur);
  return () => {
    if (composing) onEnd();
    text.unobserve(onText);
    box.removeEventListener("input", onInput);
    box.removeEventListener("compositionstart", onStart);
    box.removeEventListener("compositionend", onEnd);
    box.removeEventListener("blur", onBlur);
  };
}
