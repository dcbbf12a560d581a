/** The wall: what people let the room, their pair or their group read, one text at a time, as in a book. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Session } from "../../session/session";
import { nameOf, type PhaseHere } from "../../state/day";
import { Button } from "../../ui/parts";
import { type Card, configOf, type ForGroup, type ForRoom, labelOf, textOf, vocabulary } from "./desk";
import { Vignette } from "./vignette";
import { w, wn } from "./words";

interface WallProps {
  session: Session;
  phase: string;
  words: PhaseHere;
}

function byLine(session: Session, card: Card): string {
  if (!card.author) return w("wall.nameless");
  const { name, school } = nameOf(session.views, card.author);
  return [name, school].filter(Boolean).join(", ");
}

function tagsOf(words: PhaseHere, card: Card): string[] {
  const config = configOf(words);
  return [
    ...(card.topics ?? []).map((one) => labelOf(vocabulary(config, "topics"), one)),
    ...(card.boundary ?? []).map((one) => labelOf(vocabulary(config, "boundaries"), one)),
    card.schooling ? labelOf(vocabulary(config, "schooling"), card.schooling) : "",
  ].filter(Boolean);
}

interface ShelfProps extends WallProps {
  cards: readonly Card[];
  title?: string;
  onOpen: (card: Card) => void;
}

function Shelf({ session, phase, cards, title, onOpen }: ShelfProps) {
  if (cards.length === 0) return null;
  return (
    <section class="stack fill">
      {title && <h2>{title}</h2>}
      <ul class="shelf">
        {cards.map((card) => {
          const text = textOf(session, phase, card.text);
          return (
            <li key={card.text}>
              <button type="button" class="spine" onClick={() => onOpen(card)} lang={card.language || undefined}>
                <span class="spine-title">{text["title"]}</span>
                <span class="spine-question">{text["question"]}</span>
                <span class="small quiet">{byLine(session, card)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Open({ session, phase, words, card, onBack }: WallProps & { card: Card; onBack: () => void }) {
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    head.current?.focus();
    scrollTo(0, 0);
  }, [card.text]);
  return (
    <div class="stack wide fill" tabIndex={-1} ref={head}>
      <Button kind="plain" onPress={onBack}>
        {w("wall.back")}
      </Button>
      <Vignette
        words={textOf(session, phase, card.text)}
        lang={card.language}
        by={byLine(session, card)}
        about={tagsOf(words, card)}
      />
    </div>
  );
}

export function Wall(props: WallProps) {
  const { session, phase } = props;
  const open = useSignal<string>("");
  const room = session.views.room<ForRoom>(phase)?.body;
  const ours: { title: string; cards: Card[] }[] = [];
  for (const shown of session.views.all.value.values()) {
    if (shown.part !== phase || !shown.audience.startsWith("group:")) continue;
    const { members, cards = [] } = shown.body as ForGroup;
    ours.push({ title: w(members.length > 2 ? "wall.group" : "wall.pair"), cards });
  }
  const wall = room?.wall ?? [];
  const all = [...ours.flatMap((one) => one.cards), ...wall];
  const card = all.find((one) => one.text === open.value);
  const onOpen = (one: Card): void => void (open.value = one.text);
  if (card) return <Open {...props} card={card} onBack={() => (open.value = "")} />;
  return (
    <div class="stack wide fill">
      <p class="lead">{w("wall.lead")}</p>
      {ours.map(({ title, cards }) => (
        <Shelf key={title} {...props} title={title} cards={cards} onOpen={onOpen} />
      ))}
      {wall.length === 0 ? <p class="quiet">{w("wall.empty")}</p> : <Shelf {...props} cards={wall} onOpen={onOpen} />}
      <p class="small quiet numerals">{wn("wall.count", room?.written ?? 0)}</p>
    </div>
  );
}
