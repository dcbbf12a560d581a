/** One group on the board: who, where they stand, how much they wrote, and in one line what would help. */

import { useComputed } from "@preact/signals";
import { memo } from "preact/compat";
import { leftMs, type Timer } from "../../state/workshop";
import { clockFace } from "../../ui/clock";
import { useDesk } from "../desk";
import { Icon } from "../icon";
import { isNeedy, type Suggestion } from "../suggestions";
import { w, wn } from "../words";
import type { GroupAt } from "./board";
import { drag, type Drop } from "./dragging";
import { PersonLine } from "./person";

function GroupClock({ timer }: { timer: Timer }) {
  const left = leftMs(timer, useDesk().second_ms.value);
  return <span class={`clock numerals ${left < 0 ? "over" : ""}`}>{clockFace(left)}</span>;
}

function Suggested({ suggestion }: { suggestion: Suggestion }) {
  const desk = useDesk();
  const { kind, people, minutes, wishes } = suggestion;
  const key = `suggest.${kind}` as const;
  if (kind === "placeless" || kind === "room_ready" || kind === "room_time" || kind === "form" || kind === "ready")
    return null;
  const name = people[0] ? desk.name(people[0]) : "";
  const button = wishes.length > 0 ? w(`suggest.${kind}_do`) : "";
  const act = (): void => {
    void desk.wishAll(wishes);
    const look = wishes.find((one) => one.type === "LookInto");
    if (look && typeof look["group"] === "string") desk.sheet.value = { show: "look", group: look["group"] };
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

function Standing({ at, roomStep, stepTitle }: { at: GroupAt; roomStep: number; stepTitle: string }) {
  const facts = [
    at.step !== roomStep && w("board.step", { title: stepTitle }),
    at.turns > 0 && (at.turn < at.turns ? w("board.turn", { n: at.turn + 1, all: at.turns }) : w("board.turns_over")),
    at.words > 0 && wn("board.words", at.words),
    at.need_time > 0 && wn("board.time", at.need_time),
    at.looked_at && w("board.looked"),
  ].filter(Boolean);
  if (facts.length === 0) return null;
  return <p class="standing numerals">{facts.join(" · ")}</p>;
}

interface GroupCardProps {
  at: GroupAt;
  suggestion: Suggestion | null;
  alone: boolean;
  roomStep: number;
  stepTitle: string;
  onDrop: (drop: Drop) => void;
}

function Card({ at, suggestion, alone, roomStep, stepTitle, onDrop }: GroupCardProps) {
  const desk = useDesk();
  const { group } = at;
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
        {at.timer && <GroupClock timer={at.timer} />}
      </button>
      <div class="members">
        {at.people.map((person) => (
          <PersonLine key={person.id} person={person} group={group.id} onDrop={onDrop} />
        ))}
      </div>
      <Standing at={at} roomStep={roomStep} stepTitle={stepTitle} />
      {suggestion && <Suggested suggestion={suggestion} />}
    </li>
  );
}

export const GroupCard = memo(Card);
