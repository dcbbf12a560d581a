/** A participant's screen: where am I, what do I do now, is it safe. */

import { signal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { FaceProps } from "../console";
import { isKey, t } from "../locales";
import { SessionContext } from "../session/context";
import { DEVICE, type Session } from "../session/session";
import { type Here, hereOf, type PhaseHere } from "../state/day";
import { type Pack, pack } from "../state/path";
import type { PersonShown, RoomShown } from "../state/workshop";
import { announce, say } from "../ui/announcer";
import { Waiting } from "../ui/parts";
import { Beginning } from "./between";
import { BottomBar } from "./bottom";
import { Closed } from "./closed";
import { MyDay } from "./day";
import { Reason } from "./endings";
import { Front } from "./front";
import { Messages } from "./messages";
import { CompanyNotice, MovedSheet, useCompany, useSteady } from "./moved";
import { Now } from "./now";
import { seatAt, useSeated } from "./seated";
import { TopBar } from "./top";
import "./participant.css";

export type Sight = "now" | "day";
const sight = signal<Sight>("now");
const ARRIVES_WITHIN_MS = 8_000;
const HEADING_AFTER_MS = 150;
const WRITING_MS = 20_000;

/** When this person last typed: who is taken on in the middle of a sentence hears where the sentence is. */
function useTyping(): { current: number } {
  const typed_ms = useRef(0);
  useEffect(() => {
    const look = (): void => void (typed_ms.current = Date.now());
    addEventListener("input", look, { capture: true, passive: true });
    return () => removeEventListener("input", look, { capture: true });
  }, []);
  return typed_ms;
}

function useKept(here: Here | null): void {
  const typed_ms = useTyping();
  const before = useRef<PhaseHere | null>(null);
  const phase = here?.shown.id;
  useEffect(() => {
    const left = before.current;
    before.current = here;
    if (!left || left.shown.id === phase || Date.now() - typed_ms.current > WRITING_MS) return;
    say(t("moved.kept", { phase: left.words.title }));
  }, [phase]);
}

const isTyping = (): boolean =>
  document.activeElement?.matches("input, textarea, select, [contenteditable], dialog *") ?? false;

/** Whoever hears the page hears that the room went on, and lands on the new prompt, unless they are in the middle of a word. */
function useArrivals(here: Here | null): void {
  const before = useRef<string | null>(null);
  const moment = here ? `${here.shown.id}/${here.stepAt}/${here.open}` : "";
  useEffect(() => {
    const known = before.current;
    before.current = moment;
    if (!here || known === moment) return undefined;
    // Whoever has just come in lands on the prompt too, but nothing has moved that would have to be said.
    if (known !== null) announce(`${here.words.title}. ${here.step.title}`);
    if (isTyping()) return undefined;
    // The new activity may still be on its way from the network when the room is already there.
    const landing = setTimeout(() => {
      // Somebody who began to write meanwhile would lose the rest of the word to the heading.
      if (!isTyping()) document.querySelector<HTMLElement>("main h1")?.focus();
    }, HEADING_AFTER_MS);
    // The heading that was there may be the one that asks to wait; its successor takes over what it had.
    const successors = new MutationObserver(() => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>("main h1")?.focus();
    });
    const arriving = setTimeout(() => {
      const main = document.querySelector("main");
      if (main) successors.observe(main, { childList: true, subtree: true });
    }, HEADING_AFTER_MS);
    const arrived = setTimeout(() => successors.disconnect(), ARRIVES_WITHIN_MS);
    window.scrollTo({ top: 0 });
    return () => {
      for (const timer of [landing, arriving, arrived]) clearTimeout(timer);
      successors.disconnect();
    };
  }, [moment]);
}

function Middle({ session, words }: { session: Session; words: Pack }) {
  const { views } = session;
  const room = views.room<RoomShown>("")?.body;
  const mine = views.mine<PersonShown>("")?.body;
  const here = hereOf(views, words);
  const company = useCompany(session, here);
  useArrivals(here);
  useKept(here);
  useSteady();
  if (!room || !mine) return <Waiting title={t("wait.views")} />;
  if (room.life === "erased") return <Reason code="erased" />;
  if (sight.value === "day") return <MyDay session={session} room={room} words={words} me={mine.me.id} />;
  if (room.life === "closed") return <Closed sight={sight} room={room} />;
  if (!here && room.at) return <Waiting title={t("wait.views")} />;
  if (!here) return <Beginning session={session} room={room} words={words} />;
  return (
    <>
      <CompanyNotice session={session} company={company} me={mine.me.id} />
      <Now session={company.session} here={company.here ?? here} me={mine.me.id} />
      <MovedSheet session={session} company={company} me={mine.me.id} />
    </>
  );
}

/** What was refused is said once, in words; the person's text is never touched by it. */
function useRefusals(session: Session): void {
  const { value } = session.refusals;
  useEffect(() => {
    const last = value.at(-1);
    if (!last) return;
    const key = `refused.${last.code}`;
    say(isKey(key) ? t(key) : t("refused.other", { code: last.code }));
  }, [value]);
}

function Seated({ session }: { session: Session }) {
  const words = pack.value;
  useRefusals(session);
  const ended = session.connection.ended.value;
  if (ended) {
    return (
      <Front>
        <Reason code={ended.code} detail={ended.detail ?? ""} />
      </Front>
    );
  }
  return (
    <div class="participant" data-device={DEVICE}>
      <TopBar session={session} words={words} />
      <main id="content" tabIndex={-1}>
        <Messages session={session} />
        {words ? <Middle session={session} words={words} /> : <Waiting title={t("wait.views")} />}
      </main>
      <BottomBar session={session} sight={sight} />
    </div>
  );
}

export function Participant({ workshop, token }: FaceProps) {
  const seat = useMemo(() => seatAt(workshop, token), [workshop, token]);
  const session = useSeated(seat);
  if (!seat) {
    return (
      <Front>
        <Reason code="unknown_seat" />
      </Front>
    );
  }
  if (!session) return null;
  return (
    <SessionContext.Provider value={session}>
      <Seated session={session} />
    </SessionContext.Provider>
  );
}
