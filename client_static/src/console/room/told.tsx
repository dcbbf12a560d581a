/** What the moderator should know about what was just done: rules that a hand has overruled, or a colleague's act. */

import { useEffect, useRef } from "preact/hooks";
import { Button } from "../../ui/parts";
import { announce } from "../../ui/announcer";
import { actWords } from "../acts";
import { useDesk } from "../desk";
import type { ModeratorsShown } from "../shown";
import { w } from "../words";

/** Two who lead the same room hear of each other what moves it: nobody finds it elsewhere without a word. */
const NEWS = new Set(["MoveRoom", "UndoMove", "UndoAct", "MoveStep", "FormGroups", "ChangeLife", "AssignTables"]);

function useNews(moderators: ModeratorsShown): void {
  const desk = useDesk();
  const last = useRef(moderators.acts.at(-1)?.seq ?? 0);
  useEffect(() => {
    const fresh = moderators.acts.filter((act) => (act.seq ?? 0) > last.current);
    last.current = moderators.acts.at(-1)?.seq ?? last.current;
    const theirs = fresh.filter((act) => act.staff !== desk.me && NEWS.has(act.what)).at(-1);
    if (!theirs) return;
    const sentence = w("acts.news", { who: desk.colleague(theirs.staff), what: actWords(desk, theirs) });
    desk.told.value = { sentences: [sentence], by: theirs.staff };
    announce(sentence);
  }, [moderators.acts, desk]);
}

export function ToldNotice({ moderators }: { moderators: ModeratorsShown }) {
  const desk = useDesk();
  useNews(moderators);
  const told = desk.told.value;
  if (!told) return null;
  return (
    <div class="notice told-notice" role="status">
      <div>
        {told.sentences.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <Button class="small-button" onPress={() => (desk.told.value = null)}>
        {w("told.ok")}
      </Button>
    </div>
  );
}
