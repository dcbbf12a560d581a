/** A participant's screen as they have it, on which nobody can press anything; what is theirs alone is covered. */

import { signal } from "@preact/signals";
import { Component, type ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { type Mask, MaskContext } from "../../documents/mask";
import { SessionContext } from "../../session/context";
import type { Session } from "../../session/session";
import { Beginning } from "../../shell/between";
import { BottomNav } from "../../shell/bottom";
import { Now } from "../../shell/now";
import { TopBar } from "../../shell/top";
import { hereOf } from "../../state/day";
import type { Pack } from "../../state/path";
import { type Shown, spotOf } from "../../state/views";
import type { PersonShown, RoomShown } from "../../state/workshop";
import type { Seen } from "../../ui/parts";
import { Waiting } from "../../ui/parts";
import { useDesk } from "../desk";
import type { PagesShown } from "../shown";
import { w, wn } from "../words";
import "../../shell/participant.css";

interface Guarded {
  children: ComponentChildren;
  instead: ComponentChildren;
}

/** A screen that is shown in another place must never take the moderator's own down with it. */
class Guard extends Component<Guarded, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    console.info("this screen cannot be shown to a visitor", error);
    this.setState({ failed: true });
  }

  override render() {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}

/** What came through a lens, under the names that it has on the person's own screen. What a group shares wins over it. */
export function asOn(person: string): (all: ReadonlyMap<string, Shown>) => ReadonlyMap<string, Shown> {
  return (all) => {
    const found = new Map<string, Shown>();
    for (const shown of all.values()) {
      const [kind, id = ""] = shown.audience.split(/:(.*)/s);
      const spot = spotOf(`group:${id}`, shown.part);
      if (kind === "room" || kind === "group") found.set(spotOf(shown.audience, shown.part), shown);
      else if (kind === "look" && !all.has(spot)) found.set(spot, { ...shown, audience: `group:${id}` });
      else if (kind === "as" && id === person) {
        const audience = `person:${id}`;
        found.set(spotOf(audience, shown.part), { ...shown, audience });
      }
    }
    return found;
  };
}

const OWN: readonly Seen[] = ["me", "moderator_state"];

function useMaskFor(person: string, shared: string | null): Mask {
  const desk = useDesk();
  return (page, seen) => {
    const owner = page.split("/").at(-1) ?? "";
    if (owner === shared) return null;
    const pages = desk.session.views.moderators<PagesShown>("~pages")?.body.pages ?? [];
    const words = pages.find(([name]) => name === page)?.[1] ?? 0;
    const whose = seen.every((one) => OWN.includes(one))
      ? w("mask.me", { name: desk.name(person) })
      : w("mask.group", { name: desk.name(person) });
    return words > 0 ? `${whose} ${wn("board.words", words)}.` : whose;
  };
}

function Screen({ session, words }: { session: Session; words: Pack }) {
  const room = session.views.room<RoomShown>("")?.body;
  const mine = session.views.mine<PersonShown>("")?.body;
  if (!room || !mine) return <Waiting title={w("look.waiting")} />;
  const here = hereOf(session.views, words);
  return (
    <div class="participant">
      <TopBar session={session} words={words} />
      <div class="as-main">
        {here ? (
          <Now session={session} here={here} me={mine.me.id} key={here.shown.id} />
        ) : (
          <Beginning session={session} room={room} words={words} />
        )}
      </div>
      <BottomNav session={session} sight={signal("now")} onHelp={() => undefined} />
    </div>
  );
}

/** `shared` is the group of this person that has asked the moderator in: what it writes is shown. */
export function Mirror({ person, shared }: { person: string; shared: string | null }) {
  const desk = useDesk();
  const words = desk.pack.value;
  const session = useMemo(
    () => desk.session.shownAs(desk.session.views.through(asOn(person)), { state: "ready" }),
    [desk, person],
  );
  const mask = useMaskFor(person, shared);
  const at = desk.room.value;
  const instead = <p class="quiet">{w("look.not_here")}</p>;
  if (!words) return null;
  return (
    <div class="mirror as-phone" inert aria-label={w("look.as", { name: desk.name(person) })}>
      <SessionContext.Provider value={session}>
        <MaskContext.Provider value={mask}>
          <Guard instead={instead} key={`${person}/${at?.at ?? ""}/${at?.step ?? 0}`}>
            <Screen session={session} words={words} />
          </Guard>
        </MaskContext.Provider>
      </SessionContext.Provider>
    </div>
  );
}
