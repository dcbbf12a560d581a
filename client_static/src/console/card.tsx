/** The moderator's card of a phase: what to say and do, what to watch for, and what if. */

import type { ComponentChildren } from "preact";
import type { RoomShown } from "../state/workshop";
import { useDesk } from "./desk";
import { Icon } from "./icon";
import { following } from "./plan/plan";
import type { ConsolePack } from "./shown";
import { w } from "./words";
import "./card.css";

function Part({ title, children, open = true }: { title: string; children: ComponentChildren; open?: boolean }) {
  return (
    <section class={open ? "" : "if"}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Lines({ lines, ordered }: { lines: readonly string[]; ordered?: boolean }) {
  const items = lines.map((line) => <li key={line}>{line}</li>);
  return ordered ? <ol>{items}</ol> : <ul>{items}</ul>;
}

interface CardProps {
  room: RoomShown;
  words: ConsolePack;
  folded: boolean;
  onFold: (folded: boolean) => void;
}

export function CardColumn({ room, words, folded, onFold }: CardProps) {
  const desk = useDesk();
  const id = desk.phase ?? following(room.phases, null)?.id;
  const shown = room.phases.find((one) => one.id === id);
  const phase = shown ? words.phases[shown.spec] : undefined;
  if (folded) {
    return (
      <button type="button" class="unfold" onClick={() => onFold(false)}>
        <Icon name="fold" />
        <span>{w("card.unfold")}</span>
      </button>
    );
  }
  if (!phase) return <p class="quiet">{w("card.none")}</p>;
  const { card } = phase;
  return (
    <article class="script">
      <header>
        <div>
          <p class="eyebrow">{w("card.title")}</p>
          <h2>{phase.title}</h2>
        </div>
        <button type="button" class="step-button fold" aria-label={w("card.fold")} onClick={() => onFold(true)}>
          <Icon name="fold" />
        </button>
      </header>
      {card.say?.length ? (
        <Part title={w("card.say")}>
          <div class="say">
            {card.say.map((line) => (
              <p key={line}>{line}</p>
            ))}
          </div>
        </Part>
      ) : null}
      {card.do?.length ? (
        <Part title={w("card.do")}>
          <Lines lines={card.do} ordered />
        </Part>
      ) : null}
      {card.watch?.length ? (
        <Part title={w("card.watch")}>
          <Lines lines={card.watch} />
        </Part>
      ) : null}
      {card.if_late && (
        <Part title={w("card.late")} open={false}>
          <p>
            {card.if_late}{" "}
            {card.minutes_won ? <strong class="numerals">{w("card.won", { n: card.minutes_won })}</strong> : null}
          </p>
        </Part>
      )}
      {card.if_odd && (
        <Part title={w("card.odd")} open={false}>
          <p>{card.if_odd}</p>
        </Part>
      )}
      {card.paper && (
        <Part title={w("card.paper")} open={false}>
          <p>{card.paper}</p>
        </Part>
      )}
    </article>
  );
}
