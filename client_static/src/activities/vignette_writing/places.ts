/** The steps of writing, and where the room's steps stand in them; a pack may leave some out. */

export const STEPS = ["choose", "write", "check", "reader", "share", "wall"] as const;
export type Own = (typeof STEPS)[number];

const PLACES: Readonly<Record<string, Own>> = {
  choose: "choose",
  tell: "choose",
  write: "write",
  check: "check",
  reader: "reader",
  revise: "write",
  share: "share",
};

export const placeOf = (step: string): Own => PLACES[step] ?? "write";
