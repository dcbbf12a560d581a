/** Short of time: what to cut first, what each remaining phase could give, and one button that shares the delay. */

import { timeOfDay } from "../../locales";
import type { RoomShown } from "../../state/workshop";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import type { ConsolePack } from "../shown";
import { w, wn } from "../words";
import { MINUTE_MS, type Plan } from "./plan";
import { Balance, usePlan } from "./rail";
import { type Cut, cutFirst, leftOut, type Remaining, remaining, shared, shorterForms } from "./shortening";
import "./short.css";

const STEP_MINUTES = 5;

function ends(plan: Plan, wins: number): string {
  return timeOfDay(plan.ends_ms - wins * MINUTE_MS);
}

function Offer({ cut, plan, label }: { cut: Cut; plan: Plan; label: string }) {
  const desk = useDesk();
  return (
    <li class="cut">
      <span>
        {label} <span class="quiet numerals">{w("short.wins", { n: cut.wins, time: ends(plan, cut.wins) })}</span>
      </span>
      <Button
        class="small-button"
        label={`${w(`short.${cut.kind}_do`)}: ${label}`}
        onPress={() => void desk.wish(cut.wish)}
      >
        {w(`short.${cut.kind}_do`)}
      </Button>
    </li>
  );
}

function Share({ plan, all }: { plan: Plan; all: readonly Remaining[] }) {
  const desk = useDesk();
  const behind = Math.round(plan.behind_ms / MINUTE_MS);
  if (!plan.begun || behind <= 0) return null;
  const minutes = shared(all, behind);
  const phases = all.filter((one) => minutes[one.stop.phase.id] !== undefined);
  const wins = phases.reduce((sum, { stop }) => sum + stop.phase.minutes - (minutes[stop.phase.id] ?? 0), 0);
  if (phases.length === 0) return <p class="quiet">{w("short.nothing_to_share")}</p>;
  return (
    <div class="stack tight">
      <Button kind="primary" onPress={() => void desk.wish({ type: "ShareDelay", minutes })}>
        {wn("short.share", phases.length, { minutes: wins })}
      </Button>
      <p class="small quiet numerals">
        {phases
          .map(({ stop }) => `${desk.short(stop.phase.id)} ${stop.phase.minutes} → ${minutes[stop.phase.id]}`)
          .join(" · ")}
        . {w("plan.ends", { time: ends(plan, wins) })}
      </p>
    </div>
  );
}

function Minutes({ one }: { one: Remaining }) {
  const desk = useDesk();
  const { id, minutes } = one.stop.phase;
  const title = desk.short(id);
  const set = (wanted: number): void =>
    void desk.wish({ type: "ChangeMinutes", phase: id, minutes: Math.max(one.floor, wanted) });
  return (
    <span class="minutes-of numerals">
      <button
        type="button"
        class="step-button"
        aria-label={w("short.less", { title, n: STEP_MINUTES })}
        disabled={minutes <= one.floor}
        onClick={() => set(minutes - STEP_MINUTES)}
      >
        −{STEP_MINUTES}
      </button>
      <span>{w("phase.min", { n: minutes })}</span>
      <button
        type="button"
        class="step-button"
        aria-label={w("short.more", { title, n: STEP_MINUTES })}
        onClick={() => set(minutes + STEP_MINUTES)}
      >
        +{STEP_MINUTES}
      </button>
    </span>
  );
}

function Line({ one, all, plan }: { one: Remaining; all: readonly Remaining[]; plan: Plan }) {
  const desk = useDesk();
  const { stop } = one;
  const out = leftOut(one, all);
  const cuts = [...shorterForms(one), ...(out ? [out] : [])];
  return (
    <li class="remaining">
      <div class="remaining-head">
        <span>
          <strong>{desk.short(stop.phase.id)}</strong>{" "}
          <span class="quiet numerals">{w("short.until", { time: timeOfDay(stop.ends_ms) })}</span>
        </span>
        <Minutes one={one} />
      </div>
      {one.kept && <p class="small quiet">{w("short.kept", { what: neverCut(one) })}</p>}
      {cuts.length > 0 && (
        <ul>
          {cuts.map((cut) => (
            <Offer
              key={cut.kind + cut.what}
              cut={cut}
              plan={plan}
              label={w(cut.kind === "variant" ? "short.variant" : "short.phase")}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

function neverCut(one: Remaining): string {
  return one.steps
    .filter((step) => step.never_cut)
    .map((step) => step.title)
    .join(", ");
}

function Prose({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul class="prose">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

export function ShortSheet({ room, words }: { room: RoomShown; words: ConsolePack }) {
  const desk = useDesk();
  const plan = usePlan(room, words);
  const all = remaining(plan, words);
  const first = cutFirst(all, room.step ?? 0);
  const schedule = words.schedules?.[room.schedule];
  return (
    <>
      <Balance room={room} plan={plan} />
      <Share plan={plan} all={all} />
      {first.length > 0 && (
        <section class="stack tight">
          <h3>{w("plan.cut_first")}</h3>
          <ol class="cuts">
            {first.map((cut) => (
              <Offer
                key={cut.phase + cut.what}
                cut={cut}
                plan={plan}
                label={
                  cut.kind === "step"
                    ? w("short.step", { step: cut.what, title: desk.short(cut.phase) })
                    : w("short.variant_of", { title: desk.short(cut.phase) })
                }
              />
            ))}
          </ol>
        </section>
      )}
      <section class="stack tight">
        <h3>{w("short.remaining")}</h3>
        <ul class="cuts">
          {all.map((one) => (
            <Line key={one.stop.phase.id} one={one} all={all} plan={plan} />
          ))}
        </ul>
      </section>
      <Prose title={w("plan.never_cut")} lines={schedule?.never_cut ?? []} />
      <Prose title={w("short.words")} lines={schedule?.cut_first ?? []} />
    </>
  );
}
