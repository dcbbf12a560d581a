/** A proposal: who, why, where to meet; two taps decide, and a "not yet" stays between the person and the screen. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { dayOf, listed } from "../../locales";
import type { ProposalCard } from "../../protocol/generated";
import { nameOf } from "../../state/day";
import { announce } from "../../ui/announcer";
import { Clock } from "../../ui/clock";
import { Button, Motif, SeenBy } from "../../ui/parts";
import { Sheet } from "../../ui/sheet";
import { wish } from "../wish";
import { Facts } from "./facts";
import { type Side, sidesOf } from "./sides";
import type { PartneringProps } from "./wishes";
import { p, pn, whyNot } from "./words";

const FAR_MS = 60 * 60_000;

export function Sides({ sides }: { sides: readonly Side[] }) {
  return (
    <ul class="sides">
      {sides.map((side) => (
        <li key={side.unit}>
          <span class="book">{side.label}</span>
          {side.people && <span class="quiet">{side.people}</span>}
        </li>
      ))}
    </ul>
  );
}

function NotYet({ open, onClose, onLetGo }: { open: boolean; onClose: () => void; onLetGo: () => void }) {
  return (
    <Sheet title={p("proposal.sure")} open={open} onClose={onClose}>
      <p>{p("proposal.sure_do")}</p>
      <div class="row">
        <Button kind="primary" onPress={onLetGo}>
          {p("proposal.sure_yes")}
        </Button>
        <Button onPress={onClose}>{p("proposal.sure_no")}</Button>
      </div>
    </Sheet>
  );
}

function Proposal({ card, ...props }: PartneringProps & { card: ProposalCard }) {
  const { session, phase, mine } = props;
  const asking = useSignal(false);
  const sides = sidesOf(card.units, card.people, (one) => nameOf(session.views, one), listed);
  const names = listed(sides.map((side) => side.label));
  const absent = card.absent ?? [];
  const away = listed(sides.filter((side) => absent.includes(side.unit)).map((side) => side.label));
  const left_ms = card.expires_at_ms - session.clock.now();
  const answer = (type: "SayYes" | "SayNotYet"): void =>
    void wish({ session, phase, body: { type, proposal: card.proposal }, refused: whyNot });
  useEffect(() => announce(`${p("proposal.eyebrow")}: ${names}`), [names]);
  return (
    <article class={`proposal ${card.answered ? "answered" : ""}`}>
      <header>
        <Motif />
        <div class="stack tight">
          <p class="eyebrow">{card.answered ? p("proposal.said") : p("proposal.eyebrow")}</p>
          <h1 class="prompt" tabIndex={-1}>
            {p(card.third ? "proposal.third" : "proposal.with", { names })}
          </h1>
        </div>
      </header>
      <Sides sides={sides} />
      {card.table ? <p class="meet-at">{p("proposal.table", { table: card.table })}</p> : null}
      <Facts facts={card.facts ?? []} ours={mine.unit} sides={sides} title={p("proposal.why")} />
      <p class="lead">{card.answered ? p(away ? "proposal.said_absent" : "proposal.said_do") : p("proposal.ask")}</p>
      {away && <p class="notice">{p("proposal.absent", { names: away, date: dayOf(card.expires_at_ms) })}</p>}
      {left_ms < FAR_MS && (
        <p class="row quiet">
          <span>{p("proposal.time")}</span>
          <Clock timer={{ total_ms: card.total_ms, ends_ms: card.expires_at_ms }} session={session} />
        </p>
      )}
      {card.answered ? (
        <div class="stack tight fill">
          <Button onPress={() => (asking.value = true)}>{p("proposal.think_again")}</Button>
        </div>
      ) : (
        <div class="answers">
          <Button kind="primary" large onPress={() => answer("SayYes")}>
            {p("proposal.yes")}
          </Button>
          <Button large onPress={() => (asking.value = true)}>
            {p("proposal.not_yet")}
          </Button>
        </div>
      )}
      <p class="stays">
        <SeenBy who="me" />
        <span class="small quiet">{p("proposal.stays")}</span>
      </p>
      <NotYet
        open={asking.value}
        onClose={() => (asking.value = false)}
        onLetGo={() => {
          asking.value = false;
          answer("SayNotYet");
        }}
      />
    </article>
  );
}

export function Proposals(props: PartneringProps) {
  const cards = props.mine.proposals ?? [];
  const open = [...cards].sort((a, b) => Number(a.answered ?? false) - Number(b.answered ?? false));
  return (
    <div class="stack wide partnering">
      {cards.length > 1 && <p class="notice">{pn("proposal.several", cards.length)}</p>}
      {open.map((card) => (
        <Proposal {...props} key={card.proposal} card={card} />
      ))}
    </div>
  );
}
