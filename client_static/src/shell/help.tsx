/** Help: call the moderator, say that the partner is gone, go on with another device, seat a second person. */

import { useEffect, useState } from "preact/hooks";
import { t } from "../locales";
import { seatsOf } from "../session/seats";
import type { Session } from "../session/session";
import type { PersonShown } from "../state/workshop";
import { Button, QR } from "../ui/parts";
import { Sheet } from "../ui/sheet";
import { mySeat, type OwnSeat } from "./api";
import { LanguagePicker } from "./front";
import { go } from "./router";

function OtherDevice({ session }: { session: Session }) {
  const [own, setOwn] = useState<OwnSeat | null>(null);
  useEffect(() => {
    const failed = (error: unknown): void => console.info("the personal link comes when the line is back", error);
    mySeat(session.seat.token).then(setOwn, failed);
  }, [session]);
  if (!own) return null;
  const link = new URL(own.link, location.origin).href;
  return (
    <details class="fill">
      <summary>{t("help.other_device")}</summary>
      <div class="stack">
        <p>{t("help.other_device_do")}</p>
        <QR text={link} label={t("help.other_device")} />
        <p class="legend numerals">
          {own.code} · {t("help.pin", { pin: own.pin })}
        </p>
      </div>
    </details>
  );
}

function OtherSeats({ session }: { session: Session }) {
  const { workshop, token } = session.seat;
  const code = session.views.room<{ code?: string }>("")?.body.code;
  return (
    <>
      {seatsOf(workshop)
        .filter((seat) => seat.token !== token && seat.role === "person")
        .map((seat) => (
          <Button key={seat.token} onPress={() => go(`/w/${workshop}#${seat.token}`)}>
            {t("help.switch", { name: seat.name ?? "" })}
          </Button>
        ))}
      <Button kind="plain" onPress={() => go(code ? `/j/${code}` : "/join")}>
        {t("help.second")}
      </Button>
    </>
  );
}

interface HelpProps {
  session: Session;
  open: boolean;
  onClose: () => void;
}

export function HelpSheet({ session, open, onClose }: HelpProps) {
  const mine = session.views.mine<PersonShown>("")?.body;
  const call = (reason: "help" | "partner_gone"): void => void session.wish("", { type: "CallHelp", reason });
  const inGroup = Object.keys(mine?.groups ?? {}).length > 0;
  return (
    <Sheet title={t("help.title")} open={open} onClose={onClose}>
      {mine?.help ? (
        <>
          <p class="notice" role="status">
            {mine.help.coming ? t("help.coming") : t("help.called")}
          </p>
          <Button onPress={() => void session.wish("", { type: "CancelHelp", person: mine.me.id })}>
            {t("help.uncall")}
          </Button>
        </>
      ) : (
        <>
          <Button kind="primary" large onPress={() => call("help")}>
            {t("help.call")}
          </Button>
          {inGroup && <Button onPress={() => call("partner_gone")}>{t("help.partner_gone")}</Button>}
        </>
      )}
      <p class="quiet">{t("help.paper")}</p>
      {open && <OtherDevice session={session} />}
      <OtherSeats session={session} />
      <div class="row fill">
        <LanguagePicker />
        <Button onPress={onClose}>{t("help.close")}</Button>
      </div>
    </Sheet>
  );
}
