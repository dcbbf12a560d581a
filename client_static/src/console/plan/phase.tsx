/** A phase that the moderator looks at without moving anybody: what it holds, and what can be changed about it. */

import { useSignal } from "@preact/signals";
import type { PhaseWords } from "../../state/path";
import type { PhaseShown, RoomShown } from "../../state/workshop";
import { Segmented } from "../../ui/choices";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import { Icon } from "../icon";
import type { ConsolePack, ModeratorsShown } from "../shown";
import { isWord, w } from "../words";
import { groupingWords } from "../room/group_names";
import { reordered } from "./plan";
import "./phase.css";

const LONGEST_MINUTES = 600;
const OPEN = ["open", "warning", "reopened"];

interface PhaseProps {
  room: RoomShown;
  moderators: ModeratorsShown;
  words: ConsolePack;
  phase: string;
}

function Minutes({ phase, minutes }: { phase: string; minutes: number }) {
  const desk = useDesk();
  const typed = useSignal(String(minutes));
  const wanted = Number(typed.value);
  const fits = Number.isInteger(wanted) && wanted >= 0 && wanted <= LONGEST_MINUTES;
  return (
    <form
      class="minutes"
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) void desk.wish({ type: "ChangeMinutes", phase, minutes: wanted });
      }}
    >
      <label>
        {w("phase.minutes")}
        <input
          class="input numerals"
          type="number"
          min="0"
          max={LONGEST_MINUTES}
          value={typed.value}
          onInput={(event) => (typed.value = event.currentTarget.value)}
        />
      </label>
      {fits && wanted !== minutes && <Button type="submit">{w("phase.minutes_set")}</Button>}
    </form>
  );
}

function Changes({ room, phase, words }: { room: RoomShown; phase: string; words: PhaseWords }) {
  const desk = useDesk();
  const shown = room.phases.find((one) => one.id === phase);
  if (!shown) return null;
  const [earlier, later] = [reordered(room.phases, phase, -1), reordered(room.phases, phase, 1)];
  const open = OPEN.includes(shown.status);
  const reorder = (phases: string[]): void => void desk.wish({ type: "ChangeOrder", phases });
  const steps = words.variants[shown.variant]?.steps ?? [];
  const kept = steps.filter((step) => step.never_cut).map((step) => step.title);
  return (
    <div class="stack">
      <Length shown={shown} words={words} />
      <div class="row">
        <Minutes key={`${phase}/${shown.minutes}`} phase={phase} minutes={shown.minutes} />
        {earlier && (
          <Button onPress={() => reorder(earlier)}>
            <Icon name="up" /> {w("phase.earlier")}
          </Button>
        )}
        {later && (
          <Button onPress={() => reorder(later)}>
            <Icon name="down" /> {w("phase.later")}
          </Button>
        )}
      </div>
      <div class="row">
        {room.at !== phase && (
          <Button onPress={() => void desk.wish({ type: "SkipPhase", phase, skip: !shown.skipped })}>
            {w(shown.skipped ? "phase.unskip" : kept.length > 0 ? "phase.skip_anyway" : "phase.skip")}
          </Button>
        )}
        <Button onPress={() => void desk.wish({ type: open ? "ClosePhase" : "OpenPhase", phase })}>
          {w(open ? "phase.close" : shown.opened_ms ? "phase.reopen" : "phase.open")}
        </Button>
      </div>
      {kept.length > 0 && !shown.skipped && (
        <p class="small quiet">{w("phase.skip_kept", { what: kept.join("”, “") })}</p>
      )}
      <p class="small quiet">
        {w(open ? "phase.close_do" : "phase.open_do")} {shown.opened_ms ? w("phase.nothing_lost") : ""}
      </p>
    </div>
  );
}

/** The steps of a phase; those that are still ahead can be left out one by one, but never what the phase is for. */
function Steps({ shown, words }: { shown: PhaseShown; words: PhaseWords }) {
  const desk = useDesk();
  const { variant, without = [] } = shown;
  const cut = (step: string, on: boolean): void => void desk.wish({ type: "CutStep", phase: shown.id, step, cut: on });
  return (
    <ol class="ahead-steps">
      {(words.variants[variant]?.steps ?? []).map((step) => {
        const out = without.includes(step.id);
        return (
          <li key={step.id} class={out ? "out" : ""}>
            <p>
              <strong>{step.title}</strong> <span class="quiet numerals">{w("phase.min", { n: step.minutes })}</span>
              {step.never_cut && <span class="small quiet"> · {w("phase.never_cut")}</span>}
            </p>
            {step.prompt?.trim() && !out && <p class="quiet">{step.prompt}</p>}
            {desk.leads && !step.never_cut && (!shown.opened_ms || out) && (
              <Button
                kind="plain"
                label={`${w(out ? "phase.step_in" : "phase.step_out")}: ${step.title}`}
                onPress={() => cut(step.id, !out)}
              >
                {w(out ? "phase.step_in" : "phase.step_out")}
              </Button>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** The length in which a phase that has not begun will run. */
function Length({ shown, words }: { shown: PhaseShown; words: PhaseWords }) {
  const desk = useDesk();
  const names = Object.keys(words.variants);
  if (names.length < 2 || shown.opened_ms) return null;
  return (
    <Segmented
      legend={w("phase.length")}
      options={names.map((name) => ({
        id: name,
        label: w("phase.length_of", { name: lengthWords(name), n: words.variants[name]?.minutes ?? 0 }),
      }))}
      chosen={shown.variant}
      onChoose={(variant) => void desk.wish({ type: "ChangeVariant", phase: shown.id, variant })}
    />
  );
}

function lengthWords(name: string): string {
  const key = `length.${name}`;
  return isWord(key) ? w(key) : name.replaceAll("_", " ");
}

export function PhaseAhead({ room, moderators, words, phase }: PhaseProps) {
  const desk = useDesk();
  const shown = room.phases.find((one) => one.id === phase);
  const told = shown ? words.phases[shown.spec] : undefined;
  if (!shown || !told) return null;
  const formed = moderators.groups[phase] ?? {};
  return (
    <section class="phase-ahead stack wide">
      <p class="written">{told.aim}</p>
      {desk.leads && <Changes room={room} phase={phase} words={told} />}
      <div>
        <h3>{w("phase.steps")}</h3>
        <Steps shown={shown} words={told} />
      </div>
      {Object.keys(told.groups ?? {}).length > 0 && desk.forRoom && (
        <div class="stack tight">
          <h3>{w("phase.groups")}</h3>
          <div class="row">
            {Object.keys(told.groups ?? {}).map((grouping) => (
              <Button key={grouping} onPress={() => (desk.sheet.value = { show: "groups", phase, grouping })}>
                {w(formed[grouping]?.length ? "phase.again" : "phase.preview", {
                  name: groupingWords(desk, phase, grouping),
                })}
              </Button>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}
