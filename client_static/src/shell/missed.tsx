/** A phase that is over for the room and open for me: the least that the day goes on from, made alone. */

import { Suspense } from "preact/compat";
import { activityOf } from "../activities/registry";
import { t } from "../locales";
import type { Session } from "../session/session";
import type { Here, PhaseHere } from "../state/day";
import { Button, Waiting } from "../ui/parts";
import { sight } from "../state/sight";

/** The phase as if the room were there, at a step of its own for one. */
function alone(phase: PhaseHere): Here {
  const prompt = phase.words.catch_up?.trim() || phase.words.minimum || phase.words.aim;
  return {
    ...phase,
    open: true,
    late: true,
    number: 1,
    all: 1,
    step: { id: "late", title: t("missed.step"), minutes: 0, prompt, groups: "alone" },
    stepAt: 1,
    group: null,
    turns: [],
    turnAt: 0,
    timer: null,
    placeless: false,
  };
}

export function Missed({ session, phase, me }: { session: Session; phase: PhaseHere; me: string }) {
  const { Now: Screen } = activityOf(phase.shown.activity);
  return (
    <div class="stack wide">
      <div class="notice stack tight">
        <strong>{phase.words.title}</strong>
        <span>{t("missed.about")}</span>
      </div>
      <Suspense fallback={<Waiting title={t("app.loading")} />}>
        <Screen session={session} phase={phase.shown.id} me={me} here={alone(phase)} words={phase} />
      </Suspense>
      <Button kind="primary" large onPress={() => (sight.value = "now")}>
        {t("missed.back")}
      </Button>
    </div>
  );
}
