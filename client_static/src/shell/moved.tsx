/** Another table, or other people at mine: said with the reason, and without taking a key from whoever writes. */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../locales";
import type { Session } from "../session/session";
import type { Here } from "../state/day";
import { isInText } from "../state/typing";
import { type Shown, spotOf } from "../state/views";
import type { GroupShown } from "../state/workshop";
import { announce } from "../ui/announcer";
import { Button } from "../ui/parts";
import { Sheet } from "../ui/sheet";
import { called, type Change, changeOf, keepCopies } from "./company";
import { companions } from "./place";

/** Keeps the line that is being written where it is, whatever comes or goes above it. */
export function useSteady(): void {
  const field = isInText() ? document.activeElement : null;
  const top = field?.getBoundingClientRect().top ?? 0;
  useLayoutEffect(() => {
    if (field?.isConnected) window.scrollBy(0, field.getBoundingClientRect().top - top);
  });
}

interface Told extends Change {
  group: GroupShown;
  /** Told beside the page: the keys of whoever writes go on into the text. */
  beside: boolean;
}

interface Held {
  here: Here | null;
  session: Session;
}

export interface Company {
  /** What is on the screen: where this person is, or still the old table while they finish a sentence. */
  here: Here | null;
  session: Session;
  told: Signal<Told | null>;
  understood: () => void;
}

/** How long a place may be on its way, from one table to the next. */
const PASSING_MS = 1_500;

interface Seen {
  here: Here;
  group: GroupShown;
  views: readonly Shown[];
}

/** From one table to another; for a moment, while the next is on its way, to none. */
function isPassing(before: Seen, here: Here | null): boolean {
  if (!here || here.shown.id !== before.here.shown.id || here.stepAt !== before.here.stepAt) return false;
  return here.group ? here.group.id !== before.group.id : here.placeless;
}

/** The session with the views of a table that it no longer hears of. */
function withTable(session: Session, table: readonly Shown[]): Session {
  const kept = table.map((shown): [string, Shown] => [spotOf(shown.audience, shown.part), shown]);
  const views = session.views.through((all) => new Map([...kept, ...all]));
  return session.shownAs(views, session.mark.peek());
}

/** What is on the screen: the old table while its successor is on its way, or while a sentence is being finished. */
function useHeld(session: Session, here: Here | null, seen: { current: Seen | null }): Held & { release: () => void } {
  const held = useRef<(Held & { group: GroupShown }) | null>(null);
  const turned = useSignal(0);
  void turned.value;
  const before = seen.current;
  if (before && !held.current && isPassing(before, here) && (!here?.group || isInText())) {
    held.current = { here: before.here, session: withTable(session, before.views), group: before.group };
  }
  const { current } = held;
  if (current) {
    const elsewhere = !here || here.shown.id !== current.here?.shown.id || here.stepAt !== current.here.stepAt;
    const settled = here?.group && (here.group.id === current.group.id || !isInText());
    if (elsewhere || settled) held.current = null;
  }
  const holding = held.current?.group ?? null;
  const release = (): void => {
    if (!held.current) return;
    held.current = null;
    turned.value += 1;
  };
  useEffect(() => {
    if (!holding) return undefined;
    const unlessWriting = (): void => {
      if (!isInText()) release();
    };
    // The next field may be on its way: only when no text has the keys any more is the sentence over.
    const left = (): void => void setTimeout(unlessWriting, 0);
    addEventListener("focusout", left);
    const passing = setTimeout(unlessWriting, PASSING_MS);
    const stop = keepCopies(session, holding);
    return () => {
      removeEventListener("focusout", left);
      clearTimeout(passing);
      stop();
    };
  }, [holding, session]);
  return { here: held.current?.here ?? here, session: held.current?.session ?? session, release };
}

/** Follows who sits with this person. Whoever is moved in the middle of a sentence keeps the page until they leave it. */
export function useCompany(session: Session, here: Here | null): Company {
  const told = useSignal<Told | null>(null);
  const seen = useRef<Seen | null>(null);
  const held = useHeld(session, here, seen);
  const group = here?.group ?? null;
  useEffect(() => {
    const last = seen.current;
    if (!here || !group) return;
    const audience = `group:${group.id}`;
    const views = [...session.views.all.peek().values()].filter((shown) => shown.audience === audience);
    seen.current = { here, group, views };
    const change = last && changeOf(last.group, group, called(session));
    if (!last || !change) return;
    if (change.mine) keepCopies(session, last.group)();
    told.value = { ...change, group, beside: !change.mine || isInText() };
    announce(change.sentences.join(" "));
  }, [group, here, session, told]);
  const understood = (): void => {
    told.value = null;
    held.release();
  };
  return { here: held.here, session: held.session, told, understood };
}

function Sentences({ session, told, me }: { session: Session; told: Told; me: string }) {
  return (
    <>
      {told.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {told.mine && (
        <p class="lead">
          {t("between.table", { table: told.group.table })}.{" "}
          {t("moved.with", { names: companions(session, told.group, me) })}
        </p>
      )}
    </>
  );
}

interface NoticeProps {
  session: Session;
  company: Company;
  me: string;
}

/** Beside the page, for whoever stays, and for whoever is moved while they write. */
export function CompanyNotice({ session, company, me }: NoticeProps) {
  const told = company.told.value;
  const id = useId();
  useSteady();
  if (!told?.beside) return null;
  return (
    <section
      class="notice company"
      role={told.mine ? "dialog" : "status"}
      aria-labelledby={id}
      data-company={told.mine ? "me" : "others"}
    >
      <h2 id={id}>{t(told.mine ? "moved.title" : "moved.title_here")}</h2>
      <Sentences session={session} told={told} me={me} />
      {company.session !== session && <p>{t("moved.finish")}</p>}
      <Button onPress={company.understood}>{t("moved.ok")}</Button>
    </section>
  );
}

/** Over the page, for whoever is moved and does not write. */
export function MovedSheet({ session, company, me }: NoticeProps) {
  const told = company.told.value;
  const over = told !== null && !told.beside;
  return (
    <Sheet title={t("moved.title")} open={over} onClose={company.understood} calm>
      {over && <Sentences session={session} told={told} me={me} />}
      <Button kind="primary" large onPress={company.understood}>
        {t("moved.ok")}
      </Button>
    </Sheet>
  );
}
