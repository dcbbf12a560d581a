/** A phase that the moderator looks at without moving anybody: what it holds, and what can be changed about it. */

import { useSignal } from "@preact/signals";
import type { RoomShown } from "../../state/workshop";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import { Icon } from "../icon";
import type { ConsolePack, ModeratorsShown } from "../shown";
import { w } from "../words";
import { reordered } from "./plan";

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

function Changes({ room, phase }: { room: RoomShown; phase: string }) {
  const desk = useDesk();
  const shown = room.phases.find((one) => one.id === phase);
  if (!shown) return null;
  const [earlier, later] = [reordered(room.phases, phase, -1), reordered(room.phases, phase, 1)];
  const open = OPEN.includes(shown.status);
  const reorder = (phases: string[]): void => void desk.wish({ type: "ChangeOrder", phases });
  return (
    <div class="stack">
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
            {w(shown.skipped ? "phase.unskip" : "phase.skip")}
          </Button>
        )}
        <Button onPress={() => void desk.wish({ type: open ? "ClosePhase" : "OpenPhase", phase })}>
          {w(open ? "phase.close" : shown.opened_ms ? "phase.reopen" : "phase.open")}
        </Button>
      </div>
      <p class="small quiet">
        {w(open ? "phase.close_do" : "phase.open_do")} {shown.opened_ms ? w("phase.nothing_lost") : ""}
      </p>
    </div>
  );
}

export function PhaseAhead({ room, moderators, words, phase }: PhaseProps) {
  const desk = useDesk();
  const shown = room.phases.find((one) => one.id === phase);
  const told = shown ? words.phases[shown.spec] : undefined;
  if (!shown || !told) return null;
  const steps = told.variants[shown.variant]?.steps ?? [];
  const formed = moderators.groups[phase] ?? {};
  return (
    <section class="phase-ahead stack wide">
      <p class="written">{told.aim}</p>
      <Changes room={room} phase={phase} />
      <div>
        <h3>{w("phase.steps")}</h3>
        <ol class="ahead-steps">
          {steps.map((step) => (
            <li key={step.id}>
              <p>
                <strong>{step.title}</strong> <span class="quiet numerals">{w("phase.min", { n: step.minutes })}</span>
              </p>
              {step.prompt?.trim() && <p class="quiet">{step.prompt}</p>}
            </li>
          ))}
        </ol>
      </div>
      {Object.keys(told.groups ?? {}).length > 0 && (
        <div class="stack tight">
          <h3>{w("phase.groups")}</h3>
          <div class="row">
            {Object.keys(told.groups ?? {}).map((grouping) => (
              <Button key={grouping} onPress={() => (desk.sheet.value = { show: "groups", phase, grouping })}>
                {w(formed[grouping]?.length ? "phase.again" : "phase.preview", { name: grouping })}
              </Button>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}
