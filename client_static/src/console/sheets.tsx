/** Everything one level down: a sheet over the desk, one at a time, closed by Escape. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
// Before what lies in the sheets, which makes its own exceptions.
import "./sheets.css";
import type { RoomShown } from "../state/workshop";
import { Sheet } from "../ui/sheet";
import { useDesk } from "./desk";
import { Acts } from "./acts_sheet";
import { GroupSheet } from "./room/group_sheet";
import { GroupsPreviewSheet } from "./room/preview";
import { LookSheet } from "./room/look";
import { LinksSheet } from "./people/links";
import { PersonSheet } from "./people/person_sheet";
import { RosterSheet } from "./people/roster";
import { ShortSheet } from "./plan/short";
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
    desk.sheet.value = null;
  };
  const looking = moderators.looking?.[desk.me] ?? moderators.viewing?.[desk.me] ?? null;
  const looks = sheet?.show === "look";
  const looked = useRef(false);
  useEffect(() => {
    // However the sheet was left, also by a reload: a group must not be told that somebody looks when nobody does.
    // Only a change of this sheet counts, since another device of the same moderator may be looking in right now.
    if (!looks && (looked.current || looking)) void desk.wish({ type: "LookInto" });
    looked.current = looks;
  }, [looks]);
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
          <GroupsPreviewSheet
            key={sheet.phase + sheet.grouping}
            room={room}
            moderators={moderators}
            words={words}
            phase={sheet.phase}
            grouping={sheet.grouping}
          />,
        ];
      case "look":
        return [
          sheet.person ? w("look.as", { name: desk.name(sheet.person) }) : w("look.title", { n: sheet.table }),
          <LookSheet
            key="look"
            table={sheet.table}
            group={sheet.group}
            person={sheet.person ?? ""}
            moderators={moderators}
          />,
        ];
      case "say":
        return [w("say.title"), <SayForm key={sheet.id} to={sheet.to} id={sheet.id} />];
      case "roster":
        return [w("roster.title"), <RosterSheet moderators={moderators} />];
      case "links":
        return [w("links.title"), <LinksSheet room={room} moderators={moderators} />];
      case "short":
        return [w("plan.cut_title"), <ShortSheet room={room} words={words} />];
      case "acts":
        return [w("acts.title"), <Acts moderators={moderators} />];
      case undefined:
        return ["", null];
    }
  })();
  return (
    <div class={`console-sheet show-${sheet?.show ?? "nothing"}`}>
      <Sheet title={title} open={sheet !== null} onClose={close}>
        {inside}
      </Sheet>
    </div>
  );
}
