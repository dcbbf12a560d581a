/** The one thing to do now, with whom and at which table: the middle of a participant's screen, on whosever screen. */

import { Suspense } from "preact/compat";
import { Along } from "../activities/along";
import { activityOf } from "../activities/registry";
import { useEntry } from "../documents/entry";
import { t } from "../locales";
import type { Session } from "../session/session";
import type { Here } from "../state/day";
import { Waiting } from "../ui/parts";
import { Between, Placeless } from "./between";
import { CatchUp, OpenLater } from "./catch_up";
import { Earlier } from "./earlier";
import { MissingAtTable } from "./missing";
import { Place } from "./place";

interface NowProps {
  session: Session;
  here: Here;
  me: string;
  /** Since when this person had been away, 0 for who was here. */
  away_ms?: number;
}

export function Now({ session, here, me, away_ms = 0 }: NowProps) {
  const { Now: Screen } = activityOf(here.shown.activity);
  useEntry(session, here.shown.id);
  if (!here.open) {
    return (
      <>
        <Along session={session} me={me} here={here} />
        <Between session={session} here={here} />
      </>
    );
  }
  if (here.placeless) return <Placeless here={here} />;
  return (
    <>
      {here.timer && !here.timer.ends_ms && (
        <p class="notice" role="status">
          <strong>{t("paused.title")}.</strong> {t("paused.do")}
        </p>
      )}
      <CatchUp session={session} here={here} away_ms={away_ms} />
      <Place session={session} here={here} me={me} />
      <MissingAtTable session={session} here={here} me={me} />
      <Along session={session} me={me} here={here} />
      <Suspense fallback={<Waiting title={t("app.loading")} />}>
        <Screen key={here.shown.id} session={session} phase={here.shown.id} me={me} here={here} words={here} />
      </Suspense>
      <OpenLater session={session} here={here} away_ms={away_ms} />
      <Earlier session={session} phase={here.shown.id} />
    </>
  );
}
