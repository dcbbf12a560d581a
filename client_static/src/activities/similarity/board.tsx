/** The group's board: cards are sorted onto piles by finger or by menu, and piles get their names last. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { TextField } from "../../documents/field";
import { usePage } from "../../documents/pages";
import type { SimilarityCard, SimilarityForGroup } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { nameOf } from "../../state/day";
import type { Shown } from "../../state/views";
import { Clock, useLeft } from "../../ui/clock";
import { Button } from "../../ui/parts";
import { Sheet } from "../../ui/sheet";
import { wish } from "../wish";
import { cardsOn, liesAt, type Move, moveOf, type Pile, pilesShown } from "./moves";
import { type Dragging, useDragging } from "./drag";
import { titleOf, Vignette } from "./gallery";
import { usePileNames } from "./names";
import { Votes } from "./votes";
import { s, whyNot } from "./words";

export interface BoardProps {
  session: Session;
  phase: string;
  me: string;
  group: string;
  ours: Shown<SimilarityForGroup>;
  votes: readonly number[] | null;
}

const NAME_HARD = 80;
const MINUTE_MS = 60_000;

export function cardTitle(card: SimilarityCard, props: Pick<BoardProps, "session" | "me" | "ours">): string {
  if (card.text) return titleOf(props.ours.texts, card.text);
  if (card.person === props.me) return s("board.issue_of_mine");
  return s("board.issue_of", { name: nameOf(props.session.views, card.person ?? "").name });
}

interface CardProps {
  card: SimilarityCard;
  title: string;
  by: string;
  dragging: Dragging;
  onOpen: () => void;
}

function Card({ card, title, by, dragging, onOpen }: CardProps) {
  const drag = dragging.drag.value;
  const mine = drag?.card === card.id ? drag : null;
  return (
    <li
      class={`card ${mine ? "lifted" : ""}`}
      style={mine ? { transform: `translate(${mine.dx}px, ${mine.dy}px) rotate(-1deg)` } : undefined}
    >
      <button type="button" class="card-open" aria-label={s("board.open", { title })} onClick={onOpen}>
        <span class="book">{title}</span>
        {by && <span class="small quiet">{by}</span>}
      </button>
      <span class="grip" aria-hidden="true" onPointerDown={(event) => dragging.start(card.id, event)}>
        <svg viewBox="0 0 20 20" width="20" height="20">
          <path d="M7 4v.01M13 4v.01M7 10v.01M13 10v.01M7 16v.01M13 16v.01" />
        </svg>
      </span>
    </li>
  );
}

interface MoveSheetProps {
  card: SimilarityCard | null;
  title: string;
  at: Pile;
  piles: readonly number[];
  nameOfPile: (pile: Pile) => string;
  onMove: (to: Pile) => void;
  onClose: () => void;
  texts: Shown<SimilarityForGroup>["texts"];
  by: string;
}

/** What a drag does, done by choosing: read the card again, and say where it belongs. */
function MoveSheet({ card, title, at, piles, nameOfPile, onMove, onClose, texts, by }: MoveSheetProps) {
  const places: Pile[] = [...piles, null];
  return (
    <Sheet title={title} open={card !== null} onClose={onClose}>
      <div class="stack tight fill">
        <p class="minor">{s("board.where")}</p>
        {places.map((pile) => (
          <Button key={pile ?? 0} class="fill" busy={pile === at} onPress={() => onMove(pile)}>
            {nameOfPile(pile)}
            {pile === at && <span class="quiet small"> · {s("board.here_now")}</span>}
          </Button>
        ))}
      </div>
      {card?.text && <Vignette texts={texts} text={card.text} by={by} />}
    </Sheet>
  );
}

function Silence({ session, until_ms }: { session: Session; until_ms: number }) {
  const timer = { total_ms: 2 * MINUTE_MS, ends_ms: until_ms };
  const silent = useLeft(timer, session) > 0;
  return (
    <section class={`turn ${silent ? "mine" : ""}`}>
      <div>
        <p class="who">{s(silent ? "board.silent" : "board.talk")}</p>
        <p class="quiet">{s(silent ? "board.silent_do" : "board.talk_do")}</p>
      </div>
      {silent && <Clock timer={timer} session={session} large />}
    </section>
  );
}

