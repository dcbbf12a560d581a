/** What somebody looks at: where the room is now, everything they made, or a phase that they missed and make up for. */

import { signal } from "@preact/signals";

export type Sight = "now" | "day" | { missed: string };

export const sight = signal<Sight>("now");
