/** The day is over and the workshop goes on: what is open now, what comes, and the way to what I made. */

import type { Signal } from "@preact/signals";
import { t } from "../locales";
import type { Session } from "../session/session";
import type { Here, PhaseHere } from "../state/day";
import { path } from "../state/day";
import type { Pack } from "../state/path";
import type { Sight } from "../state/sight";
import type { RoomShown } from "../state/workshop";
import { Button, Motif } from "../ui/parts";
import { OpenSpace } from "./open_space";

interface FollowUpProps {
  session: Session;
  room: RoomShown;
  words: Pack;
  here: Here | null;
  sight: Signal<Sight>;
  /** Back into the phase in which the room stood when the day ended, while it is open. */
  onEnter: () => void;
}

/** What happens on people's own time after the phase in which the room stands. */
export function comingAfter(room: RoomShown, words: Pack): PhaseHere[] {
  const phases = path(room, words);
  const at = phases.findIndex((one) => one.shown.id === room.at);
  const coming = phases.slice(at + 1).filter((one) => one.shown.between);
  // Three check-ins are one thing to expect.
  return coming.filter((one, n) => coming.findIndex((other) => other.shown.spec === one.shown.spec) === n);
}

export function FollowUp({ session, room, words, here, sight, onEnter }: FollowUpProps) {
  const coming = comingAfter(room, words);
  return (
    <div class="stack wide">
      <Motif />
      <p class="eyebrow">{room.title}</p>
      <h1 class="prompt" tabIndex={-1}>
        {t("follow.title")}
      </h1>
      <section class="stack tight fill">
        <h2>{t("follow.open")}</h2>
        {here?.open ? (
          <>
            <p>{t("follow.still", { phase: here.words.title })}</p>
            <Button onPress={onEnter}>{t("follow.enter", { phase: here.words.short })}</Button>
          </>
        ) : (
          <p>{t("follow.nothing")}</p>
        )}
        <OpenSpace session={session} />
      </section>
      {coming.length > 0 && (
        <section class="stack tight fill">
          <h2>{t("follow.coming")}</h2>
          <p class="quiet">{t("follow.coming_do")}</p>
          <ol class="coming">
            {coming.map((phase) => (
              <li key={phase.shown.id}>
                <strong>{phase.words.title}</strong>
                <span class="quiet">{phase.words.aim}</span>
              </li>
            ))}
          </ol>
        </section>
      )}
      <Button kind="primary" large onPress={() => (sight.value = "day")}>
        {t("end.read_day")}
      </Button>
    </div>
  );
}
