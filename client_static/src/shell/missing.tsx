/** Who of my table is not to be heard: said as it is, no more; and, to whoever waits, for how long and what can be done. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { counted, listed, t } from "../locales";
import type { PresenceView } from "../protocol/generated";
import type { Session } from "../session/session";
import { type Here, nameOf } from "../state/day";
import { type GroupShown, type PersonShown, takingPart } from "../state/workshop";
import { Button } from "../ui/parts";

const MINUTE_MS = 60_000;
const LOOK_MS = 10_000;
/** A phone that was put away for a moment is nobody's business. */
const PUT_AWAY_MS = 2 * MINUTE_MS;

interface Gone {
  person: string;
  since_ms: number;
}

export interface Missing {
  /** Their phones are silent. */
  gone: Gone[];
  /** Their phones lie untouched or are dark. */
  away: Gone[];
  /** They are not waited for, and have a place to come back to. */
  absent: string[];
  /** Nobody else of the table is to be heard. */
  alone: boolean;
}

export function missingOf(session: Session, group: GroupShown, me: string, now_ms: number): Missing {
  const working = takingPart(group).filter((who) => who !== me);
  const seen = session.views.group<PresenceView>("~here", group.id)?.body.people ?? [];
  const found = (state: string, after_ms: number): Gone[] =>
    seen
      .filter(([who, is, since_ms]) => working.includes(who) && is === state && now_ms - since_ms >= after_ms)
      .map(([person, , since_ms]) => ({ person, since_ms }));
  const gone = found("gone", 0);
  return {
    gone,
    away: found("away", PUT_AWAY_MS),
    absent: (group.absent ?? []).filter((who) => who !== me),
    alone: gone.length > 0 && gone.length === working.length,
  };
}

function useNow(session: Session): number {
  const now = useSignal(session.clock.now());
  useEffect(() => {
    const ticking = setInterval(() => (now.value = session.clock.now()), LOOK_MS);
    return () => clearInterval(ticking);
  }, [session, now]);
  return now.value;
}

/** I said that my partner is gone: what happens now, and the way back. */
function Called({ session, coming, me }: { session: Session; coming: boolean; me: string }) {
  return (
    <section class="panel stack fill missing" role="status">
      <h2>{t("missing.called")}</h2>
      <p>{coming ? t("help.coming") : t("missing.called_do")}</p>
      <Button onPress={() => void session.wish("", { type: "CancelHelp", person: me })}>{t("missing.back")}</Button>
    </section>
  );
}

function Alone({ session, missing, now_ms }: { session: Session; missing: Missing; now_ms: number }) {
  const names = listed(missing.gone.map((one) => nameOf(session.views, one.person).name || "…"));
  const since_ms = Math.max(...missing.gone.map((one) => one.since_ms));
  const minutes = Math.max(1, Math.floor((now_ms - since_ms) / MINUTE_MS));
  return (
    <section class="panel stack fill missing" role="status">
      <h2>{t("missing.title", { names })}</h2>
      <p>
        {counted("missing.since", minutes)} {t("missing.maybe")}
      </p>
      <p>{t("missing.meanwhile")}</p>
      <Button onPress={() => void session.wish("", { type: "CallHelp", reason: "partner_gone" })}>
        {t("help.partner_gone")}
      </Button>
      <p class="small quiet">{t("missing.gone_do")}</p>
    </section>
  );
}

/** One quiet line for each thing that is so, as long as somebody else is at the table. */
function Lines({ session, here, missing }: { session: Session; here: Here; missing: Missing }) {
  const named = (people: readonly string[]): string =>
    listed(people.map((who) => nameOf(session.views, who).name || "…"));
  const { gone, away, absent } = missing;
  // In a talking step a phone that was put away is a phone that does what it was asked to do.
  const aside = here.step.quiet ? [] : away;
  return (
    <>
      {gone.length > 0 && (
        <p class="small quiet fill" role="status">
          {t("missing.silent", { names: named(gone.map((one) => one.person)) })}
        </p>
      )}
      {aside.length > 0 && (
        <p class="small quiet fill">{t("missing.aside", { names: named(aside.map((one) => one.person)) })}</p>
      )}
      {absent.length > 0 && <p class="small quiet fill">{t("missing.place_kept", { names: named(absent) })}</p>}
    </>
  );
}

export function MissingAtTable({ session, here, me }: { session: Session; here: Here; me: string }) {
  const now_ms = useNow(session);
  const { group } = here;
  const call = session.views.mine<PersonShown>("")?.body.help;
  if (!group || takingPart(group).length < 2) return null;
  if (call?.reason === "partner_gone") return <Called session={session} coming={call.coming != null} me={me} />;
  const missing = missingOf(session, group, me, now_ms);
  if (missing.alone) return <Alone session={session} missing={missing} now_ms={now_ms} />;
  return <Lines session={session} here={here} missing={missing} />;
}
