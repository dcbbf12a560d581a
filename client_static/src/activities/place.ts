/** What stands on a person's screen at a moment of a phase: while it is the same, no field that is written in goes away. */

import type { Here } from "../state/day";
import { placeOf } from "./vignette_writing/places";

type PlaceOf = (here: Here) => string;

const table = (here: Here): string => here.group?.id ?? "";
const step = (here: Here): string => `${here.step.id}/${table(here)}`;
const always = (): string => "";

/** In an interview the turn decides what is written, too; in the round of four nobody writes. */
function turn(here: Here): string {
  const now = here.turns[here.turnAt];
  return now && now.kind !== "retell" ? `${step(here)}/${here.turnAt}` : step(here);
}

const places: Readonly<Record<string, PlaceOf>> = {
  arrival: always,
  interview: turn,
  partnering: always,
  talk: table,
  vignette_writing: (here) => placeOf(here.step.id),
};

export const placeOn: PlaceOf = (here) => (places[here.shown.activity] ?? step)(here);
