/** Where everything stands in the profile picture: lines, poles, and markers that never hide each other. */

import type { Indicator } from "../../protocol/generated";

/** About as many as a phone has for it, so that a letter of the picture is as large as one of the page. */
export const WIDTH = 350;
export const PLACES = [-2, -1, 0, 1, 2] as const;
const SIDE = 24;
const LABEL = 24;
/** Room for the mark of an agreed place between the label and the poles. */
const LINE = 20;
const POLE = 19;
const GAP = 26;
/** Letters of a pole that fit on one line beside the other pole, in the picture's own size of type. */
const POLE_LETTERS = 20;
/** Markers on one place stand this far apart, across the line. */
export const BESIDE = 13;

export interface Wanted {
  person: string;
  values: Readonly<Record<string, number>>;
  stars?: readonly string[];
}

export interface Marker {
  /** The place in the order of the people: it decides the form. */
  which: number;
  value: number;
  x: number;
  y: number;
  star: boolean;
}

export interface Row {
  indicator: Indicator;
  top: number;
  y: number;
  low: string[];
  high: string[];
  poleY: number;
  markers: Marker[];
  joint: number | null;
}

export interface Picture {
  rows: Row[];
  height: number;
}

export function xOf(value: number): number {
  return SIDE + ((value + 2) / 4) * (WIDTH - 2 * SIDE);
}

/** Words in lines of at most `letters`; a single long word keeps its own line. */
export function wrapped(text: string, letters = POLE_LETTERS): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Those who want the same place stand across the line, the first above: none covers another. */
function markersOf(indicator: string, people: readonly Wanted[], y: number): Marker[] {
  const here = people.flatMap(({ values, stars = [] }, which) => {
    const value = values[indicator];
    return value === undefined ? [] : [{ which, value, star: stars.includes(indicator) }];
  });
  return here.map((one) => {
    const same = here.filter((other) => other.value === one.value);
    const at = same.indexOf(one) - (same.length - 1) / 2;
    return { ...one, x: xOf(one.value), y: y + at * BESIDE };
  });
}

/** The height that the markers of a row need above and below its line. */
function roomFor(indicator: string, people: readonly Wanted[]): number {
  const values = people.map(({ values }) => values[indicator]).filter((value) => value !== undefined);
  const most = Math.max(1, ...values.map((value) => values.filter((other) => other === value).length));
  return ((most - 1) * BESIDE) / 2;
}

export function pictureOf(
  indicators: readonly Indicator[],
  people: readonly Wanted[],
  joint: Readonly<Record<string, number>> = {},
  labelled = true,
): Picture {
  let top = labelled ? 4 : 4 - LABEL;
  const rows = indicators.map((indicator) => {
    const room = roomFor(indicator.id, people);
    const y = top + LABEL + LINE + room;
    const low = wrapped(indicator.low);
    const high = wrapped(indicator.high);
    const poleY = y + LINE + room + 14;
    const row: Row = {
      indicator,
      top,
      y,
      low,
      high,
      poleY,
      markers: markersOf(indicator.id, people, y),
      joint: joint[indicator.id] ?? null,
    };
    top = poleY + (Math.max(low.length, high.length) - 1) * POLE + GAP;
    return row;
  });
  return { rows, height: top };
}

/** How far the two outermost are apart. */
export function apart(indicator: string, people: readonly Wanted[]): number {
  const values = people.map(({ values }) => values[indicator]).filter((value) => value !== undefined);
  return values.length > 1 ? Math.max(...values) - Math.min(...values) : 0;
}

export const POLE_LEADING = POLE;
