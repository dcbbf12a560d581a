/** What comes out of creating: the code with its square, and a link for everybody who runs the day. */

import { dayOf, t } from "../locales";
import { addressOf, keepSeat } from "../session/seats";
import { say } from "../ui/announcer";
import { copied } from "../ui/clipboard";
import { Button, QR } from "../ui/parts";
import type { Created, LinkName } from "./api";
import { Front } from "./front";
import { Home } from "./home";
import { go } from "./router";

export function CopyButton({ text, what }: { text: string; what: string }) {
  return (
    <Button
      label={t("created.copy_of", { what })}
      onPress={() => {
        void copied(text).then(() => say(t("created.copied")));
      }}
    >
      {t("created.copy")}
    </Button>
  );
}

const LINKS: readonly LinkName[] = ["moderator", "co_moderator", "observer", "screen"];

/** The links are told once: they stay with this entry of the tab's history, through a reload and the way back. */
export function showCreated(created: Created): void {
  go("/ready", { state: { created } });
}

export function ReadyPage() {
  const { created } = (history.state ?? {}) as { created?: Created };
  // Without its links (another tab, a copied address) there is nothing to show.
  if (!created) return <Home />;
  return (
    <Front>
      <CreatedLinks created={created} />
    </Front>
  );
}

function CreatedLinks({ created }: { created: Created }) {
  const open = (): void => {
    const token = new URL(created.links.moderator, location.origin).hash.slice(1);
    const seat = { workshop: created.workshop, token, role: "moderator" } as const;
    keepSeat(seat);
    go(addressOf(seat));
  };
  const { base, join } = created;
  return (
    <div class="home" style={{ display: "block" }}>
      <div class="stack wide">
        <h1 tabIndex={-1}>{t("created.title")}</h1>
        <p class="lead">{t("created.lead")}</p>
        <p class="quiet">{t("created.kept", { day: dayOf(created.kept_until_ms) })}</p>
        <Button kind="primary" large onPress={open}>
          {t("created.console")}
        </Button>
        <div class="two-up fill">
          <ul class="links">
            {LINKS.map((name) => (
              <li key={name}>
                <div>
                  <h3>{t(`created.${name}`)}</h3>
                  <p>{t(`created.${name}_for`)}</p>
                </div>
                <CopyButton text={`${base}${created.links[name]}`} what={t(`created.${name}`)} />
              </li>
            ))}
            <li>
              <div>
                <h3>{t("created.join")}</h3>
                <p>{t("created.join_for")}</p>
              </div>
              <CopyButton text={join} what={t("created.join")} />
            </li>
          </ul>
          <div class="stack">
            <h3>{t("created.code")}</h3>
            <p class="the-code">{created.code}</p>
            <QR text={join} label={t("created.qr")} />
          </div>
        </div>
      </div>
    </div>
  );
}
