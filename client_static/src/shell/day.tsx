/** My day: one scroll of everything that I made, phase by phase; it stays readable whatever the room does. */

import { Suspense } from "preact/compat";
import { useEffect, useRef } from "preact/hooks";
import { activityOf } from "../activities/registry";
import { t } from "../locales";
import type { Session } from "../session/session";
import { path, type PhaseHere } from "../state/day";
import type { Pack } from "../state/path";
import type { RoomShown } from "../state/workshop";
import { EarlierTables } from "./earlier";

interface DayProps {
  session: Session;
  room: RoomShown;
  words: Pack;
  me: string;
}

function Past({ session, phase, me }: { session: Session; phase: PhaseHere; me: string }) {
  const { Made } = activityOf(phase.shown.activity);
  return (
    <li>
      <h2>{phase.words.title}</h2>
      <Suspense fallback={<p class="quiet">{t("app.loading")}</p>}>
        <Made session={session} phase={phase.shown.id} me={me} here={null} words={phase} />
      </Suspense>
      <EarlierTables session={session} phase={phase.shown.id} />
    </li>
  );
}

export function MyDay({ session, room, words, me }: DayProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const made = (one: PhaseHere): boolean => (one.shown.opened_ms ?? 0) > 0 && one.words.config?.["kind"] !== "break";
  const past = path(room, words).filter(made);
  return (
    <div class="stack wide">
      <h1 class="prompt" tabIndex={-1} ref={heading}>
        {t("day.title")}
      </h1>
      <p class="lead">{past.length > 0 ? t("day.lead") : t("day.empty")}</p>
      <ol class="my-day">
        {past.map((phase) => (
          <Past key={phase.shown.id} session={session} phase={phase} me={me} />
        ))}
      </ol>
    </div>
  );
}
