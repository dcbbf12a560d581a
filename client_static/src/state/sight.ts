/** What somebody looks at: where the room is now, everything they made, a phase that they missed and make up for, or the
 * space of the group with which they work on. */

import { signal } from "@preact/signals";

export type Sight = "now" | "day" | { missed: string } | { space: string; from: "now" | "day" };

export const sight = signal<Sight>("now");

export function enterSpace(group: string): void {
  sight.value = { space: group, from: sight.peek() === "day" ? "day" : "now" };
}

/** The group in whose space somebody is, or null. */
export const spaceIn = (now: Sight): string | null => (typeof now === "object" && "space" in now ? now.space : null);
