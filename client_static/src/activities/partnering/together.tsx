/** What partners made as one group in later phases, each as the activity itself shows it for reading again. */

import { Suspense } from "preact/compat";
import { t } from "../../locales";
import { path, type PhaseHere } from "../../state/day";
import { pack } from "../../state/path";
import type { PersonShown, RoomShown } from "../../state/workshop";
import { Fold } from "../../ui/fold";
import { activityOf } from "../registry";
import type { SpaceProps } from "../spaces";
import { p } from "./words";

/** The phases that have begun and in which this group worked as one. */
function phasesOf({ session, phase, group }: SpaceProps): PhaseHere[] {
  const room = session.views.room<RoomShown>("")?.body;
  const groups = session.views.mine<PersonShown>("")?.body.groups ?? {};
  if (!room || !pack.value) return [];
  const isOurs = ({ shown }: PhaseHere): boolean => Object.values(groups[shown.id] ?? {}).includes(group);
  const begun = ({ shown }: PhaseHere): boolean => shown.id !== phase && (shown.opened_ms ?? 0) > 0;
  return path(room, pack.value).filter((one) => begun(one) && isOurs(one));
}

export function MadeTogether(props: SpaceProps) {
  const phases = phasesOf(props);
  if (phases.length === 0) return null;
  return (
    <section class="stack tight fill" aria-labelledby="made-together">
      <h2 id="made-together">{p("space.made")}</h2>
      <p class="quiet">{p("space.made_do")}</p>
      {phases.map((one) => {
        const { Made } = activityOf(one.shown.activity);
        return (
          <Fold title={one.words.title} key={one.shown.id}>
            <Suspense fallback={<p class="quiet">{t("app.loading")}</p>}>
              <Made session={props.session} phase={one.shown.id} me={props.me} here={null} words={one} />
            </Suspense>
          </Fold>
        );
      })}
    </section>
  );
}
