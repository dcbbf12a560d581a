/** The moderator's console: one screen from which somebody who has never seen it can run a day. */

import { useEffect, useMemo, useState } from "preact/hooks";
// The desk before what lies on it, and what a finger needs after all of it.
import "./console.css";
import type { Session } from "../session/session";
import { Entered } from "../shell/entered";
import { Reason } from "../shell/endings";
import { Front } from "../shell/front";
import { go } from "../shell/router";
import { Waiting } from "../ui/parts";
import { t } from "../locales";
import { type Desk as DeskType, Desk, DeskContext } from "./desk";
import { Faces } from "./faces";
import { seatFor, STAFF } from "./seat";
import "./touch.css";

export interface FaceProps {
  workshop: string;
  token: string;
}

function useDesk(session: Session): DeskType | null {
  const [desk, setDesk] = useState<DeskType | null>(null);
  useEffect(() => {
    const laid = new Desk(session);
    setDesk(laid);
    return () => laid.stop();
  }, [session]);
  return desk;
}

function Seated({ session }: { session: Session }) {
  const desk = useDesk(session);
  const role = session.welcome.value?.you.role;
  useEffect(() => {
    // A participant at the console's address would wait for ever for what only moderators see.
    if (role === "person") go(`/w/${session.seat.workshop}#${session.seat.token}`, { replace: true });
  }, [role, session]);
  const ended = session.connection.ended.value;
  if (ended) {
    return (
      <Front>
        <Reason code={ended.code} detail={ended.detail ?? ""} />
      </Front>
    );
  }
  if (!desk?.room.value || !desk.moderators.value || !desk.pack.value) return <Waiting title={t("app.loading")} />;
  return (
    <DeskContext.Provider value={desk}>
      <Faces room={desk.room.value} moderators={desk.moderators.value} words={desk.pack.value} />
    </DeskContext.Provider>
  );
}

export function Console({ workshop, token }: FaceProps) {
  const seat = useMemo(() => seatFor(workshop, token, STAFF), [workshop, token]);
  return <Entered seat={seat}>{(session) => <Seated session={session} />}</Entered>;
}
