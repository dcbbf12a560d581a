/** Remarks and suggestions beside a text. They hold on to their letters, so that they survive whatever is edited. */

import * as Y from "yjs";
import { letters } from "../change";

/** A root that begins with `~` is kept and passed on with the page, and is no part of what the page says. */
export const REMARKS = "~comments";

export interface Remark {
  id: string;
  field: string;
  by: string;
  at_ms: number;
  /** What stood there when the remark was made. */
  quote: string;
  words: string;
  /** The suggestion: this, in place of the passage. */
  instead?: string;
  state: "open" | "taken" | "left";
  from: unknown;
  to: unknown;
}

export type NewRemark = Pick<Remark, "field" | "by" | "words" | "at_ms"> & { instead?: string };

function isRemark(value: unknown): value is Remark {
  const remark = value as Partial<Remark> | null;
  return typeof remark === "object" && remark !== null && typeof remark.id === "string" && remark.from !== undefined;
}

export const remarksOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(REMARKS);

/** Oldest first. */
export function remarks(doc: Y.Doc, field: string): Remark[] {
  const found = [...remarksOf(doc).values()].filter(isRemark).filter((remark) => remark.field === field);
  return found.sort((one, other) => one.at_ms - other.at_ms || (one.id < other.id ? -1 : 1));
}

/** A passage held by its first and its last letter: what others write right before or behind it is not meant. */
export type Held = Pick<Remark, "from" | "to" | "quote">;

export function hold(text: Y.Text, from: number, to: number): Held {
  return {
    quote: text.toString().slice(from, to),
    from: Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, from, 0)),
    to: Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text, to, -1)),
  };
}

export function remark(doc: Y.Doc, held: Held, said: NewRemark, id: string): void {
  const made: Remark = { ...said, ...held, id, state: "open" };
  doc.transact(() => remarksOf(doc).set(id, made));
}

/** Where the passage is now; null when all its letters are gone. */
export function passageOf(text: Y.Text, { from, to }: Pick<Held, "from" | "to">): { from: number; to: number } | null {
  const { doc } = text;
  if (!doc) return null;
  const place = (json: unknown): number | null => {
    const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), doc);
    return found?.type === text ? found.index : null;
  };
  const start = place(from);
  const end = place(to);
  return start !== null && end !== null && end > start ? { from: start, to: end } : null;
}

function turned(doc: Y.Doc, id: string, state: Remark["state"]): void {
  const found = remarksOf(doc).get(id);
  if (isRemark(found)) remarksOf(doc).set(id, { ...found, state });
}

/** How many letters a passage can have so that the field holds no more than it may; never fewer than it has. */
export function roomFor(text: Y.Text, passage: string, hard: number | undefined): number {
  const has = letters(passage);
  return hard === undefined ? Infinity : Math.max(has, hard - letters(text.toString()) + has);
}

/** The author takes the suggestion: it replaces the passage. Not when that is gone, or the field would be too full. */
export function take(text: Y.Text, one: Remark, hard?: number, origin?: unknown): "taken" | "gone" | "too_long" {
  const place = passageOf(text, one);
  const { doc } = text;
  if (!doc || (one.instead !== undefined && !place)) return "gone";
  if (place && one.instead !== undefined) {
    const passage = text.toString().slice(place.from, place.to);
    if (letters(one.instead) > roomFor(text, passage, hard)) return "too_long";
  }
  doc.transact(() => {
    if (place && one.instead !== undefined) {
      text.insert(place.to, one.instead);
      text.delete(place.from, place.to - place.from);
    }
    turned(doc, one.id, "taken");
  }, origin);
  return "taken";
}

/** The author leaves the text as it is; or whoever made the remark takes it back. */
export function leave(doc: Y.Doc, id: string): void {
  doc.transact(() => turned(doc, id, "left"));
}
