/** The line that is always there: the phase and where it stands in the day, the time left, the state of my words. */

import { t } from "../locales";
import type { Session } from "../session/session";
import { hereOf } from "../state/day";
import type { Pack } from "../state/path";
import { SoftTime } from "../ui/clock";
import { SaveMark } from "../ui/parts";

export function TopBar({ session, words }: { session: Session; words: Pack | null }) {
  const here = words ? hereOf(session.views, words) : null;
  return (
    <header class="top">
      <div class="where">
        <span class="phase">{here ? here.words.short : t("app.name")}</span>
        {here && (
          <span class="unseen">{t("top.phase", { n: here.number, all: here.all, title: here.words.title })}</span>
        )}
        {here?.timer && <SoftTime timer={here.timer} session={session} />}
      </div>
      <SaveMark mark={session.mark.value} />
      {here && (
        <div class="line-of-day" aria-hidden="true">
          {Array.from({ length: here.all }, (_, at) => (
            <span key={at} class={at + 1 < here.number ? "past" : at + 1 === here.number ? "now" : ""} />
          ))}
        </div>
      )}
    </header>
  );
}
