/** One person: where they sit and everything that can be done for them; each drag of the board has its twin here. */

import { useSignal } from "@preact/signals";
import type { Body } from "../../protocol/frames";
import { Button } from "../../ui/parts";
import { ChooseAndDo } from "../choose";
import { useDesk } from "../desk";
import { presenceWords } from "../room/person";
import type { ModeratorsShown } from "../shown";
import { w } from "../words";
import { OtherDevice } from "./other_device";

const byName = (a: { label: string }, b: { label: string }): number => a.label.localeCompare(b.label);

function Sitting({ person }: { person: string }) {
  const desk = useDesk();
  const board = desk.board.value;
  const mine = board?.groups.find((one) => one.group.members.includes(person));
  if (!board || board.groups.length === 0) return null;
  const { phase, grouping } = board;
  const names = (members: readonly string[]): string => members.map((one) => desk.name(one)).join(", ");
  const close = async (wish: Body): Promise<void> => {
    const hand = { ...wish, phase, grouping };
    if (await (wish.type === "TakePlace" ? desk.wish(wish) : desk.byHand(hand))) desk.sheet.value = null;
  };
  if (!mine) {
    return (
      <Button kind="primary" onPress={() => void close({ type: "TakePlace", person })}>
        {w("person.take_place")}
      </Button>
    );
  }
  const others = board.groups.filter((one) => one !== mine && desk.forTable(one.group.table));
  return (
    <>
      <ChooseAndDo
        label={w("person.move")}
        act={w("person.move_do")}
        options={others.map(({ group }) => ({
          id: group.id,
          label: `${w("board.table", { n: group.table })}: ${names(group.members)}`,
        }))}
        onDo={(to) => void close({ type: "MovePerson", person, to })}
      />
      <ChooseAndDo
        label={w("person.swap")}
        act={w("person.swap_do")}
        options={others
          .flatMap(({ group }) =>
            group.members.map((one) => ({ id: one, label: `${desk.name(one)} (${group.table})` })),
          )
          .sort(byName)}
        onDo={(other) => void close({ type: "SwapPeople", one: person, other })}
      />
    </>
  );
}

function Keeping({ person, moderators }: { person: string; moderators: ModeratorsShown }) {
  const desk = useDesk();
  const others = moderators.people
    .filter((one) => one.id !== person && one.state !== "left")
    .map((one) => ({ id: one.id, label: desk.name(one.id) }))
    .sort(byName);
  const kept = (pairs: readonly [string, string][] | undefined): string[] =>
    (pairs ?? []).filter((pair) => pair.includes(person)).map(([one, other]) => (one === person ? other : one));
  const lines = [
    ...kept(moderators.keeping.apart).map((other) => ({
      other,
      type: "KeepApart",
      words: "person.kept_apart" as const,
    })),
    ...kept(moderators.keeping.together).map((other) => ({
      other,
      type: "KeepTogether",
      words: "person.kept_together" as const,
    })),
  ];
  return (
    <>
      <ChooseAndDo
        label={w("person.apart")}
        act={w("person.apart_do")}
        options={others}
        onDo={(other) => void desk.wish({ type: "KeepApart", one: person, other })}
      />
      <ChooseAndDo
        label={w("person.together")}
        act={w("person.together_do")}
        options={others}
        onDo={(other) => void desk.wish({ type: "KeepTogether", one: person, other })}
      />
      {lines.map(({ other, type, words }) => (
        <p class="kept" key={type + other}>
          <span>{w(words, { name: desk.name(other) })}</span>
          <Button kind="plain" onPress={() => void desk.wish({ type, one: person, other, keep: false })}>
            {w("person.lift")}
          </Button>
        </p>
      ))}
    </>
  );
}

function Leaving({ person }: { person: string }) {
  const desk = useDesk();
  const asked = useSignal(false);
  const name = desk.name(person);
  if (!asked.value) {
    return (
      <Button kind="plain" onPress={() => (asked.value = true)}>
        {w("person.leave", { name })}
      </Button>
    );
  }
  const leave = async (): Promise<void> => {
    if (await desk.wish({ type: "LeaveForGood", person })) desk.sheet.value = null;
  };
  return (
    <div class="notice stack tight">
      <p>{w("person.leave_ask", { name })}</p>
      <Button onPress={() => void leave()}>{w("person.leave_sure")}</Button>
    </div>
  );
}

export function PersonSheet({ person, moderators }: { person: string; moderators: ModeratorsShown }) {
  const desk = useDesk();
  const at = desk.board.value?.everybody.find((one) => one.id === person);
  const member = moderators.people.find((one) => one.id === person);
  const group = desk.board.value?.groups.find((one) => one.group.members.includes(person));
  if (!member) return null;
  const facts = [
    desk.school(person),
    group && w("person.at", { n: group.group.table }),
    at && presenceWords(at, desk.now_ms.value),
  ].filter(Boolean);
  if (!desk.forTable(group?.group.table)) {
    return (
      <>
        <p class="quiet">{facts.join(" · ")}</p>
        <p class="quiet">{w("group.not_yours")}</p>
      </>
    );
  }
  const { table = 0, id = "" } = group?.group ?? {};
  return (
    <>
      <p class="quiet">{facts.join(" · ")}</p>
      <Sitting person={person} />
      <div class="row">
        <Button onPress={() => (desk.sheet.value = { show: "say", to: "person", id: person })}>
          {w("person.message", { name: desk.name(person) })}
        </Button>
        {member.state !== "expected" && member.state !== "left" && desk.room.value?.at && (
          <Button onPress={() => (desk.sheet.value = { show: "look", table, group: id, person })}>
            {w("person.as", { name: desk.name(person) })}
          </Button>
        )}
      </div>
      <Keeping person={person} moderators={moderators} />
      {member.state !== "expected" && <OtherDevice member={member} />}
      {member.state !== "left" && <Leaving person={person} />}
    </>
  );
}
