/** A draft under the moderator's hand: units move between tables; only whole tables can be kept. */

export type Tables = readonly (readonly string[])[];

export const FEWEST = 2;
export const MOST = 3;

/** `to` is the number of a table, a table of its own, or none. A table that becomes empty is gone. */
export function moved(tables: Tables, unit: string, to: number | "own" | "none"): Tables {
  const at = tables.findIndex((table) => table.includes(unit));
  if (to === at) return tables;
  const left = tables.map((table) => table.filter((one) => one !== unit));
  const joined = left.map((table, number) => (number === to ? [...table, unit] : table));
  return [...joined, ...(to === "own" ? [[unit]] : [])].filter((table) => table.length > 0);
}

/** What stands in the way of keeping it, the first thing first. */
export function problemOf(tables: Tables): "alone" | "many" | null {
  if (tables.some((table) => table.length < FEWEST)) return "alone";
  return tables.some((table) => table.length > MOST) ? "many" : null;
}
