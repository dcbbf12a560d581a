/** Somebody's seat on another device: they are asked, or told, and nobody but them has it afterwards. */

import { useSignal } from "@preact/signals";
import { CopyButton } from "../../shell/created";
import { spelled } from "../../shell/help";
import { say } from "../../ui/announcer";
import { Button, QR } from "../../ui/parts";
import { type Handover, handOver, newLink } from "../api";
import { useDesk } from "../desk";
import type { ConsoleMember } from "../shown";
import { w, whyNot } from "../words";
import "./people.css";

const told = (error: unknown): void => say(whyNot(error instanceof Error ? error.message : ""));

/** Opened before the answer: a window that opens later is one that browsers block. */
async function inNewWindow(link: Promise<string>): Promise<void> {
  const tab = window.open("", "_blank");
  try {
    const made = await link;
    if (tab) tab.location.href = made;
  } catch (error) {
    tab?.close();
    told(error);
  }
}

function Way({ way, name }: { way: Handover; name: string }) {
  return (
    <div class="own-link">
      <QR text={way.link} label={w("person.seat")} />
      <div class="stack tight">
        <p class="small quiet">{w("person.seat_pin")}</p>
        <p class="big-code numerals">{spelled(way.pin)}</p>
        <p class="small quiet">{w("person.seat_do", { name })}</p>
        <CopyButton text={way.link} what={w("person.seat")} />
      </div>
    </div>
  );
}

export function OtherDevice({ member }: { member: ConsoleMember }) {
  const desk = useDesk();
  const way = useSignal<Handover | null>(null);
  const { seat } = desk.session;
  const name = desk.name(member.id);
  const make = (): void => void handOver(seat, member.id).then((made) => (way.value = made), told);
  return (
    <div class="stack tight fill">
      <div class="row">
        {member.without_device && (
          <Button kind="primary" onPress={() => void inNewWindow(newLink(seat, "person", member.id))}>
            {w("person.type_for", { name })}
          </Button>
        )}
        {!way.value && <Button onPress={make}>{w(member.without_device ? "person.first_seat" : "person.seat")}</Button>}
      </div>
      {member.without_device && <p class="small quiet">{w("person.type_for_do")}</p>}
      {way.value ? (
        <Way way={way.value} name={name} />
      ) : (
        <p class="small quiet">{w(member.without_device ? "person.first_seat_do" : "person.seat_asked", { name })}</p>
      )}
    </div>
  );
}
