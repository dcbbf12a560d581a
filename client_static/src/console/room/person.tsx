/** A person on the board: a name, a sign of presence that needs no colour, and what they signal. */

import { useComputed } from "@preact/signals";
import { timeOfDay } from "../../locales";
import { useDesk } from "../desk";
import { w } from "../words";
import type { PersonAt, Presence } from "./board";
import { drag, type Drop, follow } from "./dragging";
import "./person.css";

const MINUTE_MS = 60_000;

export function presenceWords(person: PersonAt, now_ms: number): string {
  switch (person.presence) {
    case "away": {
      const n = Math.floor((now_ms - person.since_ms) / MINUTE_MS);
      return n > 0 ? w("presence.away", { n }) : w("presence.away_now");
    }
    case "gone":
      return w("presence.gone", { time: timeOfDay(person.since_ms) });
    default:
      return w(`presence.${person.presence}`);
  }
}

/** Full: here. Half: away. A ring: gone. Dashed: never seen. A square: without a device. */
export function PresenceSign({ presence }: { presence: Presence }) {
  return (
    <svg class={`presence ${presence}`} viewBox="0 0 12 12" aria-hidden="true">
      {presence === "no_device" ? <rect x="2" y="2" width="8" height="8" rx="1.5" /> : <circle cx="6" cy="6" r="4.2" />}
      {presence === "away" && <path d="M6 1.8a4.2 4.2 0 0 0 0 8.4z" />}
    </svg>
  );
}

interface PersonProps {
  person: PersonAt;
  group: string | null;
  onDrop?: (drop: Drop) => void;
  /** Only the first name, where that is enough to tell everybody apart. */
  short?: boolean;
}

export function PersonLine({ person, group, onDrop, short }: PersonProps) {
  const desk = useDesk();
  const held = useComputed(() => drag.value?.person === person.id).value;
  const told = presenceWords(person, desk.now_ms.value);
  const signals = [person.done && w("presence.done"), person.need_time && w("presence.need_time")].filter(Boolean);
  const over = useComputed(() => drag.value?.over === person.id).value;
  return (
    <button
      type="button"
      class={`person ${person.presence} ${held ? "held" : ""} ${over ? "over" : ""}`}
      data-person={person.id}
      title={`${desk.name(person.id)}, ${desk.school(person.id)} · ${told}`}
      onClick={() => (desk.sheet.value = { show: "person", person: person.id })}
      onPointerDown={(event) => onDrop && follow(event, person.id, group ?? "", onDrop)}
    >
      <PresenceSign presence={person.presence} />
      <span class="name">{short ? (desk.called.value.get(person.id) ?? "…") : desk.name(person.id)}</span>
      {person.done && <span class="signal">✓</span>}
      {person.need_time && <span class="signal">+</span>}
      <span class="unseen">{[told, ...signals].join(", ")}</span>
    </button>
  );
}
