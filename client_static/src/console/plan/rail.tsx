/** The day as a rail: where the room is, what it took, what is to come. Looking is free; nothing here moves anybody. */

import { useEffect, useRef } from "preact/hooks";
import { timeOfDay } from "../../locales";
import type { RoomShown } from "../../state/workshop";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import type { ConsolePack } from "../shown";
import { w, wn } from "../words";
import { MINUTE_MS, type Plan, planOf, scheduledMinutes, type Stop } from "./plan";
import "./rail.css";

const minutes = (ms: number): number => Math.round(ms / MINUTE_MS);

export function usePlan(room: RoomShown, words: ConsolePack): Plan {
  const desk = useDesk();
  return planOf(room.phases, room.at, desk.now_ms.value, scheduledMinutes(words.schedules?.[room.schedule]));
}

const HOUR = 60;

/** Long times in hours, as people say them. */
function howLate(stem: "plan.behind" | "plan.ahead", late: number): string {
  if (late < 2 * HOUR) return wn(stem, late);
  return w(`${stem}_hours`, { h: Math.floor(late / HOUR), n: late % HOUR });
}

export function Balance({ room, plan }: { room: RoomShown; plan: Plan }) {
  if (room.life === "closed") return <p class="balance quiet">{w("plan.workshop_closed")}</p>;
  if (room.life === "follow_up") return <p class="balance quiet">{w("plan.over")}</p>;
  if (!plan.begun) return <p class="balance quiet">{w("plan.not_begun")}</p>;
  const behind = minutes(plan.behind_ms);
  const how =
    behind > 0 ? howLate("plan.behind", behind) : behind < 0 ? howLate("plan.ahead", -behind) : w("plan.on_time");
  return (
    <p class={`balance ${behind > 0 ? "behind" : ""}`} role="status">
      <strong class="numerals">{how}</strong>
      <span class="quiet numerals">{w("plan.ends", { time: timeOfDay(plan.ends_ms) })}</span>
    </p>
  );
}

function Told({ stop }: { stop: Stop }) {
  const { phase, state } = stop;
  switch (state) {
    case "past":
      return <>{w("plan.took", { actual: minutes(stop.spent_ms), planned: phase.minutes })}</>;
    case "now":
      return (
        <>
          {w("plan.of", { actual: minutes(stop.spent_ms), planned: phase.minutes })}
          {phase.status === "closed" && <span class="open-mark"> · {w("plan.closed")}</span>}
        </>
      );
    case "skipped":
      return <>{w("plan.skipped")}</>;
    case "between":
      return <>{w("plan.between")}</>;
    case "ahead":
      return <>{w("plan.minutes", { n: phase.minutes })}</>;
  }
}

function StopLine({ stop, onLook }: { stop: Stop; onLook: () => void }) {
  const desk = useDesk();
  const { phase, state, spent_ms } = stop;
  const share = phase.minutes ? Math.min(1, spent_ms / (phase.minutes * MINUTE_MS)) : 0;
  const looked = desk.selected.value === phase.id || (desk.selected.value === null && state === "now");
  const open = ["open", "warning", "reopened"].includes(phase.status) && state !== "now";
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const rail = line.current?.closest(".rail");
    if (state !== "now" || !rail || !line.current) return;
    // A long day is longer than the rail: where the room is must be in sight without looking for it.
    rail.scrollTop +=
      line.current.getBoundingClientRect().top - rail.getBoundingClientRect().top - rail.clientHeight / 3;
  }, [state]);
  return (
    <li ref={line} class={`stop ${state} ${phase.counted === false ? "pause" : ""}`}>
      <button
        type="button"
        aria-current={state === "now" ? "step" : undefined}
        aria-pressed={looked}
        onClick={() => {
          desk.selected.value = state === "now" ? null : phase.id;
          onLook();
        }}
      >
        <span class="at numerals">{stop.starts_ms && state !== "skipped" ? timeOfDay(stop.starts_ms) : ""}</span>
        <span class="what">
          <span class="title">{desk.short(phase.id)}</span>
          <span class="told numerals">
            <Told stop={stop} />
            {open && <span class="open-mark"> · {w("plan.open")}</span>}
          </span>
        </span>
        {state === "now" && (
          <span class="filled" aria-hidden="true">
            <span style={{ width: `${share * 100}%` }} />
          </span>
        )}
      </button>
    </li>
  );
}

export function Rail({ room, words, onLook }: { room: RoomShown; words: ConsolePack; onLook: () => void }) {
  const desk = useDesk();
  const plan = usePlan(room, words);
  const schedule = words.schedules?.[room.schedule];
  const meetings = [...new Set(room.phases.map((one) => one.meeting ?? 0))];
  return (
    <>
      <header class="rail-head">
        <h2 class="part-title">{w("plan.title")}</h2>
        <Balance room={room} plan={plan} />
      </header>
      {meetings.map((meeting) => (
        <section key={meeting}>
          {meetings.length > 1 && (
            <h3 class="meeting">{schedule?.meetings[meeting]?.title ?? w("plan.meeting", { n: meeting + 1 })}</h3>
          )}
          <ol class="stops">
            {plan.stops
              .filter((stop) => (stop.phase.meeting ?? 0) === meeting)
              .map((stop) => (
                <StopLine key={stop.phase.id} stop={stop} onLook={onLook} />
              ))}
          </ol>
        </section>
      ))}
      {desk.leads && (
        <Button class="short" onPress={() => (desk.sheet.value = { show: "short" })}>
          {w("plan.cut_title")}
        </Button>
      )}
    </>
  );
}
