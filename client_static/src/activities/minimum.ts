/** The least of each method that the day goes on from: whether somebody has it, as far as their own view tells. */

import type {
  ArrivalForPerson,
  DimensionsForPerson,
  InterviewForPerson,
  PartneringForPerson,
  SimilarityForPerson,
  TalkForPerson,
  WritingForPerson,
} from "../protocol/generated";

/** `page`: made when something stands there. `alone`: can be made up for alone, when the others have gone on. */
export interface Minimum {
  made: boolean | { page: string; field: string };
  alone: boolean;
}

/** Closeness taps that put somebody into a group by answers (domain: three). */
const TAPS = 3;

const minima: Readonly<Record<string, (view: unknown) => Minimum>> = {
  arrival: (view) => ({ made: (view as ArrivalForPerson).agreed === true, alone: true }),
  interview: (view) => ({ made: (view as InterviewForPerson).approved != null, alone: true }),
  talk: (view) => {
    const { note } = view as TalkForPerson;
    return { made: note ? { page: note, field: "text" } : true, alone: true };
  },
  vignette_writing: (view) => {
    const { page, ready = 0, shared } = view as WritingForPerson;
    return { made: ready > 0 || shared != null ? true : { page, field: "title" }, alone: true };
  },
  similarity: (view) => {
    const { vignettes = [], more = 0 } = view as SimilarityForPerson;
    const read = vignettes.filter((one) => one.rated).length;
    // Where fewer hang, all of them are enough.
    return { made: read >= TAPS || (read === vignettes.length && more === 0 && read > 0), alone: true };
  },
  partnering: (view) => {
    const { partnership, wishes = {} } = view as PartneringForPerson;
    return { made: partnership != null || Object.keys(wishes).length > 0, alone: false };
  },
  network_dimensions: (view) => ({ made: (view as DimensionsForPerson).finished === true, alone: false }),
};

/** Null: nothing is made in this one, or nobody can tell. */
export function minimumOf(activity: string, view: unknown): Minimum | null {
  return view === undefined ? null : ((minima[activity] ?? minima["talk"])?.(view) ?? null);
}
