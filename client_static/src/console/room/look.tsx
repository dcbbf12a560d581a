/** What a table, or one of its people, has on the screen. What they write is theirs: here it says that, and how much. */

import { useSignal } from "@preact/signals";
import { Segmented } from "../../ui/choices";
import type { GroupShown } from "../../state/workshop";
import { useDesk } from "../desk";
import type { PagesShown } from "../shown";
import { ClockControls } from "../top";
import { w, wn } from "../words";
import { wordsByOwner } from "./board";
import { Mirror } from "./mirror";
import { PersonLine } from "./person";

function Pages({ owners }: { owners: readonly string[] }) {
  const desk = useDesk();
  const pages = desk.session.views.moderators<PagesShown>("~pages")?.body;
  const counted = wordsByOwner(pages, desk.room.value?.at ?? "");
  const words = owners.reduce((sum, owner) => sum + (counted.get(owner)?.words ?? 0), 0);
  return (
    <div class="kept-private">
      <p>{words > 0 ? w("look.own", { words: wn("board.words", words) }) : w("look.none_written")}</p>
      <p class="small quiet">{w("look.why")}</p>
    </div>
  );
}

export function LookSheet({ group, person }: { group: string; person: string }) {
  const desk = useDesk();
  const who = useSignal(person);
  const at = desk.board.value?.groups.find((one) => one.group.id === group);
  const shown = desk.session.views.group<GroupShown>("", group)?.body;
  if (!at) return null;
  const owners = who.value ? [who.value] : [group, ...(at.group.parts ?? [])];
  return (
    <>
      <p class={shown?.looked_at ? "told" : "quiet"}>{w(shown?.looked_at ? "look.told" : "look.waiting")}</p>
      <Segmented
        legend={w("look.whose")}
        options={[
          { id: "", label: w("board.table", { n: at.group.table }) },
          ...at.group.members.map((one) => ({ id: one, label: desk.name(one) })),
        ]}
        chosen={who.value}
        onChoose={(one) => (who.value = one)}
      />
      <Mirror at={at} person={who.value} />
      <div class="members fill">
        {at.people
          .filter((one) => !who.value || one.id === who.value)
          .map((one) => (
            <PersonLine key={one.id} person={one} group={null} />
          ))}
      </div>
      <Pages owners={owners} />
      {at.timer && <ClockControls scope={group} timer={at.timer} small />}
    </>
  );
}
