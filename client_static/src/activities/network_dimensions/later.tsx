/** Twelve weeks on: how it has become, answered alone, then laid beside what was wanted and agreed. */

import { useSignal } from "@preact/signals";
import { nameOf } from "../../state/day";
import { SeenBy } from "../../ui/parts";
import { wish } from "../wish";
import { Bipolar } from "./lines";
import { Profile } from "./profile";
import type { TogetherProps } from "./together";
import { d, whyNot } from "./words";

export function Later({ session, phase, me, room, mine, ours }: TogetherProps) {
  const { indicators = [] } = room;
  const asked = useSignal<Readonly<Record<string, number>>>({});
  const actual = { ...mine.actual, ...asked.value };
  const set = (indicator: string, value: number): void => {
    asked.value = { ...asked.value, [indicator]: value };
    void wish({ session, phase, body: { type: "SetActual", indicator, value }, refused: whyNot });
  };
  const seen = ours.actual ?? [];
  if (seen.length > 0) {
    const people = seen.map(({ person, values }) => ({
      person,
      values,
      name: person === me ? d("profile.you") : nameOf(session.views, person).name,
    }));
    return (
      <section class="stack fill">
        <h2>{d("later.seen")}</h2>
        <Profile indicators={indicators} people={people} joint={ours.joint ?? {}} />
      </section>
    );
  }
  const done = indicators.filter(({ id }) => actual[id] !== undefined).length;
  return (
    <section class="stack wide fill">
      <h2>{d("later.title")}</h2>
      <div class="private">
        <SeenBy who="me" />
        <p>{d("later.lead")}</p>
      </div>
      <p class="tally numerals" role="status">
        {d("taps.progress", { n: done, all: indicators.length })}
      </p>
      <ol class="lines">
        {indicators.map((indicator) => (
          <li class={actual[indicator.id] === undefined ? "line" : "line answered"} key={indicator.id}>
            <Bipolar
              indicator={indicator}
              value={actual[indicator.id] ?? null}
              onChoose={(value) => set(indicator.id, value)}
            />
          </li>
        ))}
      </ol>
      <p class="quiet">{d("later.wait")}</p>
    </section>
  );
}
