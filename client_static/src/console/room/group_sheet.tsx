/** One table: its clock, its turn, a message, a look inside, and everything that moves it by keyboard as by mouse. */

import { useSignal } from "@preact/signals";
import { Tick } from "../../ui/choices";
import { Button } from "../../ui/parts";
import { ChooseAndDo } from "../choose";
import { useDesk } from "../desk";
import { helpersOf, tablesWords } from "../people/staff";
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
    void desk.byHand({ type: "SplitGroup", phase, grouping, group: at.group.id, leaving: leaving.value });
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
      <Button onPress={() => (desk.sheet.value = { show: "look", table: at.group.table, group })}>
        {w("group.look")}
      </Button>
    </div>
  );
}

/** Who looks after this table, in this phase and all others. */
function LookedAfter({ table, moderators }: { table: number; moderators: ModeratorsShown }) {
  const desk = useDesk();
  const helpers = helpersOf(moderators);
  if (helpers.length === 0) return <p class="small quiet">{w("staff.none")}</p>;
  return (
    <fieldset class="looked-after">
      <legend class="legend">{w("group.looked_after", { n: table })}</legend>
      {helpers.map((staff) => {
        const tables = moderators.tables?.[staff] ?? [];
        return (
          <Tick
            key={staff}
            checked={tables.includes(table)}
            onChange={(on) => {
              const given = on ? [...tables, table] : tables.filter((one) => one !== table);
              void desk.wish({ type: "AssignTables", staff, tables: given });
            }}
          >
            {desk.colleague(staff)} <span class="small quiet">{tablesWords(tables)}</span>
          </Tick>
        );
      })}
    </fieldset>
  );
}

export function GroupSheet({ group, moderators }: { group: string; moderators: ModeratorsShown }) {
  const desk = useDesk();
  const board = desk.board.value;
  const at = board?.groups.find((one) => one.group.id === group);
  if (!board || !at) return null;
  const { phase, grouping } = board;
  const mine = desk.forTable(at.group.table);
  const others = board.groups.filter((one) => one !== at && desk.forTable(one.group.table));
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
      {mine ? (
        <>
          <ClockControls scope={group} timer={at.timer} small />
          <Going board={board} at={at} />
          <ChooseAndDo
            label={w("group.merge")}
            act={w("group.merge_do")}
            options={others.map((one) => ({ id: one.group.id, label: label(one) }))}
            onDo={(other) => {
              void desk.byHand({ type: "MergeGroups", phase, grouping, one: other, other: group });
              desk.sheet.value = null;
            }}
          />
          {at.group.members.length >= SMALLEST_SPLIT && <Split board={board} at={at} />}
        </>
      ) : (
        <p class="quiet">{w("group.not_yours")}</p>
      )}
      {desk.leads && <LookedAfter table={at.group.table} moderators={moderators} />}
    </>
  );
}
