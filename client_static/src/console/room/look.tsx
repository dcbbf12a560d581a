/** What a table, or one of its people, has on the screen. What they write is theirs: here it says that, and how much. */

import { Segmented } from "../../ui/choices";
import { useSignal } from "@preact/signals";
import { nameOf } from "../../state/day";
import { turnsOf } from "../../state/path";
import { leftMs, type GroupShown } from "../../state/workshop";
import { useDesk } from "../desk";
import type { ConsolePack } from "../shown";
import { ClockControls } from "../top";
import { w, wn } from "../words";
import { PersonLine } from "./person";

interface LookProps {
  group: string;
  person: string;
  words: ConsolePack;
}

function Pages({ owners }: { owners: readonly string[] }) {
  const desk = useDesk();
  const pages = desk.session.views.moderators<{ pages: [string, number, number][] }>("~pages")?.body.pages ?? [];
  const phase = desk.room.value?.at ?? "";
  const ours = pages.filter(([page]) => page.startsWith(`${phase}/`) && owners.includes(page.split("/").at(-1) ?? ""));
  const words = ours.reduce((sum, [, count]) => sum + count, 0);
  return (
    <div class="kept-private">
      <p>{words > 0 ? w("look.own", { words: wn("board.words", words) }) : w("look.none_written")}</p>
      <p class="small quiet">{w("look.why")}</p>
    </div>
  );
}

export function LookSheet({ group, person, words: _words }: LookProps) {
  const desk = useDesk();
  const who = useSignal(person);
  const board = desk.board.value;
  const at = board?.groups.find((one) => one.group.id === group);
  const shown = desk.session.views.group<GroupShown>("", group)?.body;
  if (!board || !at) return null;
  const step = board.steps[at.step];
  const turn = step ? turnsOf(step, at.group.members.length)[at.turn] : undefined;
  const speaker = turn ? at.group.members[(turn.speaker ?? 0) % at.group.members.length] : undefined;
  const owners = who.value ? [who.value] : [group, ...(at.group.parts ?? [])];
  const running = at.timer ? leftMs(at.timer, desk.now_ms.value) : 0;
  return (
    <>
      <p class={shown?.looked_at ? "looked-at" : "quiet"}>{w(shown?.looked_at ? "look.told" : "look.waiting")}</p>
      <Segmented
        legend={w("person.choose")}
        options={[
          { id: "", label: w("board.table", { n: at.group.table }) },
          ...at.group.members.map((one) => ({ id: one, label: desk.name(one) })),
        ]}
        chosen={who.value}
        onChoose={(one) => (who.value = one)}
      />
      <div class="mirror">
        <p class="eyebrow">{step?.title}</p>
        <p class="prompt">{turn?.prompt || step?.prompt?.trim() || step?.title}</p>
        {speaker && <p class="lead">{w("look.speaks", { name: nameOf(desk.session.views, speaker).name })}</p>}
      </div>
      <div class="members fill">
        {at.people
          .filter((one) => !who.value || one.id === who.value)
          .map((one) => (
            <PersonLine key={one.id} person={one} group={null} />
          ))}
      </div>
      <Pages owners={owners} />
      {(running !== 0 || at.turns > 0) && <ClockControls scope={group} timer={at.timer} small />}
    </>
  );
}
