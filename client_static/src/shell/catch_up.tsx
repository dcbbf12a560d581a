/** For whoever came after the phase had begun: in half a minute, what the others have done and what to do now. */

import { useSignal } from "@preact/signals";
import { t } from "../locales";
import { kept } from "../session/kept";
import type { Session } from "../session/session";
import type { Here } from "../state/day";
import type { PersonShown } from "../state/workshop";
import { Button } from "../ui/parts";

const READ = "bc-caught-up";
const LATE_AFTER_MS = 60_000;

function isLate(session: Session, here: Here): boolean {
  const joined_ms = session.views.mine<PersonShown>("")?.body.me.joined_ms ?? 0;
  const entered_ms = here.shown.entered_ms ?? here.shown.opened_ms ?? 0;
  if (joined_ms === 0 || entered_ms === 0 || joined_ms < entered_ms) return false;
  return joined_ms - entered_ms > LATE_AFTER_MS || here.stepAt > 0;
}

export function CatchUp({ session, here }: { session: Session; here: Here }) {
  const key = `${READ}/${session.key}/${here.shown.id}`;
  const read = useSignal(kept.getItem(key) !== null);
  const words = here.words.catch_up?.trim();
  if (read.value || !words || !isLate(session, here)) return null;
  return (
    <section class="panel stack fill catch-up" aria-labelledby="catch-up">
      <h2 id="catch-up" tabIndex={-1}>
        {t("late.title")}
      </h2>
      <p class="quiet">{here.words.aim}</p>
      <p class="lead">{words}</p>
      <Button
        onPress={() => {
          read.value = true;
          kept.setItem(key, "1");
        }}
      >
        {t("late.ok")}
      </Button>
    </section>
  );
}
