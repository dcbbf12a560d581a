/** Between two things to do: what comes next, when, with whom, at which table; and what can be done meanwhile. */

import { counted, t } from "../locales";
import type { Session } from "../session/session";
import { type Here, nextOf, type PhaseHere } from "../state/day";
import { type Pack, pack } from "../state/path";
import { leftMs, type GroupShown, type PersonShown, type RoomShown } from "../state/workshop";
import { Motif, Waiting } from "../ui/parts";
import { companions } from "./place";

const MINUTE_MS = 60_000;

function NextCard({ session, next, minutes }: { session: Session; next: PhaseHere; minutes: number | null }) {
  const mine = session.views.mine<PersonShown>("")?.body;
  const [group] = Object.values(mine?.groups?.[next.shown.id] ?? {})
    .map((id) => session.views.group<GroupShown>("", id)?.body)
    .filter((one) => one !== undefined);
  return (
    <section class="panel stack fill" aria-labelledby="next">
      <p class="eyebrow">
        {t("between.next")} {minutes !== null && counted("between.minutes", minutes)}
      </p>
      <h2 id="next">{next.words.title}</h2>
      <p class="lead">{next.words.aim}</p>
      {group && mine && (
        <p class="place">
          <strong>{t("between.table", { table: group.table })}</strong>
          <span>{t("between.with", { names: companions(session, group, mine.me.id) })}</span>
        </p>
      )}
    </section>
  );
}

export function Between({ session, here }: { session: Session; here: Here }) {
  const room = session.views.room<RoomShown>("")?.body;
  const words = pack.value;
  const next = room && words ? nextOf(room, words) : null;
  const left = room?.timer ? Math.max(1, Math.round(leftMs(room.timer, session.clock.now()) / MINUTE_MS)) : null;
  return (
    <div class="stack wide">
      <Motif />
      <h1 class="prompt" tabIndex={-1}>
        {t("between.closed", { phase: here.words.title })}
      </h1>
      {next && <NextCard session={session} next={next} minutes={left} />}
      <p class="quiet">{t("between.meanwhile")}</p>
    </div>
  );
}

/** Before the first phase: I am in, it has not begun. */
export function Beginning({ session, room, words }: { session: Session; room: RoomShown; words: Pack }) {
  const next = nextOf(room, words);
  return (
    <div class="stack wide">
      <Motif />
      <p class="eyebrow">{room.title}</p>
      <h1 class="prompt" tabIndex={-1}>
        {t("wait.start")}
      </h1>
      <p class="lead">{t("wait.start_do")}</p>
      {next && <NextCard session={session} next={next} minutes={null} />}
    </div>
  );
}

/** The room works in groups and this person has no place yet: said, never silent. */
export function Placeless({ here }: { here: Here }) {
  return (
    <div class="stack wide">
      <Waiting title={t("wait.place")}>{t("wait.place_do")}</Waiting>
      <section class="panel stack fill">
        <p class="eyebrow">{here.step.title}</p>
        <p class="lead">{here.words.catch_up?.trim() || here.words.aim}</p>
      </section>
    </div>
  );
}
