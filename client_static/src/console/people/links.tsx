/** The code with its square, and fresh links for everybody who runs the day or watches it. */

import { useSignal } from "@preact/signals";
import { dayOf } from "../../locales";
import { CopyButton } from "../../shell/created";
import type { RoomShown } from "../../state/workshop";
import { say } from "../../ui/announcer";
import { Button, QR } from "../../ui/parts";
import { joinAddress } from "../address";
import { type LinkRole, newLink } from "../api";
import { useDesk } from "../desk";
import type { ModeratorsShown } from "../shown";
import { ColleagueLink, Colleagues, MyName } from "./staff";
import { w, whyNot } from "../words";
import "./people.css";

type StaffLink = Exclude<LinkRole, "person" | "co_moderator">;

const ROLES: readonly StaffLink[] = ["screen", "observer", "moderator"];
/** Who runs the room is the moderator's to say. */
const FOR_COLLEAGUES: readonly StaffLink[] = ["screen", "observer"];

function LinkLine({ role }: { role: StaffLink }) {
  const desk = useDesk();
  const link = useSignal("");
  const make = async (): Promise<void> => {
    try {
      link.value = await newLink(desk.session.seat, role);
    } catch (error) {
      say(whyNot(error instanceof Error ? error.message : ""));
    }
  };
  return (
    <li>
      <div>
        <h3>{w(`links.${role}`)}</h3>
        <p class="small quiet">{w(`links.${role}_for`)}</p>
      </div>
      {link.value ? (
        <div class="row">
          {(role === "screen" || role === "observer") && (
            <a class="button outline" href={link.value} target="_blank" rel="noreferrer">
              {w("links.open")}
            </a>
          )}
          <CopyButton text={link.value} what={w(`links.${role}`)} />
        </div>
      ) : (
        <Button label={`${w("links.make")}: ${w(`links.${role}`)}`} onPress={() => void make()}>
          {w("links.make")}
        </Button>
      )}
    </li>
  );
}

function Life({ room }: { room: RoomShown }) {
  const desk = useDesk();
  const asked = useSignal(false);
  if (room.life !== "live" && room.life !== "follow_up") return null;
  const turn = (life: string): void => {
    asked.value = false;
    void desk.wish({ type: "ChangeLife", life });
  };
  return (
    <div class="stack tight">
      {room.life === "live" ? (
        <Button onPress={() => turn("follow_up")}>{w("console.follow_up")}</Button>
      ) : (
        <p class="quiet">{w("console.now_follow_up")}</p>
      )}
      {asked.value ? (
        <div class="notice stack tight">
          <p>{w("console.close_workshop_ask")}</p>
          <Button onPress={() => turn("closed")}>{w("console.close_workshop")}</Button>
        </div>
      ) : (
        <Button kind="plain" onPress={() => (asked.value = true)}>
          {w("console.close_workshop")}
        </Button>
      )}
    </div>
  );
}

export function LinksSheet({ room, moderators }: { room: RoomShown; moderators: ModeratorsShown }) {
  const desk = useDesk();
  const join = joinAddress(moderators.code);
  const roles = desk.leads ? ROLES : FOR_COLLEAGUES;
  return (
    <>
      <div class="join-square">
        <QR text={join} label={w("links.qr")} />
        <div class="stack tight">
          <p class="big-code numerals">{moderators.code}</p>
          <p class="small">{join}</p>
          <p class="quiet">{w("links.join")}</p>
        </div>
      </div>
      <ul class="console-links">
        {roles.map((role) => (
          <LinkLine key={role} role={role} />
        ))}
        {desk.leads && (
          <li>
            <div>
              <h3>{w("links.co_moderator")}</h3>
              <p class="small quiet">{w("links.co_moderator_for")}</p>
            </div>
            <ColleagueLink />
          </li>
        )}
      </ul>
      {desk.leads && <Colleagues moderators={moderators} />}
      <MyName />
      <p class="small quiet">{w("console.kept_until", { day: dayOf(room.kept_until_ms) })}</p>
      {desk.leads && <Life room={room} />}
    </>
  );
}
