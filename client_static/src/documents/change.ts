/** What one keystroke did to a text, and where a position goes when others write. */

export interface Change {
  at: number;
  removed: number;
  inserted: string;
}

export type Delta = readonly { retain?: number; delete?: number; insert?: unknown }[];

const isLow = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
};

/** The smallest change from `before` to `after`; `caret`, after the change, says which of several equal letters was meant. */
export function changeOf(before: string, after: string, caret: number = after.length): Change | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  const tail = Math.max(0, after.length - Math.min(Math.max(caret, 0), after.length));
  let suffix = 0;
  while (suffix < Math.min(tail, most) && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix += 1;
  let prefix = 0;
  while (prefix < most - suffix && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix += 1;
  while (prefix + suffix < most && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix += 1;
  // Half of a pair (an emoji, a rare letter) must not travel alone.
  if (prefix > 0 && (isLow(before, prefix) || isLow(after, prefix))) prefix -= 1;
  if (suffix > 0 && (isLow(before, before.length - suffix) || isLow(after, after.length - suffix))) suffix -= 1;
  return { at: prefix, removed: before.length - prefix - suffix, inserted: after.slice(prefix, after.length - suffix) };
}

/** Where a position is after somebody else's change. `stays`: text inserted exactly there goes behind it. */
export function moved(position: number, delta: Delta, stays = true): number {
  let read = 0;
  let result = position;
  for (const step of delta) {
    if (step.retain !== undefined) read += step.retain;
    else if (step.delete !== undefined) {
      const behind = result - read;
      if (behind > 0) result -= Math.min(behind, step.delete);
    } else if (typeof step.insert === "string") {
      if (read < result || (read === result && !stays)) result += step.insert.length;
      read += step.insert.length;
    }
    if (read > result) break;
  }
  return result;
}

/** Characters as people count them: one for every letter, however many bytes it takes. */
export function letters(text: string): number {
  let count = 0;
  for (const _letter of text.normalize("NFC")) count += 1;
  return count;
}

export function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

/** The beginning of `inserted` that still fits when `room` letters are left. */
export function fitting(inserted: string, room: number): string {
  return [...inserted].slice(0, Math.max(0, room)).join("");
}
