/** What comes out of creating: the code with its square, and a link for everybody who runs the day. */

import { t } from "../locales";
import { keepSeat } from "../session/seats";
import { say } from "../ui/announcer";
import { copied } from "../ui/clipboard";
import { Button, QR } from "../ui/parts";
import type { Created, LinkName } from "./api";
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

export function absolute(link: string): string {
  return new URL(link, location.origin).href;
}

export function CreatedPage({ created }: { created: Created }) {
  const open = (): void => {
    const url = new URL(created.links.moderator, location.origin);
    keepSeat({ workshop: created.workshop, token: url.hash.slice(1), role: "moderator" });
    go(`${url.pathname}${url.hash}`);
  };
  const { join } = created;
  return (
    <div class="home" style={{ display: "block" }}>
      <div class="stack wide">
        <h1 tabIndex={-1}>{t("created.title")}</h1>
        <p class="lead">{t("created.lead")}</p>
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
                <CopyButton text={absolute(created.links[name])} what={t(`created.${name}`)} />
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
