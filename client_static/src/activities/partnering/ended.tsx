/** A proposal that ends without a partnership is told to whoever had it before their eyes; never who let it go. */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { listed } from "../../locales";
import type { ProposalCard } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { nameOf } from "../../state/day";
import { announce } from "../../ui/announcer";
import { Button } from "../../ui/parts";
import { sidesOf } from "./sides";
import type { PartneringProps } from "./wishes";
import { p } from "./words";
import "./partnering.css";

/** The open proposals that this device has shown, by their number: each with whom it was. */
type Asked = Record<string, { units: readonly string[]; names: string }>;

const place = (session: Session, phase: string): string => `${session.key}/asked/${phase}`;

function shownBefore(session: Session, phase: string): Asked {
  const kept = sessionStorage.getItem(place(session, phase));
  return kept ? (JSON.parse(kept) as Asked) : {};
}

/** With whom proposals have ended that were open when this device last showed them, and that came to nothing. */
export function endedWith(before: Asked, mine: PartneringProps["mine"]): string[] {
  const open = new Set((mine.proposals ?? []).map((card) => card.proposal));
  const partners = new Set(mine.partnership?.units ?? []);
  return Object.entries(before)
    .filter(([proposal, { units }]) => !open.has(proposal) && !units.every((unit) => partners.has(unit)))
    .map(([, { names }]) => names);
}

function useEnded(props: PartneringProps): Signal<string> {
  const { session, phase, mine } = props;
  const ended = useSignal("");
  const namesOf = (card: ProposalCard): string =>
    listed(sidesOf(card.units, card.people, (one) => nameOf(session.views, one), listed).map((side) => side.label));
  const cards = mine.proposals ?? [];
  const open = cards.map((card) => card.proposal).join();
  useEffect(() => {
    const gone = endedWith(shownBefore(session, phase), mine);
    const now: Asked = Object.fromEntries(
      cards.map((card) => [card.proposal, { units: card.units, names: namesOf(card) }]),
    );
    sessionStorage.setItem(place(session, phase), JSON.stringify(now));
    if (gone.length > 0) ended.value = listed(gone);
    else if (cards.length > 0) ended.value = "";
  }, [session, phase, open, mine.partnership?.partnership]);
  return ended;
}

export function Ended(props: PartneringProps) {
  const ended = useEnded(props);
  const words = ended.value && p("ended.with", { names: ended.value });
  useEffect(() => {
    if (words) announce(words);
  }, [words]);
  if (!words) return null;
  return (
    <div class="partnering">
      <div class="notice row has-ended" role="status">
        <span>
          <strong>{words}</strong> {p("ended.do")}
        </span>
        <Button kind="plain" onPress={() => (ended.value = "")}>
          {p("ended.ok")}
        </Button>
      </div>
    </div>
  );
}
