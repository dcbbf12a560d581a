/** A card under the finger: it follows, the pile beneath it lights up, and letting go elsewhere changes nothing. */

import { type Signal, useSignal } from "@preact/signals";
import { type Box, type Pile, pileAt } from "./moves";

export interface Drag {
  card: string;
  dx: number;
  dy: number;
  over: Pile | undefined;
}

const EDGE = 72;
const STEP = 14;

function boxesIn(board: HTMLElement): Box[] {
  return [...board.querySelectorAll<HTMLElement>("[data-pile]")].map((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const pile = element.dataset["pile"];
    return { pile: pile === "aside" ? null : Number(pile), left, top, right, bottom };
  });
}

export interface Dragging {
  drag: Signal<Drag | null>;
  start: (card: string, event: PointerEvent) => void;
}

/** Drags from a handle, so that the page still scrolls under a thumb; near the edge it scrolls along. */
export function useDragging(board: { current: HTMLElement | null }, drop: (card: string, to: Pile) => void): Dragging {
  const drag = useSignal<Drag | null>(null);
  const start = (card: string, event: PointerEvent): void => {
    const handle = event.currentTarget;
    if (!(handle instanceof HTMLElement) || event.button > 0) return;
    handle.setPointerCapture(event.pointerId);
    const from = { x: event.clientX, y: event.clientY, scroll: scrollY };
    const until = new AbortController();
    const move = (now: PointerEvent): void => {
      if (now.clientY < EDGE) scrollBy(0, -STEP);
      if (now.clientY > innerHeight - EDGE) scrollBy(0, STEP);
      const over = board.current ? pileAt(now.clientX, now.clientY, boxesIn(board.current)) : undefined;
      drag.value = { card, dx: now.clientX - from.x, dy: now.clientY - from.y + scrollY - from.scroll, over };
    };
    const end = (dropped: boolean) => (): void => {
      until.abort();
      const last = drag.value;
      drag.value = null;
      if (dropped && last && last.over !== undefined) drop(card, last.over);
    };
    const options = { signal: until.signal };
    handle.addEventListener("pointermove", move, options);
    handle.addEventListener("pointerup", end(true), options);
    handle.addEventListener("pointercancel", end(false), options);
  };
  return { drag, start };
}
