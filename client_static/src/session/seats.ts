/** The seats of this device, by workshop: who sits here, and the secret that proves it. */

import type { Bye, Role } from "../protocol/frames";
import { kept } from "./kept";

export interface Seat {
  workshop: string;
  token: string;
  role: Role;
  /** Known after the first welcome, or from joining. */
  id?: string;
  name?: string;
  school?: string;
  title?: string;
  /** The code by which this device joined. */
  code?: string;
  /** The way by which a moderator brought this seat here: this device does not warn of itself. */
  handover?: string;
  /** Why this seat opens nothing any more. It is no longer offered, but its old links still say why. */
  ended?: string;
}

const KEY = "bc-seats";

const OVER = new Set(["erased", "unknown_seat", "seat_closed"]);

/** Whether a seat that was sent away so opens nothing any more. */
export const isOver = (bye: Bye | null): boolean => bye !== null && OVER.has(bye.code);

/** Where each role is at home. */
const FACES: Record<Role, string> = {
  person: "",
  moderator: "/console",
  co_moderator: "/console",
  observer: "/screen",
  screen: "/screen",
};

export function addressOf({ workshop, role, token }: Pick<Seat, "workshop" | "role" | "token">): string {
  return `/w/${workshop}${FACES[role]}#${token}`;
}

function isSeat(value: unknown): value is Seat {
  const seat = value as Partial<Seat> | null;
  return (
    typeof seat === "object" && seat !== null && typeof seat.workshop === "string" && typeof seat.token === "string"
  );
}

function everySeat(): Seat[] {
  try {
    const found: unknown = JSON.parse(kept.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found.filter(isSeat) : [];
  } catch {
    // Edited by hand: the person joins again by link or PIN.
    return [];
  }
}

/** Those that still open something. */
export function seats(): Seat[] {
  return everySeat().filter((seat) => !seat.ended);
}

const TOKEN_LETTERS = 12;

const keyByToken = (seat: Seat): string => `${seat.workshop}/${seat.token.slice(0, TOKEN_LETTERS)}`;

/** Where a seat keeps its things on this device: by person, so that whoever comes back by another link finds them. */
export const keyOf = (seat: Seat): string => (seat.id ? `${seat.workshop}/${seat.id}` : keyByToken(seat));

/** Under which names the same person may have left things here: by this token before it was known whose it is, and by others. */
export function earlierKeys(seat: Seat): string[] {
  const here = everySeat().filter((one) => one.workshop === seat.workshop);
  const same = here.filter((one) => one.token === seat.token || (seat.id && one.id === seat.id));
  const keys = [seat, ...same].map(keyByToken);
  return [...new Set(keys)].filter((key) => key !== keyOf(seat));
}

export function seatsOf(workshop: string): Seat[] {
  return seats().filter((seat) => seat.workshop === workshop);
}

/** Of these the people: a moderator's own laptop joins as anybody. */
export function peopleOf(workshop: string): Seat[] {
  return seatsOf(workshop).filter((seat) => seat.role === "person");
}

/** The one that ended last: a page of its workshop says why, instead of knowing nothing. */
export function endedSeatOf(workshop: string): Seat | undefined {
  return everySeat().find((seat) => seat.workshop === workshop && seat.ended);
}

/** The newest seat comes first: a device that just took a seat shows that one. */
export function keepSeat(seat: Seat): void {
  const all = everySeat();
  const others = all.filter((one) => one.token !== seat.token);
  const { ended: _ended, ...earlier } = all.find((one) => one.token === seat.token) ?? seat;
  kept.setItem(KEY, JSON.stringify([{ ...earlier, ...seat }, ...others]));
}

/** The server says that this seat opens nothing any more. */
export function endSeat(token: string, why: string): void {
  const all = everySeat().map((seat) => (seat.token === token ? { ...seat, ended: why } : seat));
  kept.setItem(KEY, JSON.stringify(all));
}
