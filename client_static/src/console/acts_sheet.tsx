/** The log of the moderators' own acts, newest first; what was done a moment ago can be taken back here too. */

import { timeOfDay } from "../locales";
import { Button } from "../ui/parts";
import { actWords, UNDO_MS } from "./acts";
import { useDesk } from "./desk";
import type { Act, ModeratorsShown } from "./shown";
import { w } from "./words";

function Line({ act, undoable }: { act: Act; undoable: boolean }) {
  const desk = useDesk();
  const mine = act.staff === desk.me;
  return (
    <li>
      <time class="numerals quiet" dateTime={new Date(act.at_ms).toISOString()}>
        {timeOfDay(act.at_ms)}
      </time>
      <span>{actWords(desk, act)}</span>
      <span class="small quiet">{mine ? w("acts.you") : desk.colleagueInFull(act.staff)}</span>
      {undoable && (desk.leads || mine) && (
        <Button class="small-button" onPress={() => void desk.wish({ type: "UndoAct", act: act.seq ?? 0 })}>
          {w("acts.undo")}
        </Button>
      )}
    </li>
  );
}

export function Acts({ moderators }: { moderators: ModeratorsShown }) {
  const desk = useDesk();
  const now_ms = desk.second_ms.value;
  const undoable = new Set(moderators.undoable ?? []);
  const newest = [...moderators.acts].reverse();
  return (
    <>
      <p class="quiet">{w(newest.length > 0 ? "acts.lead" : "acts.none")}</p>
      <ol class="acts">
        {newest.map((act) => (
          <Line
            key={act.seq || `${act.at_ms}${act.what}`}
            act={act}
            undoable={undoable.has(act.seq ?? 0) && act.at_ms + UNDO_MS > now_ms}
          />
        ))}
      </ol>
    </>
  );
}
