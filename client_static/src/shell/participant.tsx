/** A participant's screen: where am I, what do I do now, is it safe. */

import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { lazy, Suspense } from "preact/compat";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Space } from "../activities/spaces";
import type { FaceProps } from "../console";
import { isKey, t } from "../locales";
import { DEVICE, type Session } from "../session/session";
import { type Here, hereOf, path, type PhaseHere } from "../state/day";
import { type Pack, pack } from "../state/path";
import { type Sight, sight, spaceIn, useKeptSight } from "../state/sight";
import type { PersonShown, RoomShown } from "../state/workshop";
import { isWriting } from "../state/typing";
import { say } from "../ui/announcer";
import { useLayer } from "../ui/layers";
import { Waiting } from "../ui/parts";
import { useArrivals } from "./arrivals";
import { useAway } from "./away";
import { Beginning } from "./between";
import { BottomBar } from "./bottom";
import { Closed } from "./closed";
import { MyDay } from "./day";
import { Entered } from "./entered";
import { Reason } from "./endings";
import { FollowUp } from "./follow_up";
import { Front } from "./front";
import { Handovers } from "./handovers";
import { Left } from "./left";
import { Messages } from "./messages";
import { Missed } from "./missed";
import { CompanyNotice, MovedSheet, useCompany, useSteady } from "./moved";
import { Now } from "./now";
import { seatAt } from "./seated";
import { GoAlong, type Stay, useStay } from "./stay";
import { TopBar } from "./top";
import "./participant.css";

/** Hardly anybody ever needs it. */
const Drafts = lazy(() => import("./drafts").then((module) => ({ default: module.Drafts })));

/** Who is taken out of a phase in the middle of a sentence hears where the sentence is. */
function useKept(here: Here | null): void {
  const before = useRef<PhaseHere | null>(null);
  const moment = here ? `${here.shown.id}/${here.open}` : "";
  useEffect(() => {
    const left = before.current;
    before.current = here;
    const gone = left?.open && (left.shown.id !== here?.shown.id || !here.open);
    if (gone && sight.peek() === "now" && isWriting()) say(t("moved.kept", { phase: left.words.title }));
  }, [moment]);
}

/** Whoever comes back from elsewhere stands where they left; my day, and what was missed, begin at their top. */
function keepPlace(looking: Signal<Sight>): () => void {
  let left = 0;
  let before = looking.peek();
  return looking.subscribe((now) => {
    if (now === before) return;
    if (before === "now") left = scrollY;
    before = now;
    const to = now === "now" ? left : 0;
    requestAnimationFrame(() => requestAnimationFrame(() => scrollTo(0, to)));
  });
}

/** The phase that somebody makes up for; the room may have come to it meanwhile. */
function missedIn(now: Sight, room: RoomShown, words: Pack): PhaseHere | null {
  if (typeof now === "string" || !("missed" in now) || now.missed === room.at) return null;
  return path(room, words).find((one) => one.shown.id === now.missed) ?? null;
}

/** Back from a space that was opened in my day leads there. */
const isOverMyDay = (now: Sight): boolean => typeof now === "object" && "from" in now && now.from === "day";

function Middle({ session, words, stay }: { session: Session; words: Pack; stay: Stay }) {
  const { views } = session;
  const room = views.room<RoomShown>("")?.body;
  const mine = views.mine<PersonShown>("")?.body;
  const { here } = stay;
  const company = useCompany(session, here);
  useSteady();
  const entered = useSignal(false);
  const away_ms = useAway(session, here?.shown.id ?? "");
  const space = spaceIn(sight.value);
  useLayer(sight.value !== "now", () => (sight.value = "now"));
  useLayer(isOverMyDay(sight.value), () => (sight.value = "day"));
  useEffect(() => keepPlace(sight), []);
  if (!room || !mine) return <Waiting title={t("wait.views")} />;
  if (room.life === "erased") return <Reason code="erased" />;
  if (sight.value === "day") return <MyDay session={session} room={room} words={words} me={mine.me.id} />;
  if (space) return <Space session={session} group={space} me={mine.me.id} />;
  if (room.life === "closed") return <Closed session={session} sight={sight} room={room} />;
  if (mine.me.state === "left") return <Left session={session} room={room} me={mine.me.id} />;
  const missed = missedIn(sight.value, room, words);
  if (missed) return <Missed session={session} phase={missed} me={mine.me.id} />;
  if (!here && room.at) return <Waiting title={t("wait.views")} />;
  if (room.life === "follow_up" && !here?.shown.between && !entered.value) {
    const enter = (): void => void (entered.value = true);
    return <FollowUp session={session} room={room} words={words} here={here} sight={sight} onEnter={enter} />;
  }
  if (!here) return <Beginning session={session} room={room} words={words} />;
  return (
    <>
      <CompanyNotice session={session} company={company} me={mine.me.id} />
      <Now session={company.session} here={company.here ?? here} me={mine.me.id} away_ms={away_ms} />
      <MovedSheet session={session} company={company} me={mine.me.id} />
    </>
  );
}

/** What sticks to the top covers what is scrolled under it: the page knows how much, and keeps the focus clear of it. */
function useHead(): RefObject<HTMLDivElement | null> {
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = head;
    if (!current) return undefined;
    const { style } = document.documentElement;
    const measure = new ResizeObserver(() => style.setProperty("--head", `${current.offsetHeight}px`));
    measure.observe(current);
    return () => {
      measure.disconnect();
      style.removeProperty("--head");
    };
  }, []);
  return head;
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

/** In place and in "my day" alike: whoever wrote it must not have to look for it. */
function KeptHere({ session }: { session: Session }) {
  if (session.drafts.value === 0) return null;
  return (
    <Suspense fallback={null}>
      <Drafts session={session} />
    </Suspense>
  );
}

function Seated({ session }: { session: Session }) {
  const words = pack.value;
  const here = words ? hereOf(session.views, words) : null;
  const looking = sight.value === "now";
  const stay = useStay(here, looking);
  const head = useHead();
  useKeptSight(`${session.seat.workshop}/${session.seat.id ?? ""}`);
  useArrivals(here, looking);
  useKept(here);
  useRefusals(session);
  const ended = session.connection.ended.value;
  if (ended) {
    return (
      <Front>
        <Reason code={ended.code} detail={ended.detail ?? ""} />
        <KeptHere session={session} />
      </Front>
    );
  }
  return (
    <div class="participant" data-device={DEVICE}>
      <div class="head no-print" ref={head}>
        <TopBar session={session} words={words} />
        <Messages session={session} />
        <Handovers session={session} />
        <GoAlong stay={stay} />
      </div>
      <main id="content" tabIndex={-1} data-at={stay.here ? `${stay.here.shown.id}/${stay.here.step.id}` : ""}>
        <KeptHere session={session} />
        {words ? <Middle session={session} words={words} stay={stay} /> : <Waiting title={t("wait.views")} />}
      </main>
      <BottomBar session={session} sight={sight} />
    </div>
  );
}

export function Participant({ workshop, token }: FaceProps) {
  const seat = useMemo(() => seatAt(workshop, token), [workshop, token]);
  return <Entered seat={seat}>{(session) => <Seated session={session} />}</Entered>;
}
