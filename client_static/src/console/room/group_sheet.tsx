/** One table: its clock, its turn, a message, a look inside, and everything that moves it by keyboard as by mouse. */

import { useSignal } from "@preact/signals";
import { Tick } from "../../ui/choices";
import { Button } from "../../ui/parts";
import { ChooseAndDo } from "../choose";
import { useDesk } from "../desk";
import type { ModeratorsShown } from "../shown";
import { ClockControls } from "../top";
import { w, wn } from "../words";
import type { Board, GroupAt } from "./board";
import { PersonLine } from "./person";

const SMALLEST_SPLIT = 4;

function Split({ board, at }: { board: Board; at: GroupAt }) {
  const desk = useDesk();
  const leaving = useSignal<readonly string[]>(at.group.members.slice(Math.ceil(at.group.members.length / 2)));
  const split = (): void => {
    const { phase, grouping } = board;
    void desk.wish({ type: "SplitGroup", phase, grouping, group: at.group.id, leaving: leaving.value });
  };
  return (
    <details>
      <summary>{w("group.split")}</summary>
      <fieldset>
        <legend>{w("group.split_lead")}</legend>
        {at.group.members.map((one) => (
          <Tick
            key={one}
            checked={leaving.value.includes(one)}
            onChange={(on) => {
              leaving.value = on ? [...leaving.value, one] : leaving.value.filter((other) => other !== one);
            }}
          >
            {desk.name(one)}
          </Tick>
        ))}
      </fieldset>
      <Button onPress={split}>{w("group.split_do")}</Button>
    </details>
  );
}

function Going({ board, at }: { board: Board; at: GroupAt }) {
  const desk = useDesk();
  const { phase } = board;
  const group = at.group.id;
  const step = (to: number): void => void desk.wish({ type: "MoveStep", phase, step: to, left: at.step, group });
  return (
    <div class="row">
      {at.turn < at.turns && (
        <Button onPress={() => void desk.wish({ type: "MoveTurn", phase, group, turn: at.turn + 1, left: at.turn })}>
          {w("group.next_turn")}
        </Button>
      )}
      {at.step !== board.step && <Button onPress={() => step(board.step)}>{w("group.along")}</Button>}
      {at.step === board.step && at.step + 1 < board.steps.length && (
        <Button onPress={() => step(at.step + 1)}>{w("group.next_step")}</Button>
      )}
      <Button onPress={() => (desk.sheet.value = { show: "say", to: "group", id: group })}>{w("group.message")}</Button>
      <Button
        onPress={() => {
          void desk.wish({ type: "LookInto", group });
          desk.sheet.value = { show: "look", group };
        }}
      >
        {w("group.look")}
      </Button>
    </div>
  );
}

export function GroupSheet({ group, moderators }: { group: string; moderators: ModeratorsShown }) {
  const desk = useDesk();
  const board = desk.board.value;
  const at = board?.groups.find((one) => one.group.id === group);
  if (!board || !at) return null;
  const { phase, grouping } = board;
  const mine = moderators.assigned?.[desk.me] ?? [];
  const others = board.groups.filter((one) => one !== at);
  const label = (one: GroupAt): string =>
    `${w("board.table", { n: one.group.table })}: ${one.group.members.map((who) => desk.name(who)).join(", ")}`;
  return (
    <>
      <div class="members fill">
        {at.people.map((person) => (
          <PersonLine key={person.id} person={person} group={null} />
        ))}
      </div>
      <p class="quiet numerals">
        {w("board.done", { n: at.done, all: at.counted })} · {wn("board.words", at.words)}
      </p>
      <ClockControls scope={group} timer={at.timer} small />
      <Going board={board} at={at} />
      <ChooseAndDo
        label={w("group.merge")}
        act={w("group.merge_do")}
        options={others.map((one) => ({ id: one.group.id, label: label(one) }))}
        onDo={(other) => {
          void desk.wish({ type: "MergeGroups", phase, grouping, one: other, other: group });
          desk.sheet.value = null;
        }}
      />
      {at.group.members.length >= SMALLEST_SPLIT && <Split board={board} at={at} />}
      <Tick
        checked={mine.includes(group)}
        onChange={(on) => {
          const groups = on ? [...mine, group] : mine.filter((one) => one !== group);
          void desk.wish({ type: "AssignGroups", staff: desk.me, groups });
        }}
      >
        {w("group.mine")}
      </Tick>
    </>
  );
}
