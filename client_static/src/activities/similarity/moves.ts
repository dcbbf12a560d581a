/** The board as this screen shows it: where the cards lie, with my own moves already made, and where a drop lands. */

import type { SimilarityCard } from "../../protocol/generated";

/** 1 to 5; null is beside all piles. */
export type Pile = number | null;

/** A move that the server has not answered for yet. */
export interface Move {
  card: string;
  to: Pile;
}

export const pileOf = (card: SimilarityCard): Pile => card.cluster ?? null;

/** Where a card lies on this screen: the last of my own moves that is still under way, else as the server shows it. */
export function liesAt(card: SimilarityCard, moves: readonly Move[]): Pile {
  const mine = moves.findLast((move) => move.card === card.id);
  return mine ? mine.to : pileOf(card);
}

export function cardsOn(pile: Pile, cards: readonly SimilarityCard[], moves: readonly Move[]): SimilarityCard[] {
  return cards.filter((card) => liesAt(card, moves) === pile);
}

export interface Wish {
  type: "PlaceCard";
  group: string;
  card: string;
  cluster?: number;
  left?: number;
}

/** The wish that moves a card; null when it would change nothing. `left` is where this screen saw it lie. */
export function moveOf(group: string, card: SimilarityCard, to: Pile, moves: readonly Move[]): Wish | null {
  const left = liesAt(card, moves);
  if (left === to) return null;
  return {
    type: "PlaceCard",
    group,
    card: card.id,
    ...(to === null ? {} : { cluster: to }),
    ...(left === null ? {} : { left }),
  };
}

/** Piles that hold a card or have a name, and one empty one while there is room: five empty boxes would be a form. */
export function pilesShown(
  most: number,
  cards: readonly SimilarityCard[],
  moves: readonly Move[],
  named: (pile: number) => boolean,
): number[] {
  const all = Array.from({ length: most }, (_, at) => at + 1);
  const used = all.filter((pile) => named(pile) || cardsOn(pile, cards, moves).length > 0);
  const free = all.find((pile) => !used.includes(pile));
  return free === undefined ? used : [...used, free].sort((a, b) => a - b);
}

export interface Box {
  pile: Pile;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The pile under a point; between two of them, the nearer one within `reach`. */
export function pileAt(x: number, y: number, boxes: readonly Box[], reach = 24): Pile | undefined {
  let found: Box | undefined;
  let nearest = reach;
  for (const box of boxes) {
    const dx = Math.max(box.left - x, 0, x - box.right);
    const dy = Math.max(box.top - y, 0, y - box.bottom);
    const away = Math.hypot(dx, dy);
    if (away < nearest || (away === 0 && nearest > 0)) {
      nearest = away;
      found = box;
    }
  }
  return found?.pile;
}

/** One dot more or less on a pile, never below none and never more than each has. */
export function dotted(votes: readonly number[], pile: number, by: 1 | -1, each: number, piles: number): number[] {
  const next = Array.from({ length: piles }, (_, at) => votes[at] ?? 0);
  const all = next.reduce((sum, one) => sum + one, 0);
  const at = pile - 1;
  if ((by === 1 && all >= each) || (next[at] ?? 0) + by < 0) return next;
  next[at] = (next[at] ?? 0) + by;
  return next;
}
