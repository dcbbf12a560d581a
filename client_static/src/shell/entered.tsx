/** The way in for every screen with a seat of its own: into a session, or to the reason why there is none. */

import type { ComponentChildren } from "preact";
import { SessionContext } from "../session/context";
import type { Seat } from "../session/seats";
import type { Session } from "../session/session";
import { Reason } from "./endings";
import { Front } from "./front";
import { useSeated } from "./seated";

interface EnteredProps {
  seat: Seat | null;
  children: (session: Session) => ComponentChildren;
}

export function Entered({ seat, children }: EnteredProps) {
  const session = useSeated(seat);
  if (!seat) {
    return (
      <Front>
        <Reason code="unknown_seat" />
      </Front>
    );
  }
  if (!session) return null;
  return <SessionContext.Provider value={session}>{children(session)}</SessionContext.Provider>;
}
