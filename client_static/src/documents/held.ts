/** What stands in a field and what stands in the shared text, for as long as the two may differ. */

import type { Change, Delta } from "./change";

/** `both`: in the field and in the text. `field`, `text`: only there. Lengths in UTF-16 units. */
interface Piece {
  where: "both" | "field" | "text";
  length: number;
}

/** What a change of the field does to the text: ranges to delete, the last first, and where to insert. */
export interface Edit {
  deletes: readonly { at: number; length: number }[];
  at: number;
}

const inField = ({ where, length }: Piece): number => (where === "text" ? 0 : length);
const inText = ({ where, length }: Piece): number => (where === "field" ? 0 : length);

/** The pieces cut in two where `position` is, in the lengths that `of` gives. */
function cut(pieces: readonly Piece[], position: number, of: (piece: Piece) => number): [Piece[], Piece[]] {
  const before: Piece[] = [];
  let left = position;
  for (const [number, piece] of pieces.entries()) {
    const length = of(piece);
    // What has no length at the border goes behind it: what is typed here stands before what others wrote here.
    if (left === 0) return [before, pieces.slice(number)];
    if (length > left) {
      before.push({ ...piece, length: left });
      return [before, [{ ...piece, length: piece.length - left }, ...pieces.slice(number + 1)]];
    }
    before.push(piece);
    left -= length;
  }
  return [before, []];
}

const sum = (pieces: readonly Piece[], of: (piece: Piece) => number): number =>
  pieces.reduce((total, piece) => total + of(piece), 0);

export class Held {
  private pieces: Piece[];

  constructor(length: number) {
    this.pieces = [{ where: "both", length }];
  }

  /** Whether field and text say the same. */
  get same(): boolean {
    return this.pieces.every(({ where, length }) => where === "both" || length === 0);
  }

  /** Where in the text a position of the field is. */
  at(position: number): number {
    return sum(cut(this.pieces, position, inField)[0], inText);
  }

  /** The field was changed, and of what was inserted the text takes only the beginning, so long. */
  typed({ at, removed, inserted }: Change, takes: number): Edit {
    const [before, rest] = cut(this.pieces, at, inField);
    const [replaced, after] = cut(rest, removed, inField);
    const start = sum(before, inText);
    const deletes: { at: number; length: number }[] = [];
    let place = start;
    for (const piece of replaced) {
      if (piece.where === "both") deletes.unshift({ at: place, length: piece.length });
      place += inText(piece);
    }
    // What others wrote in the middle of it is theirs, and stays.
    const theirs = replaced.filter(({ where }) => where === "text");
    const mine: Piece[] = [
      { where: "both", length: takes },
      { where: "field", length: inserted.length - takes },
    ];
    this.pieces = [...before, ...mine, ...theirs, ...after];
    return { deletes, at: start };
  }

  /** Others changed the text, and the field does not show it yet. */
  heard(delta: Delta): void {
    const done: Piece[] = [];
    let rest = this.pieces;
    for (const { retain, delete: removed, insert } of delta) {
      if (typeof insert === "string") {
        done.push({ where: "text", length: insert.length });
        continue;
      }
      const [passed, after] = cut(rest, retain ?? removed ?? 0, inText);
      if (retain !== undefined) done.push(...passed);
      else done.push(...passed.filter(({ where }) => where !== "text").map(({ length }) => onlyInField(length)));
      rest = after;
    }
    this.pieces = [...done, ...rest];
  }
}

const onlyInField = (length: number): Piece => ({ where: "field", length });
