/** The seats of this device, by workshop: who sits here, and the secret that proves it. */

import type { Role } from "../protocol/frames";

export interface Seat {
  workshop: string;
  token: string;
  role: Role;
  /** Known after the first welcome, or from joining. */
  id?: string;
  name?: string;
  title?: string;
  /** The code by which this device joined. */
  code?: string;
}

const KEY = "bc-seats";

function isSeat(value: unknown): value is Seat {
  const seat = value as Partial<Seat> | null;
  return (
    typeof seat === "object" && seat !== null && typeof seat.workshop === "string" && typeof seat.token === "string"
  );
}

export function seats(): Seat[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isSeat) : [];
  } catch {
    // Storage that is blocked or was edited by hand: the person joins again by link or PIN.
    return [];
  }
}

const TOKEN_LETTERS = 12;

const keyByToken = (seat: Seat): string => `${seat.workshop}/${seat.token.slice(0, TOKEN_LETTERS)}`;

/** Where a seat keeps its things on this device: by person, so that whoever comes back by another link finds them. */
export const keyOf = (seat: Seat): string => (seat.id ? `${seat.workshop}/${seat.id}` : keyByToken(seat));

/** Under which names the same person may have left things here: by this token before it was known whose it is, and by others. */
export function earlierKeys(seat: Seat): string[] {
  const same = seatsOf(seat.workshop).filter((one) => one.token === seat.token || (seat.id && one.id === seat.id));
  const keys = [seat, ...same].map(keyByToken);
  return [...new Set(keys)].filter((key) => key !== keyOf(seat));
}

export function seatsOf(workshop: string): Seat[] {
  return seats().filter((seat) => seat.workshop === workshop);
}

/** The newest seat comes first: a device that just took a seat shows that one. */
export function keepSeat(seat: Seat): void {
  const others = seats().filter((one) => one.token !== seat.token);
  const earlier = seats().find((one) => one.token === seat.token);
  try {
    localStorage.setItem(KEY, JSON.stringify([{ ...earlier, ...seat }, ...others]));
  } catch (error) {
    console.info("this seat is kept by the open page only", error);
  }
}

export function dropSeat(token: string): void {
  localStorage.setItem(KEY, JSON.stringify(seats().filter((one) => one.token !== token)));
}
