/** A break on the phone: one calm clock, when we go on, and what comes then. Nothing to do. */

import { t, timeOfDay } from "../../locales";
import type { Session } from "../../session/session";
import { type Here, nextOf } from "../../state/day";
import { pack } from "../../state/path";
import type { RoomShown, Timer } from "../../state/workshop";
import { clockFace, softly, useLeft } from "../../ui/clock";

function RestClock({ timer, session }: { timer: Timer; session: Session }) {
  const left = useLeft(timer, session);
  const over = left <= 0;
  return (
    <>
      <p class="rest-clock numerals" role="timer">
        <span aria-hidden="true">{over ? "" : clockFace(left)}</span>
        <span class="unseen">{softly(timer, left)}</span>
      </p>
      <p class="lead">
        {over ? t("rest.now") : timer.ends_ms ? t("rest.until", { time: timeOfDay(timer.ends_ms) }) : t("top.paused")}
      </p>
    </>
  );
}

export function Rest({ session, here }: { session: Session; here: Here }) {
  const room = session.views.room<RoomShown>("")?.body;
  const next = room && pack.value ? nextOf(room, pack.value) : null;
  return (
    <div class="rest">
      <h1 class="prompt" tabIndex={-1}>
        {here.words.title}
      </h1>
      {here.timer && <RestClock timer={here.timer} session={session} />}
      {next && <p class="quiet">{t("rest.next", { phase: next.words.title })}</p>}
    </div>
  );
}
