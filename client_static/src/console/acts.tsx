/** The log of the moderators' own acts, newest first. */

import { timeOfDay } from "../locales";
import { useDesk } from "./desk";
import type { Act, ModeratorsShown } from "./shown";
import { isWord, w } from "./words";

function Line({ act }: { act: Act }) {
  const desk = useDesk();
  const key = `act.${act.what}`;
  const values = {
    phase: act.phase ? desk.title(act.phase) : "",
    who: act.detail ? desk.name(act.detail) : "",
    what: act.what,
  };
  return (
    <li>
      <time class="numerals quiet" dateTime={new Date(act.at_ms).toISOString()}>
        {timeOfDay(act.at_ms)}
      </time>
      <span>{w(isWord(key) ? key : "act.other", values)}</span>
      <span class="small quiet">{w(act.staff === desk.me ? "acts.you" : "acts.other")}</span>
    </li>
  );
}

export function Acts({ moderators }: { moderators: ModeratorsShown }) {
  const newest = [...moderators.acts].reverse();
  return (
    <>
      <p class="quiet">{w(newest.length > 0 ? "acts.lead" : "acts.none")}</p>
      <ol class="acts">
        {newest.map((act) => (
          <Line key={`${act.at_ms}${act.what}${act.detail ?? ""}`} act={act} />
        ))}
      </ol>
    </>
  );
}
