/** The first page: join with a code, come back to a seat of this device, or prepare a workshop in two clicks. */

import { useState } from "preact/hooks";
import { t } from "../locales";
import { addressOf, type Seat, seats } from "../session/seats";
import { Entry } from "../ui/entry";
import { Button, Motif } from "../ui/parts";
import { CreateForm } from "./create";
import { showCreated } from "./created";
import { Front } from "./front";
import { calledOn } from "./called";
import { go } from "./router";

const CODE_SIGNS = 6;

export function codeOf(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, CODE_SIGNS);
}

export function CodeForm() {
  const [code, setCode] = useState("");
  return (
    <form
      class="stack tight"
      onSubmit={(event) => {
        event.preventDefault();
        if (code) go(`/j/${code}`);
      }}
    >
      <div class="enter">
        <Entry label={t("home.code")} value={code} onInput={(typed) => setCode(codeOf(typed))} code />
        <Button kind="primary" type="submit" large>
          {t("home.enter")}
        </Button>
      </div>
      <p class="small quiet">{t("home.code_hint")}</p>
    </form>
  );
}

/** Two people of one name share this device: their schools, or else their order, tell them apart. */
function backAs(seat: Seat, all: readonly Seat[]): string {
  if (seat.role === "observer" || seat.role === "screen") return t("home.back_screen");
  if (seat.role !== "person") return t("home.back_staff");
  return t("home.back_as", { name: calledOn(seat, all) });
}

function YourSeats() {
  const kept = seats().slice(0, 4);
  if (kept.length === 0) return null;
  return (
    <section class="stack tight" aria-labelledby="yours">
      <h3 id="yours">{t("home.yours")}</h3>
      <ul class="links">
        {kept.map((seat) => (
          <li key={seat.token}>
            <span>{seat.title ?? t("app.name")}</span>
            <Button onPress={() => go(addressOf(seat))}>{backAs(seat, kept)}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Home() {
  return (
    <Front>
      <div class="home">
        <div class="opening">
          <Motif />
          <h1>{t("home.title")}</h1>
          <p class="lead">{t("home.lead")}</p>
          <section class="stack" aria-label={t("home.have_code")}>
            <CodeForm />
            <Button kind="plain" onPress={() => go("/pin")}>
              {t("home.by_pin")}
            </Button>
          </section>
          <YourSeats />
        </div>
        <div class="side">
          <CreateForm onCreated={showCreated} />
        </div>
      </div>
    </Front>
  );
}
