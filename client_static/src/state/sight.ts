/** What somebody looks at: where the room is now, everything they made, a phase that they missed and make up for, or the
 * space of the group with which they work on. */

import { effect, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { keptHere } from "../session/kept";

export type Sight = "now" | "day" | { missed: string } | { space: string; from: "now" | "day" };

export const sight = signal<Sight>("now");

export function enterSpace(group: string): void {
  sight.value = { space: group, from: sight.peek() === "day" ? "day" : "now" };
}

/** The group in whose space somebody is, or null. */
export const spaceIn = (now: Sight): string | null => (typeof now === "object" && "space" in now ? now.space : null);

/** A reload leads back into the space where somebody was; whoever takes the device over begins where the room is. */
export function useKeptSight(seat: string): void {
  useEffect(() => {
    const place = `space/${seat}`;
    const group = keptHere.getItem(place);
    if (group !== null && sight.peek() === "now") enterSpace(group);
    const keeping = effect(() => {
      const within = spaceIn(sight.value);
      if (within === null) keptHere.removeItem(place);
      else keptHere.setItem(place, within);
    });
    return () => {
      keeping();
      sight.value = "now";
    };
  }, [seat]);
}
