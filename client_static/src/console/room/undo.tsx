/** One button for what was done last: for a minute it takes it back, whoever did it. */

import { Button } from "../../ui/parts";
import { say } from "../../ui/announcer";
import { actWords, undoableNow } from "../acts";
import { useDesk } from "../desk";
import type { ModeratorsShown } from "../shown";
import { w } from "../words";

const SECOND_MS = 1_000;

export function Undo({ moderators }: { moderators: ModeratorsShown }) {
  const desk = useDesk();
  const now_ms = desk.second_ms.value;
  const last = undoableNow(desk, now_ms);
  const move_ms = desk.leads ? (moderators.undo_until_ms ?? 0) : 0;
  if (move_ms > now_ms && move_ms >= (last?.until_ms ?? 0)) {
    const undo = async (): Promise<void> => {
      if (await desk.wish({ type: "UndoMove" })) say(w("move.undo_said"));
    };
    return (
      <span class="undo-place">
        <Button class="undo numerals" onPress={() => void undo()}>
          {w("move.undo", { n: Math.ceil((move_ms - now_ms) / SECOND_MS) })}
          <span class="undo-what">: {desk.short(desk.room.value?.at ?? "")}</span>
        </Button>
      </span>
    );
  }
  if (!last) return null;
  const what = actWords(desk, last.act);
  const undo = async (): Promise<void> => {
    desk.told.value = null;
    if (await desk.wish({ type: "UndoAct", act: last.act.seq ?? 0 })) say(w("acts.undone", { what }));
  };
  return (
    <span class="undo-place">
      <Button class="undo numerals" title={what} onPress={() => void undo()}>
        {w("acts.undo_what", { what, n: Math.ceil((last.until_ms - now_ms) / SECOND_MS) })}
      </Button>
    </span>
  );
}
