/** Three words to the moderator, done, time and help, and the way to what I made. */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { liveSpace } from "../activities/spaces";
import { t } from "../locales";
import type { Session } from "../session/session";
import { hereOf } from "../state/day";
import { mannerOf } from "../state/manner";
import { pack } from "../state/path";
import { enterSpace, type Sight } from "../state/sight";
import type { PersonShown, RoomShown } from "../state/workshop";
import { say } from "../ui/announcer";
import { Button } from "../ui/parts";
import { HelpSheet } from "./help";
import { callWords } from "./place";
import "./bottom.css";

interface NavProps {
  session: Session;
  sight: Signal<Sight>;
  onHelp: () => void;
}

/** The words for who is on the way, to me or to my group; "" while nobody is. */
function comingTo(session: Session): string {
  const mine = session.views.mine<PersonShown>("")?.body;
  const words = pack.value;
  const ours = (words && hereOf(session.views, words)?.group?.help) ?? [];
  const answered = [...(mine?.help ? [mine.help] : []), ...ours].find((call) => call.coming);
  return answered ? callWords(session, answered, mine?.me.id ?? "") : "";
}

export function BottomNav({ session, sight, onHelp }: NavProps) {
  const mine = session.views.mine<PersonShown>("")?.body;
  const room = session.views.room<RoomShown>("")?.body;
  const words = pack.value;
  const here = words ? hereOf(session.views, words) : null;
  const manner = here && (room?.life !== "follow_up" || here.shown.between) ? mannerOf(session.views, here) : null;
  const done = mine?.done === true;
  const need = mine?.need_time === true;
  const space = liveSpace(session);
  const wish = (body: { type: string; [field: string]: unknown }): void => void session.wish("", body);
  return (
    <nav class="bottom no-print">
      {(manner === "work" || manner === "own_time") && (
        <Button pressed={done} onPress={() => wish({ type: "SignalDone", done: !done })}>
          {done ? t("bottom.not_done") : t("bottom.done")}
        </Button>
      )}
      {(manner === "work" || manner === "arrive") && (
        <Button pressed={need} onPress={() => wish({ type: "SignalNeedTime", need: !need })}>
          {need ? t("bottom.more_time_on") : t("bottom.more_time")}
        </Button>
      )}
      <Button pressed={mine?.help ? true : false} onPress={onHelp}>
        {mine?.help?.coming ? comingTo(session) : t("bottom.help")}
      </Button>
      {space && (
        <Button kind="plain" onPress={() => enterSpace(space.group)}>
          {t("bottom.partner")}
        </Button>
      )}
      <Button kind="plain" onPress={() => (sight.value = "day")}>
        {t("bottom.my_day")}
      </Button>
    </nav>
  );
}

export function BottomBar({ session, sight }: { session: Session; sight: Signal<Sight> }) {
  const helping = useSignal(false);
  const room = session.views.room<RoomShown>("")?.body;
  const coming = comingTo(session);
  useEffect(() => {
    if (coming) say(coming);
  }, [coming]);
  if (sight.value !== "now") {
    return (
      <nav class="bottom no-print">
        <Button kind="primary" onPress={() => (sight.value = "now")}>
          {t("bottom.now")}
        </Button>
      </nav>
    );
  }
  if (room?.life === "closed") return null;
  return (
    <>
      <BottomNav session={session} sight={sight} onHelp={() => (helping.value = true)} />
      <HelpSheet session={session} open={helping.value} onClose={() => (helping.value = false)} />
    </>
  );
}
