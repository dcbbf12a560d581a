/** Everything one level down: a sheet over the desk, one at a time, closed by Escape. */

import type { ComponentChildren } from "preact";
import type { RoomShown } from "../state/workshop";
import { Sheet } from "../ui/sheet";
import { useDesk } from "./desk";
import { Acts } from "./acts";
import { GroupSheet } from "./room/group_sheet";
import { GroupsPreviewSheet } from "./room/preview";
import { LookSheet } from "./room/look";
import { LinksSheet } from "./people/links";
import { PersonSheet } from "./people/person_sheet";
import { RosterSheet } from "./people/roster";
import { SayForm } from "./say";
import type { ConsolePack, ModeratorsShown } from "./shown";
import { w } from "./words";

interface SheetsProps {
  room: RoomShown;
  moderators: ModeratorsShown;
  words: ConsolePack;
}

export function Sheets({ room, moderators, words }: SheetsProps) {
  const desk = useDesk();
  const sheet = desk.sheet.value;
  const board = desk.board.value;
  const close = (): void => {
    if (sheet?.show === "look") void desk.wish({ type: "LookInto", group: null });
    desk.sheet.value = null;
  };
  const table = (id: string): number => board?.groups.find((one) => one.group.id === id)?.group.table ?? 0;
  const [title, inside] = ((): [string, ComponentChildren] => {
    switch (sheet?.show) {
      case "person":
        return [
          desk.name(sheet.person),
          <PersonSheet key={sheet.person} person={sheet.person} moderators={moderators} />,
        ];
      case "group":
        return [
          w("group.title", { n: table(sheet.group) }),
          <GroupSheet key={sheet.group} group={sheet.group} moderators={moderators} />,
        ];
      case "groups":
        return [
          w("groups.title", { title: desk.title(sheet.phase) }),
          <GroupsPreviewSheet key={sheet.phase + sheet.grouping} phase={sheet.phase} grouping={sheet.grouping} />,
        ];
      case "look":
        return [
          w("look.title", { n: table(sheet.group) }),
          <LookSheet key={sheet.group} group={sheet.group} person={sheet.person ?? ""} words={words} />,
        ];
      case "say":
        return [w("say.title"), <SayForm key={sheet.id} to={sheet.to} id={sheet.id} />];
      case "roster":
        return [w("roster.title"), <RosterSheet moderators={moderators} />];
      case "links":
        return [w("links.title"), <LinksSheet room={room} moderators={moderators} />];
      case "acts":
        return [w("acts.title"), <Acts moderators={moderators} />];
      case undefined:
        return ["", null];
    }
  })();
  return (
    <div class={`console-sheet ${sheet?.show ?? ""}`}>
      <Sheet title={title} open={sheet !== null} onClose={close}>
        {inside}
      </Sheet>
    </div>
  );
}
