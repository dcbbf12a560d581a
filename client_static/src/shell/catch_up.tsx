/** For whoever came after a phase had begun, or was away: what the others have done, what to do now, and what is still open. */

import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { type Minimum, minimumOf } from "../activities/minimum";
import { usePage } from "../documents/pages";
import { t } from "../locales";
import { kept } from "../session/kept";
import type { Session } from "../session/session";
import { type Here, path, type PhaseHere } from "../state/day";
import { pack } from "../state/path";
import type { PersonShown, RoomShown } from "../state/workshop";
import { Button } from "../ui/parts";
import { sight } from "../state/sight";

const READ = "bc-caught-up";
const LATE_AFTER_MS = 60_000;

function isLate(session: Session, here: Here): boolean {
  const joined_ms = session.views.mine<PersonShown>("")?.body.me.joined_ms ?? 0;
  const entered_ms = here.shown.entered_ms ?? here.shown.opened_ms ?? 0;
  if (joined_ms === 0 || entered_ms === 0 || joined_ms < entered_ms) return false;
  return joined_ms - entered_ms > LATE_AFTER_MS || here.stepAt > 0 || owedBefore(session, here).length > 0;
}

/** What was read last: the screen is drawn anew when it changes, which what the device keeps does not do. */
const read = signal("");

const everOf = (session: Session): string => `${READ}/${session.key}`;

function keyOf(session: Session, here: Here, away_ms: number): string {
  return [READ, session.key, here.shown.id, ...(away_ms ? [away_ms] : [])].join("/");
}

/** Whether the card stands above everything else, until it was read. */
function asksNow(session: Session, here: Here, away_ms: number): boolean {
  const key = keyOf(session, here, away_ms);
  if (read.value === key || kept.getItem(key) !== null) return false;
  return away_ms > 0 || isLate(session, here);
}

interface Owed {
  phase: PhaseHere;
  minimum: Minimum;
}

/** What was begun before the room came here, and has something that the day goes on from. */
function owedBefore(session: Session, here: Here): Owed[] {
  const room = session.views.room<RoomShown>("")?.body;
  if (!room || !pack.value) return [];
  const phases = path(room, pack.value);
  const at = phases.findIndex((one) => one.shown.id === here.shown.id);
  return phases.slice(0, Math.max(0, at)).flatMap((phase) => {
    if (!phase.shown.opened_ms || !phase.words.minimum?.trim()) return [];
    const minimum = minimumOf(phase.shown.activity, session.views.mine(phase.shown.id)?.body);
    return minimum && minimum.made !== true ? [{ phase, minimum }] : [];
  });
}

interface OpenProps extends Owed {
  session: Session;
  onOpen: (phase: string, open: boolean) => void;
}

function Row({ session, phase, minimum, onOpen }: OpenProps) {
  const { id } = phase.shown;
  const help = session.views.mine<PersonShown>("")?.body.help;
  useEffect(() => {
    onOpen(id, true);
    return () => onOpen(id, false);
  }, [id]);
  const make = (): void => {
    // Where the phase is still open, or open for me already, this changes nothing.
    void session.wish("", { type: "CatchUp", phase: id });
    sight.value = { missed: id };
  };
  return (
    <li>
      <span>
        <strong>{phase.words.short}</strong> {phase.words.minimum}
      </span>
      {minimum.alone ? (
        <Button onPress={make}>
          {t("late.do")} <span class="unseen">{phase.words.title}</span>
        </Button>
      ) : help ? (
        <span class="quiet">{t("late.asked")}</span>
      ) : (
        <Button onPress={() => void session.wish("", { type: "CallHelp" })}>
          {t("late.ask")} <span class="unseen">{phase.words.title}</span>
        </Button>
      )}
    </li>
  );
}

/** Made when something stands on my page: only the page knows. */
function OnPage({ page, field, ...row }: OpenProps & { page: string; field: string }) {
  const held = usePage(row.session, page);
  const empty = useSignal(false);
  useEffect(() => {
    const look = (): void => {
      empty.value = held.ready.value && held.text(field).toString().trim() === "";
    };
    look();
    held.doc.on("update", look);
    return () => held.doc.off("update", look);
  }, [held, field, held.ready.value]);
  return empty.value ? <Row {...row} /> : null;
}

interface StillOpenProps {
  session: Session;
  here: Here;
  /** At the foot of the screen, where nothing is said once nothing is open. */
  later?: boolean;
}

function StillOpen({ session, here, later }: StillOpenProps) {
  const open = useSignal<readonly string[]>([]);
  const owed = owedBefore(session, here);
  const onOpen = (phase: string, is: boolean): void => {
    const others = open.value.filter((one) => one !== phase);
    open.value = is ? [...others, phase] : others;
  };
  return (
    <div class="stack tight fill still-open">
      {open.value.length > 0 ? (
        <>
          <h3>{t("late.open")}</h3>
          <p class="quiet">{t("late.open_do")}</p>
        </>
      ) : (
        !later && <p class="quiet">{t("late.complete")}</p>
      )}
      <ul class="owed">
        {owed.map(({ phase, minimum }) => {
          const row = { session, phase, minimum, onOpen };
          if (typeof minimum.made === "boolean") return <Row key={phase.shown.id} {...row} />;
          return <OnPage key={phase.shown.id} {...row} {...minimum.made} />;
        })}
      </ul>
    </div>
  );
}

interface CatchUpProps {
  session: Session;
  here: Here;
  /** Since when this person had been away, 0 for who was here. */
  away_ms: number;
}

/** Whoever has read once that something is open finds it again below everything else, until it is made. */
export function OpenLater({ session, here, away_ms }: CatchUpProps) {
  if (asksNow(session, here, away_ms) || kept.getItem(everOf(session)) === null) return null;
  return <StillOpen session={session} here={here} later />;
}

export function CatchUp({ session, here, away_ms }: CatchUpProps) {
  if (!asksNow(session, here, away_ms)) return null;
  const words = here.words.catch_up?.trim();
  return (
    <section class="panel stack fill catch-up" aria-labelledby="catch-up">
      <h2 id="catch-up" tabIndex={-1}>
        {t(away_ms ? "late.back" : "late.title")}
      </h2>
      <p class="quiet">{here.words.aim}</p>
      {words && <p class="lead">{words}</p>}
      <StillOpen session={session} here={here} />
      <Button
        onPress={() => {
          const key = keyOf(session, here, away_ms);
          kept.setItem(key, "1");
          kept.setItem(everOf(session), "1");
          read.value = key;
        }}
      >
        {t("late.ok")}
      </Button>
    </section>
  );
}