export function Board(props: BoardProps) {
  const { session, phase, group, ours } = props;
  const { cards = [], clusters, board, silent_until_ms = 0 } = ours.body;
  const moves = useSignal<readonly Move[]>([]);
  const opened = useSignal<string | null>(null);
  const element = useRef<HTMLDivElement>(null);
  const names = usePileNames(usePage(session, board), clusters);
  const nameOfPile = (pile: Pile): string => {
    if (pile === null) return s("board.to_aside");
    const name = names[pile - 1];
    return name ? s("board.to_named", { name }) : s("board.to_pile", { n: pile });
  };
  const put = async (id: string, to: Pile): Promise<void> => {
    const card = cards.find((one) => one.id === id);
    const body = card ? moveOf(group, card, to, moves.value) : null;
    if (!card || !body) return;
    const move = { card: id, to };
    moves.value = [...moves.value, move];
    const done = s("board.moved", { title: cardTitle(card, props), where: nameOfPile(to) });
    await wish({ session, phase, body, refused: whyNot, done });
    moves.value = moves.value.filter((one) => one !== move);
  };
  const dragging = useDragging(element, (card, to) => void put(card, to));
  const author = (card: SimilarityCard): string =>
    card.text && card.person ? nameOf(session.views, card.person).name : "";
  const listed = (pile: Pile) => (
    <ul class="cards">
      {cardsOn(pile, cards, moves.value).map((card) => (
        <Card
          key={card.id}
          card={card}
          title={cardTitle(card, props)}
          by={author(card)}
          dragging={dragging}
          onOpen={() => (opened.value = card.id)}
        />
      ))}
    </ul>
  );
  const shown = pilesShown(clusters, cards, moves.value, (pile) => Boolean(names[pile - 1]));
  const over = dragging.drag.value?.over;
  const open = cards.find((card) => card.id === opened.value) ?? null;
  const aside = cardsOn(null, cards, moves.value);
  return (
    <div class="stack wide similarity">
      {silent_until_ms > 0 && <Silence session={session} until_ms={silent_until_ms} />}
      <div class="board" ref={element}>
        <section class={`aside ${over === null ? "over" : ""}`} data-pile="aside" aria-label={s("board.aside")}>
          {aside.length > 0 && <h2 class="minor">{s("board.aside")}</h2>}
          {aside.length > 0 ? listed(null) : <p class="quiet small">{s("board.aside_empty")}</p>}
        </section>
        <div class="piles">
          {shown.map((pile) => (
            <section
              key={pile}
              class={`pile ${over === pile ? "over" : ""}`}
              data-pile={pile}
              aria-label={names[pile - 1] || s("board.pile", { n: pile })}
            >
              {listed(pile)}
              {cardsOn(pile, cards, moves.value).length === 0 && !names[pile - 1] ? (
                <p class="quiet small">{s("board.pile_empty")}</p>
              ) : (
                <TextField
                  page={board}
                  name={`cluster${pile}`}
                  label={s("board.name", { n: pile })}
                  seen="group"
                  hard={NAME_HARD}
                  line
                />
              )}
            </section>
          ))}
        </div>
      </div>
      <Votes {...props} names={names} used={shown.filter((pile) => cardsOn(pile, cards, moves.value).length > 0)} />
      <MoveSheet
        card={open}
        title={open ? cardTitle(open, props) : ""}
        at={open ? liesAt(open, moves.value) : null}
        piles={shown}
        nameOfPile={nameOfPile}
        texts={ours.texts}
        by={open ? author(open) || s("gallery.nameless") : ""}
        onClose={() => (opened.value = null)}
        onMove={(to) => {
          if (open) void put(open.id, to);
          opened.value = null;
        }}
      />
    </div>
  );
}

/** The board for reading again: names, and what lies under them. */
export function Piles(props: Pick<BoardProps, "session" | "me" | "ours">) {
  const { cards = [], clusters, board, totals = [] } = props.ours.body;
  const names = usePileNames(usePage(props.session, board), clusters);
  const shown = Array.from({ length: clusters }, (_, at) => at + 1).filter(
    (pile) => names[pile - 1] || cardsOn(pile, cards, []).length > 0,
  );
  if (shown.length === 0) return <p class="quiet">{s("different.none")}</p>;
  return (
    <ul class="named-piles">
      {shown.map((pile) => (
        <li key={pile}>
          <span class="book">{names[pile - 1] || s("board.pile", { n: pile })}</span>
          <span class="quiet small">
            {cardsOn(pile, cards, [])
              .map((card) => cardTitle(card, props))
              .join(" · ")}
          </span>
          {totals[pile - 1] ? <Dots n={totals[pile - 1] ?? 0} /> : null}
        </li>
      ))}
    </ul>
  );
}

export function Dots({ n }: { n: number }) {
  return (
    <span class="dots" aria-hidden="true">
      {"●".repeat(n)}
    </span>
  );
}
