/** Help: call the moderator, say that the partner is gone, go on with another device, seat a second person. */

import { useEffect, useState } from "preact/hooks";
import { t } from "../locales";
import { addressOf, peopleOf } from "../session/seats";
import type { Session } from "../session/session";
import { hereOf } from "../state/day";
import { pack } from "../state/path";
import type { PersonShown } from "../state/workshop";
import { Button, QR } from "../ui/parts";
import { Sheet } from "../ui/sheet";
import { say } from "../ui/announcer";
import { about, newPin, Problem } from "./api";
import { calledOn } from "./called";
import { LanguagePicker } from "./front";
import { callWords } from "./place";
import { go } from "./router";

/** This seat's link as another device must open it. The secret stands in the fragment, which no server sees. */
function useOwnLink(session: Session): string {
  const [base, setBase] = useState(location.origin);
  useEffect(() => {
    const failed = (error: unknown): void => console.info("the address for other devices is not known", error);
    about().then(({ join_base }) => setBase(join_base), failed);
  }, []);
  return `${base}/s#${session.seat.token}`;
}

function OtherDevice({ session }: { session: Session }) {
  const link = useOwnLink(session);
  const [pin, setPin] = useState("");
  const make = (): void => {
    newPin(session.seat.token).then(
      (made) => setPin(made.pin),
      (error: unknown) => say(t(error instanceof Problem ? "end.unreachable" : "end.other")),
    );
  };
  return (
    <details class="fill">
      <summary>{t("help.other_device")}</summary>
      <div class="stack">
        <p>{t("help.other_device_do")}</p>
        <QR text={link} label={t("help.other_device")} />
        {pin ? (
          <div>
            <p class="legend">{t("help.pin")}</p>
            <p class="the-code">{spelled(pin)}</p>
            <p class="quiet">{t("help.pin_where")}</p>
          </div>
        ) : (
          <Button onPress={make}>{t("help.pin_make")}</Button>
        )}
      </div>
    </details>
  );
}

/** In two halves, as one reads a number out. */
export const spelled = (pin: string): string => `${pin.slice(0, pin.length / 2)} ${pin.slice(pin.length / 2)}`;

function OtherSeats({ session }: { session: Session }) {
  const { workshop, token } = session.seat;
  const { code } = session.seat;
  const mine = peopleOf(workshop);
  return (
    <>
      {mine
        .filter((seat) => seat.token !== token)
        .map((seat) => (
          <Button key={seat.token} onPress={() => go(addressOf(seat))}>
            {t("help.switch", { name: calledOn(seat, mine) })}
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
  const call = (reason: "help" | "partner_gone", for_group = false): void =>
    void session.wish("", { type: "CallHelp", reason, for_group });
  const words = pack.value;
  const group = (words && hereOf(session.views, words)?.group) ?? null;
  return (
    <Sheet title={t("help.title")} open={open} onClose={onClose}>
      {mine?.help ? (
        <>
          <p class="notice" role="status">
            {mine.help.reason === "partner_gone" && !mine.help.coming
              ? t("help.called_partner")
              : callWords(session, mine.help, mine.me.id)}
          </p>
          {mine.help.group && mine.help.reason !== "partner_gone" && <p class="quiet">{t("help.group_invites")}</p>}
          <Button onPress={() => void session.wish("", { type: "CancelHelp", person: mine.me.id })}>
            {t("help.uncall")}
          </Button>
        </>
      ) : (
        <>
          {group ? (
            <>
              <Button kind="primary" large onPress={() => call("help", true)}>
                {t("help.call_group")}
              </Button>
              <p class="quiet">{t("help.group_invites")}</p>
              <Button onPress={() => call("help")}>{t("help.call_me")}</Button>
              <Button onPress={() => call("partner_gone")}>{t("help.partner_gone")}</Button>
            </>
          ) : (
            <Button kind="primary" large onPress={() => call("help")}>
              {t("help.call")}
            </Button>
          )}
        </>
      )}
      <p class="quiet">{t("help.paper")}</p>
      {open && <OtherDevice session={session} />}
      <OtherSeats session={session} />
      <div class="row fill">
        <LanguagePicker />
      </div>
    </Sheet>
  );
}
