/** One group on the board: who, where they stand, how much they wrote, and in one line what would help. */

import { useComputed } from "@preact/signals";
import { memo } from "preact/compat";
import { leftMs, type Timer } from "../../state/workshop";
import { clockFace } from "../../ui/clock";
import { useDesk } from "../desk";
import { Icon } from "../icon";
import { isNeedy, type Suggestion } from "../suggestions";
import type { Figure } from "../../activities/figures";
import { type CountWord, isWord, w, wn } from "../words";
import type { GroupAt } from "./board";
import { drag, type Drop } from "./dragging";
import { PersonLine } from "./person";
import "./group_card.css";

export function GroupClock({ timer }: { timer: Timer }) {
  const left = leftMs(timer, useDesk().second_ms.value);
  return <span class={`clock numerals ${left < 0 ? "over" : ""}`}>{clockFace(left)}</span>;
}

function Suggested({ suggestion, at, mine }: { suggestion: Suggestion; at: GroupAt; mine: boolean }) {
  const desk = useDesk();
  const { kind, people, minutes, wishes } = suggestion;
  const key = `suggest.${kind}` as const;
  if (kind === "placeless" || kind === "room_ready" || kind === "room_time" || kind === "form" || kind === "ready")
    return null;
  const name = people[0] ? desk.name(people[0]) : "";
  const button = wishes.length > 0 && mine ? w(`suggest.${kind}_do`) : "";
  const act = (): void => {
    // Looking in begins with the sheet in which there is something to see.
    const looks = wishes.some((one) => one.type === "LookInto");
    if (looks) desk.sheet.value = { show: "look", table: at.group.table, group: at.group.id };
    else void desk.wishAll(wishes);
  };
  return (
    <p class="suggestion">
      <span>{w(key as "suggest.alone", { name, minutes })}</span>
      {button && (
        <button type="button" onClick={act}>
          {button}
        </button>
      )}
    </p>
  );
}

export function figureWords({ key, n, of }: Figure): string {
  const words = `figure.${key}` as CountWord;
  if (!isWord(`${words}.other`)) return "";
  return wn(words, of ?? n, { n: of ? `${n}/${of}` : n });
}

interface StandingProps {
  at: GroupAt;
  /** One short line: what was made comes first, since the end of it may not fit. */
  dense: boolean;
  together: boolean;
  roomStep: number;
  stepTitle: string;
  me: string;
}

export function turnWords({ turn, turns }: GroupAt): string {
  if (turns === 0) return "";
  return turn < turns ? w("board.turn", { n: turn + 1, all: turns }) : w("board.turns_over");
}

function Standing({ at, dense, together, roomStep, stepTitle, me }: StandingProps) {
  const made = [at.words > 0 && wn("board.words", at.words), ...at.figures.map(figureWords)];
  const place = [at.step !== roomStep && w("board.step", { title: stepTitle }), !together && turnWords(at)];
  const asked = [
    at.need_time > 0 && wn("board.time", at.need_time),
    at.lookers.length > 0 && w(at.lookers.includes(me) ? "board.looked" : "board.looked_by_other"),
  ];
  const facts = (dense ? [...made, ...place, ...asked] : [...place, ...made, ...asked]).filter(Boolean);
  if (facts.length === 0) return null;
  return (
    <p class="standing numerals">
      {facts.map((fact) => (
        <span key={fact}>{fact}</span>
      ))}
    </p>
  );
}

interface GroupCardProps {
  at: GroupAt;
  suggestion: Suggestion | null;
  alone: boolean;
  dense: boolean;
  /** In the turn, and at the minute, where most tables are: the head of the board says so for all. */
  together: boolean;
  roomStep: number;
  stepTitle: string;
  onDrop: (drop: Drop) => void;
}

function Card({ at, suggestion, alone, dense, together, roomStep, stepTitle, onDrop }: GroupCardProps) {
  const desk = useDesk();
  const { group } = at;
  const mine = desk.forTable(group.table);
  const target = useComputed(() => drag.value?.group === group.id).value;
  const ready = suggestion?.kind === "ready";
  const needy = isNeedy({ at, suggestion });
  return (
    <li
      class={`group ${alone ? "alone" : ""} ${needy ? "needy" : ""} ${ready ? "ready" : ""} ${target ? "target" : ""}`}
      data-group={group.id}
    >
      <button type="button" class="group-head" onClick={() => (desk.sheet.value = { show: "group", group: group.id })}>
        <span class="table numerals">
          <span class="unseen">{w("board.table", { n: "" })}</span>
          {group.table}
        </span>
        <span class="done-count numerals">
          <Icon name="done" />
          <span aria-hidden="true">{at.counted > 0 ? `${at.done}/${at.counted}` : "–"}</span>
          <span class="unseen">{w("board.done", { n: at.done, all: at.counted })}</span>
        </span>
        {at.timer && !together && <GroupClock timer={at.timer} />}
      </button>
      <div class="members">
        {at.people.map((person) => (
          <PersonLine key={person.id} person={person} group={group.id} short={dense} {...(mine ? { onDrop } : {})} />
        ))}
      </div>
      <Standing at={at} {...{ dense, together, roomStep, stepTitle }} me={desk.me} />
      {suggestion && <Suggested suggestion={suggestion} at={at} mine={mine} />}
    </li>
  );
}

export const GroupCard = memo(Card);
