/** Dragging a name to another table by mouse, pen or finger; every drag has a twin in the person's sheet. */

import { signal } from "@preact/signals";

export interface Drag {
  person: string;
  from: string;
  x: number;
  y: number;
  /** The table, or the person, under the pointer. */
  group: string | null;
  over: string | null;
}

export interface Drop {
  person: string;
  group: string;
  over: string | null;
}

const SLACK_PX = 6;
/** A finger that only scrolls leaves within this time; one that stays wants to take the name along. */
const HOLD_MS = 320;

export const drag = signal<Drag | null>(null);

function under(x: number, y: number, from: string): { group: string | null; over: string | null } {
  const element = document.elementFromPoint(x, y);
  const group = element?.closest<HTMLElement>("[data-group]")?.dataset["group"] ?? null;
  const over = element?.closest<HTMLElement>("[data-person]")?.dataset["person"] ?? null;
  return group === from ? { group: null, over: null } : { group, over: group ? over : null };
}

/** Starts following a pointer that went down on a name. `onDrop` is called at most once. */
export function follow(down: PointerEvent, person: string, from: string, onDrop: (drop: Drop) => void): void {
  if (down.button !== 0) return;
  const ending = new AbortController();
  const { signal: until } = ending;
  const finger = down.pointerType === "touch";
  const move = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return;
    const { clientX: x, clientY: y } = event;
    if (!drag.peek()) {
      if (Math.hypot(x - down.clientX, y - down.clientY) < SLACK_PX) return;
      if (finger) return ending.abort();
    }
    drag.value = { person, from, x, y, ...under(x, y, from) };
  };
  const hold = setTimeout(() => {
    if (finger && !until.aborted)
      drag.value = { person, from, x: down.clientX, y: down.clientY, group: null, over: null };
  }, HOLD_MS);
  const end = (event: PointerEvent): void => {
    if (event.pointerId !== down.pointerId) return;
    const held = drag.peek();
    ending.abort();
    if (event.type === "pointerup" && held?.group) onDrop({ person, group: held.group, over: held.over });
  };
  until.addEventListener("abort", () => {
    clearTimeout(hold);
    // The click that follows a drag would open the person's sheet.
    if (drag.peek()) addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
    drag.value = null;
  });
  addEventListener("pointermove", move, { signal: until });
  addEventListener("pointerup", end, { signal: until });
  addEventListener("pointercancel", end, { signal: until });
  addEventListener("keydown", (event) => event.key === "Escape" && ending.abort(), { signal: until });
  // While a name is held the page must not scroll under the finger.
  addEventListener("touchmove", (event) => drag.peek() && event.preventDefault(), { signal: until, passive: false });
}

function swallow(event: Event): void {
  event.stopPropagation();
  event.preventDefault();
}
