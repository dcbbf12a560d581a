/** Twelve weeks on, in the step of another phase that asks for it: how the lines that were agreed on have become. */

import type { DimensionsForPartners, DimensionsForPerson, DimensionsForRoom } from "../../protocol/generated";
import type { PersonShown } from "../../state/workshop";
import type { AlongProps } from "../along";
import { Later } from "./later";
import "./dimensions.css";

/** The step of a path in which it is asked. */
const ASKED_IN = "lines_again";

export default function LookingBack({ session, phase, me, here }: AlongProps) {
  const room = session.views.room<DimensionsForRoom>(phase)?.body;
  const mine = session.views.mine<DimensionsForPerson>(phase)?.body;
  const group = Object.values(session.views.mine<PersonShown>("")?.body.groups?.[phase] ?? {})[0];
  const ours = group ? session.views.group<DimensionsForPartners>(phase, group)?.body : undefined;
  if (here.step.id !== ASKED_IN || !room || !mine || !group || !ours?.settled) return null;
  return (
    <div class="stack wide dimensions">
      <Later session={session} phase={phase} me={me} group={group} room={room} mine={mine} ours={ours} />
    </div>
  );
}
