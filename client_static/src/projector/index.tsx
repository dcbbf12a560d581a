/** The projector: a read-only client of its own, one message at a time, readable from the last row. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FaceProps } from "../console";
import { seatFor, WATCHING } from "../console/seat";
import { following } from "../console/plan/plan";
import { w, wn } from "../console/words";
import { t } from "../locales";
import type { Session } from "../session/session";
import { Reason } from "../shell/endings";
import { Front } from "../shell/front";
import { useSeated } from "../shell/seated";
import { phaseOf } from "../state/day";
import { type Pack, pack, type Step } from "../state/path";
import type { RoomShown } from "../state/workshop";
import { Waiting } from "../ui/parts";
import { Break, Closed, Instruction, Join, LargeClock, Message } from "./parts";
import { type ScreenModule, screenOf } from "./registry";
import { Tables } from "./tables";
import { freshMessage, type ScreenShown, type Showing, showingOf } from "./showing";
import "./projector.css";

const TICK_MS = 1_000;

/** j: how to join · t: tables · i: instruction · n: the number of people · Escape: by itself again. */
const KEYS: Readonly<Record<string, Showing | "counter" | "auto">> = {
  j: "join",
  t: "tables",
  i: "instruction",
  n: "counter",
  Escape: "auto",
};

function useNow(session: Session): number {
  const now = useSignal(session.clock.now());
  useEffect(() => {
    const ticking = setInterval(() => (now.value = session.clock.now()), TICK_MS);
    return () => clearInterval(ticking);
  }, [session, now]);
  return now.value;
}

function useResults(activity: string): ScreenModule | null {
  const [module, setModule] = useState<ScreenModule | null>(null);
  useEffect(() => {
    let gone = false;
    setModule(null);
    screenOf(activity)?.().then(
      (loaded) => gone || setModule(loaded),
      (error: unknown) => console.info("the results are shown by the participants' screens only", error),
    );
    return () => {
      gone = true;
    };
  }, [activity]);
  return module;
}

/** When this moment (step and tables) came to this screen; 0 if it was there when the screen was opened. */
function useSince(moment: string, now_ms: number): number {
  const held = useRef({ moment, since_ms: 0 });
  if (held.current.moment !== moment) held.current = { moment, since_ms: now_ms };
  return held.current.since_ms;
}

interface PictureProps {
  session: Session;
  room: RoomShown;
  screen: ScreenShown;
  words: Pack;
}

function useChosen(moment: string): { chosen: Showing | null; counter: boolean } {
  const chosen = useSignal<{ showing: Showing; moment: string } | null>(null);
  const counter = useSignal(!new URLSearchParams(location.search).has("nocounter"));
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const wanted = KEYS[event.key];
      if (wanted === "counter") counter.value = !counter.value;
      else if (wanted === "auto") chosen.value = null;
      else if (wanted) chosen.value = { showing: wanted, moment };
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [moment, chosen, counter]);
  const holds = chosen.value?.moment === moment;
  return { chosen: holds ? (chosen.value?.showing ?? null) : null, counter: counter.value };
}

function Picture({ session, room, screen, words }: PictureProps) {
  const now_ms = useNow(session);
  const shown = room.phases.find((one) => one.id === room.at);
  const phase = shown ? phaseOf(shown, words) : null;
  const step: Step | undefined = phase?.steps[Math.min(room.step ?? 0, phase.steps.length - 1)];
  const tables = screen.tables ?? [];
  const moment = JSON.stringify([room.at, room.step, tables]);
  const since_ms = useSince(moment, now_ms);
  const { chosen, counter } = useChosen(`${room.at}/${room.step ?? 0}`);
  const part = room.at ?? "";
  const body = session.views.screen<{ kind?: string }>(part)?.body;
  const results = useResults(shown?.activity ?? "");
  const kind = shown?.activity === "talk" ? (body?.kind ?? "") : "";
  const showing = showingOf({ room, screen, activity: shown?.activity ?? "", kind, now_ms, since_ms, chosen });
  const timer = room.timer ?? null;
  const reveal = results && body && step && (results.reveals?.(body, step) ?? true);
  const corner = showing !== "join" && showing !== "closed";
  const content = (() => {
    switch (showing) {
      case "closed":
        return <Closed />;
      case "join":
        return <Join screen={screen} counter={counter} title={room.title} />;
      case "message": {
        const id = freshMessage(room, now_ms) ?? "";
        return <Message words={Object.values(session.views.room("")?.texts[id] ?? {}).join("\n")} />;
      }
      case "break": {
        const next = following(room.phases, room.at);
        const title = phase?.words.title ?? w("screen.break");
        return (
          <Break session={session} timer={timer} title={title} next={(next && words.phases[next.spec]?.title) ?? ""} />
        );
      }
      case "tables":
      case "instruction":
        if (showing === "tables" && tables.length > 0) {
          return <Tables session={session} tables={tables} timer={timer} title={step?.title ?? ""} />;
        }
        if (reveal && phase) {
          const Results = results.default;
          return (
            <div class="s-results">
              <header>
                <h1>{step.title}</h1>
                {timer && <LargeClock timer={timer} session={session} />}
              </header>
              <Results session={session} phase={part} room={room} words={phase.words} step={step} body={body} />
            </div>
          );
        }
        return (
          <Instruction
            session={session}
            timer={timer}
            phase={phase?.words.short ?? ""}
            title={step?.title ?? room.title}
            prompt={step?.prompt?.trim() ?? ""}
          />
        );
    }
  })();
  return (
    <>
      <main class="s-main" id="content" tabIndex={-1} data-showing={showing}>
        {content}
      </main>
      {corner && (
        <footer class="s-corner numerals">
          <span class="s-corner-code">{screen.code}</span>
          {counter && <span>{wn("screen.here", screen.joined)}</span>}
        </footer>
      )}
    </>
  );
}

function Seated({ session }: { session: Session }) {
  const words = pack.value;
  const room = session.views.room<RoomShown>("")?.body;
  const screen = session.views.screen<ScreenShown>("")?.body;
  const ended = session.connection.ended.value;
  if (ended) {
    return (
      <Front>
        <Reason code={ended.code} detail={ended.detail ?? ""} />
      </Front>
    );
  }
  const away = ["offline", "away"].includes(session.connection.link.value);
  return (
    <div class="projector">
      {room && screen && words ? (
        <Picture session={session} room={room} screen={screen} words={words} />
      ) : (
        <Waiting title={t("app.loading")} />
      )}
      {away && <p class="s-away">{w("screen.away")}</p>}
    </div>
  );
}

export function Projector({ workshop, token }: FaceProps) {
  const seat = useMemo(() => seatFor(workshop, token, WATCHING), [workshop, token]);
  const session = useSeated(seat);
  if (!seat) {
    return (
      <Front>
        <Reason code="unknown_seat" />
      </Front>
    );
  }
  return session && <Seated session={session} />;
}
