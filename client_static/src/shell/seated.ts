/** From an address to a working seat: the token is taken out of the bar, the session opened, the path's words fetched. */

import { useEffect, useState } from "preact/hooks";
import { pagesOf } from "../documents/pages";
import { language } from "../locales";
import { type Drawer, openDrawer } from "../session/drawer";
import { keptHere } from "../session/kept";
import { endedSeatOf, keepSeat, keyOf, peopleOf, type Seat, seatsOf } from "../session/seats";
import { Session } from "../session/session";
import { type Pack, pack } from "../state/path";
import { Views } from "../state/views";
import { texts } from "./api";
import { hideSecret } from "./router";

let drawer: Promise<Drawer> | undefined;

const IN_THIS_TAB = "bc-seat";

/** Two tabs of one device may hold two seats: a reload gives each tab its own back. */
function rememberedHere(workshop: string): string | null {
  return keptHere.getItem(`${IN_THIS_TAB}/${workshop}`);
}

export function rememberHere(seat: Seat): void {
  keptHere.setItem(`${IN_THIS_TAB}/${seat.workshop}`, seat.token);
}

/** The people of a workshop who have a seat on this device: this tab's first, then whoever used it last. */
export function peopleHere(workshop: string): Seat[] {
  const here = rememberedHere(workshop);
  return peopleOf(workshop).sort((one, other) => Number(other.token === here) - Number(one.token === here));
}

/** These seats, first those to which the views that this device kept of them show what is looked for. */
export async function keptFirst(seats: readonly Seat[], shows: (views: Views) => boolean): Promise<Seat[]> {
  const held = await (drawer ??= openDrawer());
  const kept = await Promise.all(
    seats.map(async (seat) => {
      const views = new Views(held, keyOf(seat));
      await views.recover();
      return { seat, first: shows(views) };
    }),
  );
  return kept.sort((one, other) => Number(other.first) - Number(one.first)).map(({ seat }) => seat);
}

/** The seat of this address: the one in its fragment, else this tab's, else the one that this device used last. */
export function seatAt(workshop: string, token: string): Seat | null {
  if (token) {
    const known = seatsOf(workshop).find((seat) => seat.token === token);
    const seat: Seat = known ?? { workshop, token, role: "person" };
    keepSeat(seat);
    rememberHere(seat);
    hideSecret();
    return seat;
  }
  const held = seatsOf(workshop);
  const here = rememberedHere(workshop);
  return held.find((seat) => seat.token === here) ?? held[0] ?? endedSeatOf(workshop) ?? null;
}

async function words(seat: Seat, name: string, spoken: string, held: Drawer): Promise<void> {
  const key = `${seat.workshop}/pack/${spoken}`;
  const [kept] = await held.all(key);
  // Offline the kept words are shown at once; the same name means the same words, so they need not be fetched again.
  const record = kept?.[1] as { name: string; pack: Pack } | undefined;
  if (record && (record.name === name || pack.peek() === null)) pack.value = record.pack;
  if (!name || record?.name === name) return;
  const fresh = await texts<Pack>(seat.workshop, name, spoken, seat.token);
  pack.value = fresh;
  await held.put(key, { name, pack: fresh });
}

/** One session per seat, stopped when the screen goes. Null until the device's drawer is open. */
export function useSeated(seat: Seat | null): Session | null {
  const [session, setSession] = useState<Session | null>(null);
  useEffect(() => {
    if (!seat) return undefined;
    let gone = false;
    let opened: Session | null = null;
    drawer ??= openDrawer();
    void drawer.then((held) => {
      if (gone) return;
      opened = new Session(seat, held);
      // Words that an earlier load left unsent are sent whatever screen comes first.
      pagesOf(opened);
      void opened.start();
      setSession(opened);
    });
    return () => {
      gone = true;
      opened?.stop();
      setSession(null);
    };
  }, [seat]);
  const name = session?.welcome.value?.pack ?? "";
  const spoken = language.value;
  useEffect(() => {
    if (!session) return;
    const failed = (error: unknown): void => console.info("the path's words come with the next connection", error);
    words(session.seat, name, spoken, session.drawer).catch(failed);
  }, [session, name, spoken]);
  return session;
}
