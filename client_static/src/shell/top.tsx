/** The line that is always there: the phase and where it stands in the day, the time left, the state of my words. */

import { t } from "../locales";
import type { Session } from "../session/session";
import { type Here, hereOf } from "../state/day";
import { mannerOf } from "../state/manner";
import type { Pack } from "../state/path";
import type { RoomShown } from "../state/workshop";
import { SoftTime } from "../ui/clock";
import { SaveMark } from "../ui/parts";

/** Where this phase stands in the day. What is done on one's own time, and lunch, have a mark of their own beside it. */
function LineOfDay({ here }: { here: Here }) {
  const { number, all, beside = false } = here;
  const marks = Array.from({ length: all }, (_, at) => {
    const state = at + 1 < number || (beside && at + 1 === number) ? "past" : at + 1 === number ? "now" : "";
    return <span key={at} class={state} />;
  });
  if (beside) marks.splice(number, 0, <i key="beside" />);
  return (
    <div class="line-of-day" aria-hidden="true">
      {marks}
    </div>
  );
}

function Time({ session, here }: { session: Session; here: Here }) {
  const manner = mannerOf(session.views, here);
  if (manner === "own_time") return <span>{t("top.own_time")}</span>;
  if (manner === "rest" || !here.timer || !here.open) return null;
  return <SoftTime timer={here.timer} session={session} />;
}

export function TopBar({ session, words }: { session: Session; words: Pack | null }) {
  const room = session.views.room<RoomShown>("")?.body;
  const over = room?.life === "closed" || room?.life === "erased";
  const here = words && !over ? hereOf(session.views, words) : null;
  const ended = room?.life === "follow_up" && here && !here.shown.between;
  const at = here
    ? here.beside
      ? here.words.title
      : t("top.phase", { n: here.number, all: here.all, title: here.words.title })
    : "";
  return (
    <header class="top">
      <div class="where">
        <span class="phase">{here && !ended ? here.words.short : t("app.name")}</span>
        {here && !ended && <span class="unseen">{at}</span>}
        {here && !ended && <Time session={session} here={here} />}
      </div>
      <SaveMark mark={session.mark.value} />
      {here && !ended && <LineOfDay here={here} />}
    </header>
  );
}
