/** The seat that a face of the workshop belongs to: a device may hold a moderator's, a projector's and a person's. */

import type { Role } from "../protocol/frames";
import { type Seat, seatsOf } from "../session/seats";
import { seatAt } from "../shell/seated";

export const STAFF: readonly Role[] = ["moderator", "co_moderator"];
export const WATCHING: readonly Role[] = ["screen", "observer"];

/** Who typed for somebody without a device holds that seat too; a reload must not turn the console into it. */
export function seatFor(workshop: string, token: string, roles: readonly Role[]): Seat | null {
  if (token) return seatAt(workshop, token);
  return seatsOf(workshop).find((seat) => roles.includes(seat.role)) ?? seatAt(workshop, "");
}
