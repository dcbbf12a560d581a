/** The projector: a read-only client of its own, one message at a time, readable from the last row. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { FaceProps } from "../console";
import { seatFor, WATCHING } from "../console/seat";
import { following } from "../console/plan/plan";
import { w, wn } from "../console/words";
import { t } from "../locales";
import type { Session } from "../session/session";
import { Entered } from "../shell/entered";
import { Reason } from "../shell/endings";
import { Front } from "../shell/front";
import { phaseOf } from "../state/day";
import { type Pack, pack, type Step } from "../state/path";
import type { RoomShown } from "../state/workshop";
import { Waiting } from "../ui/parts";
import { Break, Closed, Instruction, Join, LargeClock, Message } from "./parts";
import { type ScreenModule, screenOf } from "./registry";
import { Tables } from "./tables";
import { clockOf, type Finding, findingOf, freshMessage, type ScreenShown, type Showing, showingOf } from "./showing";
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

/** The newest message that was there before the room came to this step: not by clocks, which differ. */
function useHeard(room: RoomShown, moment: string): number {
  const held = useRef({ moment, heard_ms: 0 });
  if (held.current.moment !== moment) held.current = { moment, heard_ms: room.messages?.at(-1)?.at_ms ?? 0 };
  return held.current.heard_ms;
}

/** Since when people look for their tables. */
function useFinding(screen: ScreenShown, now_ms: number): number | null {
  const held = useRef<{ seen: ScreenShown; finding: Finding } | null>(null);
  const { current } = held;
  if (current?.seen !== screen) {
    held.current = { seen: screen, finding: findingOf(current?.finding ?? null, screen, now_ms) };
  }
  return held.current?.finding.since_ms ?? null;
}

interface PictureProps {
  session: Session;
  room: RoomShown;
  screen: ScreenShown;
  words: Pack;
}

interface Chosen {
  chosen: Showing | null;
  chosen_ms: number;
  counter: boolean;
}

function useChosen(session: Session, moment: string): Chosen {
  const chosen = useSignal<{ showing: Showing; moment: string; at_ms: number } | null>(null);
  const counter = useSignal(!new URLSearchParams(location.search).has("nocounter"));
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const wanted = KEYS[event.key];
      if (wanted === "counter") counter.value = !counter.value;
      else if (wanted === "auto") chosen.value = null;
      else if (wanted) chosen.value = { showing: wanted, moment, at_ms: session.clock.now() };
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [session, moment, chosen, counter]);
  const holds = chosen.value?.moment === moment;
  const held = holds ? chosen.value : null;
  return { chosen: held?.showing ?? null, chosen_ms: held?.at_ms ?? 0, counter: counter.value };
}

function Picture({ session, room, screen, words }: PictureProps) {
  const now_ms = useNow(session);
  const shown = room.phases.find((one) => one.id === room.at);
  const phase = shown ? phaseOf(shown, words) : null;
  const step: Step | undefined = phase?.steps[Math.min(room.step ?? 0, phase.steps.length - 1)];
  const tables = screen.tables ?? [];
  const moment = `${room.at}/${room.step ?? 0}`;
  const heard_ms = useHeard(room, moment);
  const since_ms = useFinding(screen, now_ms);
  const { chosen, chosen_ms, counter } = useChosen(session, moment);
  const part = room.at ?? "";
  const body = session.views.screen<{ kind?: string }>(part)?.body;
  const results = useResults(shown?.activity ?? "");
  const kind = shown?.activity === "talk" ? (body?.kind ?? "") : "";
  const activity = shown?.activity ?? "";
  const showing = showingOf({ room, screen, activity, kind, now_ms, heard_ms, since_ms, chosen, chosen_ms });
  const message = freshMessage(room, now_ms);
  const said = Object.values((message && session.views.room("")?.texts[message.text]) ?? {}).join("\n");
  const timer = clockOf(room);
  const reveal = results && body && step && (results.reveals?.(body, step) ?? true);
  const corner = showing !== "join" && showing !== "closed";
  const content = (() => {
    switch (showing) {
      case "closed":
        return <Closed goesOn={room.life === "follow_up"} />;
      case "join":
        return <Join screen={screen} counter={counter} title={room.title} />;
      case "message":
        return <Message words={said} />;
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
      {said && showing !== "message" && showing !== "closed" && (
        <p class="s-aside" role="status">
          <strong>{w("screen.from_moderator")}</strong> {said}
        </p>
      )}
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
  return <Entered seat={seat}>{(session) => <Seated session={session} />}</Entered>;
}
