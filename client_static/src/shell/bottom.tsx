/** Three words to the moderator, done, time and help, and the way to what I made. */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../locales";
import type { Session } from "../session/session";
import type { PersonShown, RoomShown } from "../state/workshop";
import { say } from "../ui/announcer";
import { Button } from "../ui/parts";
import { HelpSheet } from "./help";
import type { Sight } from "./participant";

export function BottomBar({ session, sight }: { session: Session; sight: Signal<Sight> }) {
  const helping = useSignal(false);
  const mine = session.views.mine<PersonShown>("")?.body;
  const room = session.views.room<RoomShown>("")?.body;
  const working = room?.at != null;
  const coming = mine?.help?.coming != null;
  useEffect(() => {
    if (coming) say(t("help.coming"));
  }, [coming]);
  const done = mine?.done === true;
  const need = mine?.need_time === true;
  const wish = (body: { type: string; [field: string]: unknown }): void => void session.wish("", body);
  if (sight.value === "day") {
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
      <nav class="bottom no-print">
        {working && (
          <>
            <Button pressed={done} onPress={() => wish({ type: "SignalDone", done: !done })}>
              {done ? t("bottom.not_done") : t("bottom.done")}
            </Button>
            <Button pressed={need} onPress={() => wish({ type: "SignalNeedTime", need: !need })}>
              {need ? t("bottom.more_time_on") : t("bottom.more_time")}
            </Button>
          </>
        )}
        <Button pressed={mine?.help ? true : false} onPress={() => (helping.value = true)}>
          {mine?.help?.coming ? t("help.coming") : t("bottom.help")}
        </Button>
        <Button kind="plain" onPress={() => (sight.value = "day")}>
          {t("bottom.my_day")}
        </Button>
      </nav>
      <HelpSheet session={session} open={helping.value} onClose={() => (helping.value = false)} />
    </>
  );
}
