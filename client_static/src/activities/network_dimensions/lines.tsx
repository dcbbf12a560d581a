/** Eleven lines between two poles, one tap each, alone; three of them may carry a star. */

import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { TextField } from "../../documents/field";
import type { DimensionsForPerson, DimensionsForRoom, Indicator } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { say } from "../../ui/announcer";
import { Button, SeenBy } from "../../ui/parts";
import { wish } from "../wish";
import { PLACES } from "./picture";
import { d, dn, has, whyNot } from "./words";

const NOTE_HARD = 160;

export interface LinesProps {
  session: Session;
  phase: string;
  room: DimensionsForRoom;
  mine: DimensionsForPerson;
}

interface BipolarProps {
  indicator: Indicator;
  value: number | null;
  legend?: string;
  onChoose: (value: number) => void;
}

/** Five places on a line: native radios, so that arrows, thumbs and screen readers all know them. */
export function Bipolar({ indicator, value, legend, onChoose }: BipolarProps) {
  const name = useId();
  const { low, high } = indicator;
  const words = (place: number): string =>
    d(`taps.place_${place as (typeof PLACES)[number]}`, { pole: place < 0 ? low : high });
  return (
    <fieldset class="bipolar">
      <legend>{legend ?? indicator.label}</legend>
      <div class="poles small" aria-hidden="true">
        <span>{low}</span>
        <span>{high}</span>
      </div>
      <div class="places">
        {PLACES.map((place) => (
          <label key={place}>
            <input
              type="radio"
              name={name}
              value={place}
              checked={value === place}
              aria-label={words(place)}
              onChange={() => onChoose(place)}
            />
            <span aria-hidden="true" />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Star({ on, label, onPress }: { on: boolean; label: string; onPress: () => void }) {
  return (
    <button type="button" class="star" aria-pressed={on} aria-label={d("taps.star_of", { label })} onClick={onPress}>
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <path d="M10 2.2l2.4 5 5.4.7-4 3.8 1 5.4-4.8-2.7-4.8 2.7 1-5.4-4-3.8 5.4-.7z" />
      </svg>
      <span aria-hidden="true">{d("taps.star")}</span>
    </button>
  );
}

interface Given {
  wanted: number;
  star?: boolean;
}

function OneLine({
  indicator,
  given,
  notes,
  onSet,
}: {
  indicator: Indicator;
  given: Given | undefined;
  notes: string;
  onSet: (next: Given) => void;
}) {
  const noting = useSignal(false);
  return (
    <li class={given ? "line answered" : "line"} data-line={indicator.id}>
      <Bipolar
        indicator={indicator}
        value={given?.wanted ?? null}
        onChoose={(wanted) => onSet({ wanted, star: given?.star ?? false })}
      />
      <div class="row line-extras">
        {given && (
          <Star
            on={given.star === true}
            label={indicator.label}
            onPress={() => onSet({ wanted: given.wanted, star: !given.star })}
          />
        )}
        {given && !noting.value && (
          <button type="button" class="button plain small" onClick={() => (noting.value = true)}>
            {d("taps.note_add")}
            <span class="unseen">: {indicator.label}</span>
          </button>
        )}
      </div>
      {noting.value && (
        <TextField page={notes} name={indicator.id} label={d("taps.note")} seen="me" hard={NOTE_HARD} line />
      )}
    </li>
  );
}

/** The lines in the four dimensions of the framework, each named once. */
export function inDimensions(indicators: readonly Indicator[]): [string, Indicator[]][] {
  const found = new Map<string, Indicator[]>();
  for (const one of indicators) {
    const key = one.dimension ?? "practice";
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found];
}

export function dimensionLabel(id: string): string {
  const key = `dimension.${id}`;
  return has(key) ? d(key) : "";
}

export function Lines({ session, phase, room, mine, onFinished }: LinesProps & { onFinished: () => void }) {
  const { indicators = [], stars = 3 } = room;
  const asked = useSignal<ReadonlyMap<string, Given>>(new Map());
  const list = useRef<HTMLDivElement>(null);
  const given = (id: string): Given | undefined => asked.value.get(id) ?? mine.answers?.[id];
  const starred = indicators.filter(({ id }) => given(id)?.star).length;
  const missing = indicators.filter(({ id }) => !given(id));
  const set = async (indicator: string, next: Given): Promise<void> => {
    if (next.star && !given(indicator)?.star && starred >= stars) {
      say(d("taps.last_star"));
      return;
    }
    asked.value = new Map(asked.value).set(indicator, next);
    const body = { type: "SetAnswer" as const, indicator, wanted: next.wanted, star: next.star ?? false };
    await wish({ session, phase, body, refused: whyNot });
    const rest = new Map(asked.value);
    if (rest.get(indicator) === next) rest.delete(indicator);
    asked.value = rest;
  };
  const finish = async (): Promise<void> => {
    const [first] = missing;
    if (first) {
      const line = list.current?.querySelector<HTMLElement>(`[data-line="${first.id}"]`);
      line?.scrollIntoView({ block: "center" });
      line?.querySelector("input")?.focus({ preventScroll: true });
      return;
    }
    if (await wish({ session, phase, body: { type: "FinishAnswers" }, refused: whyNot })) onFinished();
  };
  const done = indicators.length - missing.length;
  return (
    <div class="stack wide fill" ref={list}>
      <div class="private">
        <SeenBy who="me" />
        <p>{d("taps.no_right")}</p>
      </div>
      <p class="tally numerals" role="status">
        <span>{d("taps.progress", { n: done, all: indicators.length })}</span>
        <span>{stars > starred ? dn("taps.stars", stars - starred) : d("taps.no_stars")}</span>
      </p>
      {inDimensions(indicators).map(([dimension, lines]) => (
        <section class="stack fill" key={dimension}>
          <h2>{dimensionLabel(dimension)}</h2>
          <ol class="lines">
            {lines.map((indicator) => (
              <OneLine
                key={indicator.id}
                indicator={indicator}
                given={given(indicator.id)}
                notes={mine.notes}
                onSet={(next) => void set(indicator.id, next)}
              />
            ))}
          </ol>
        </section>
      ))}
      <div class="stack tight">
        <Button kind={missing.length === 0 ? "primary" : "outline"} large onPress={() => void finish()}>
          {missing.length === 0 ? d("taps.finish") : dn("taps.missing", missing.length)}
        </Button>
        <p class="quiet">{d("taps.finish_do")}</p>
      </div>
    </div>
  );
}
