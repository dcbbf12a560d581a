/** A moderator opens my seat on another device: I am asked while I am here, I see it afterwards, and I can close it. */

import { useSignal } from "@preact/signals";
import { t, timeOfDay } from "../locales";
import { kept } from "../session/kept";
import type { Session } from "../session/session";
import type { HandoverShown, PersonShown } from "../state/workshop";
import { say } from "../ui/announcer";
import { Button } from "../ui/parts";

const READ = "bc-opened";

function Ask({ session, way }: { session: Session; way: HandoverShown }) {
  const answer = (allow: boolean): void => void session.wish("", { type: "AnswerOffer", handover: way.id, allow });
  return (
    <div class="message" role="alert">
      <p class="said">{t(way.by === "moderator" ? "handover.ask" : "handover.ask_co")}</p>
      <p>{t("handover.ask_do")}</p>
      <div class="row">
        <Button onPress={() => answer(true)}>{t("handover.yes")}</Button>
        <Button onPress={() => answer(false)}>{t("handover.no")}</Button>
      </div>
    </div>
  );
}

function Opened({ session, way, onRead }: { session: Session; way: HandoverShown; onRead: () => void }) {
  const time = timeOfDay(way.opened_ms ?? 0);
  const close = async (): Promise<void> => {
    const outcome = await session.wish("", { type: "CloseSeat", handover: way.id });
    if (outcome.t === "ok") say(t("handover.closed"));
  };
  return (
    <div class="message" role="status">
      <p class="said">{t(way.by === "moderator" ? "handover.opened" : "handover.opened_co", { time })}</p>
      <p>{t("handover.not_you")}</p>
      <div class="row">
        <Button onPress={() => void close()}>{t("handover.close")}</Button>
        <Button kind="plain" onPress={onRead}>
          {t("handover.was_me")}
        </Button>
      </div>
    </div>
  );
}

/** Read on one device it still stands on the others, and no other device can take it from the sight of this one. */
export function Handovers({ session }: { session: Session }) {
  const key = `${READ}/${session.seat.workshop}`;
  const read = useSignal<readonly string[]>((kept.getItem(key) ?? "").split(" "));
  const mine = session.views.mine<PersonShown>("")?.body;
  // Who types for somebody without a device does not answer for them either.
  const ways = mine?.me.without_device ? [] : (mine?.handovers ?? []);
  const known = (id: string): void => {
    read.value = [...read.value, id];
    kept.setItem(key, read.value.join(" "));
  };
  return (
    <>
      {ways
        .filter((way) => way.state === "offered" && way.until_ms > session.clock.now())
        .map((way) => (
          <Ask key={way.id} session={session} way={way} />
        ))}
      {ways
        .filter((way) => way.state === "opened" && way.id !== session.seat.handover && !read.value.includes(way.id))
        .map((way) => (
          <Opened key={way.id} session={session} way={way} onRead={() => known(way.id)} />
        ))}
    </>
  );
}
