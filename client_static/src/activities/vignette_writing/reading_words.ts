/** Who reads whom, as a moderator reads it: whole sentences, and none where there is nothing to tell. */

import { wn, w } from "./words";

export interface Reading {
  readers?: number;
  answers?: number;
  reads?: number;
}

export function readingWords({ readers = 0, answers = 0, reads = 0 }: Reading): string {
  const answered = answers > 0 ? wn("staff.answered", answers) : w("staff.answered_none");
  return [
    readers > 0 && w("staff.readers_line", { readers: wn("staff.readers", readers), answered }),
    reads > 0 && wn("staff.reads", reads),
  ]
    .filter(Boolean)
    .join(" ");
}
