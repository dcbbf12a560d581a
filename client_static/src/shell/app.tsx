/** Which page this is, and the little that surrounds every page. */

import { lazy, Suspense } from "preact/compat";
import { useEffect } from "preact/hooks";
import { t } from "../locales";
import { Announcer } from "../ui/announcer";
import { Waiting } from "../ui/parts";
import { ReadyPage } from "./created";
import { NotFound } from "./endings";
import { Front } from "./front";
import { Home } from "./home";
import { JoinPage } from "./join";
import { type Place, place } from "./router";
import { PinPage, SeatPage } from "./seat";

const Participant = lazy(() => import("./participant").then((module) => ({ default: module.Participant })));
const Console = lazy(() => import("../console").then((module) => ({ default: module.Console })));
const SpacePage = lazy(() => import("./space").then((module) => ({ default: module.SpacePage })));
const Projector = lazy(() => import("../projector").then((module) => ({ default: module.Projector })));

function Page({ here }: { here: Place }) {
  switch (here.page) {
    case "home":
      return <Home />;
    case "ready":
      return <ReadyPage />;
    case "join":
      return <JoinPage key={here.code} code={here.code} />;
    case "seat":
      return <SeatPage token={here.token} />;
    case "pin":
      return <PinPage code={here.code} />;
    case "workshop": {
      const Face = { participant: Participant, console: Console, screen: Projector }[here.face];
      return <Face key={here.workshop} workshop={here.workshop} token={here.token} />;
    }
    case "space":
      return <SpacePage key={`${here.workshop}/${here.group}`} workshop={here.workshop} group={here.group} />;
    case "nowhere":
      return (
        <Front>
          <NotFound />
        </Front>
      );
  }
}

export function App() {
  const here = place.value;
  useEffect(() => {
    // Whoever hears the page hears the new page's heading, as whoever sees it sees it.
    if (here.page !== "home") document.querySelector<HTMLElement>("h1")?.focus();
  }, [here.page]);
  const wait = (
    <Front>
      <div class="narrow">
        <Waiting title={t("app.loading")} />
      </div>
    </Front>
  );
  return (
    <>
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          // The fragment is for secrets: following the link would read "content" as one.
          event.preventDefault();
          document.getElementById("content")?.focus();
        }}
      >
        {t("app.skip")}
      </a>
      <Suspense fallback={wait}>
        <Page here={here} />
      </Suspense>
      <Announcer />
    </>
  );
}
