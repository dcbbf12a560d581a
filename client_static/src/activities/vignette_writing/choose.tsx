/** Choosing: what I noticed before, seen by me alone; what it is about; and what is at stake, which stays mine for ever. */

import { Written } from "../../documents/field";
import { SharedField } from "../../documents/editor/field";
import { pack } from "../../state/path";
import { Chips, type Option, Scale } from "../../ui/choices";
import { SeenBy } from "../../ui/parts";
import type { ActivityProps } from "../registry";
import { type Chosen, configOf, type Desk, labelOf, type Limits, vocabulary } from "./desk";
import { w } from "./words";

function segmentLabel(id: string): string {
  const segments: unknown = pack.value?.vocabularies?.["wheel_segments"];
  return labelOf(Array.isArray(segments) ? (segments as Option[]) : [], id);
}

function Noticed({ desk }: { desk: Desk }) {
  const { priorities = [], link_notes: notes = [] } = desk;
  if (priorities.length === 0 && notes.length === 0) return null;
  return (
    <section class="noticed stack tight">
      <div class="above row">
        <h2>{w("choose.private")}</h2>
        <SeenBy who="me" />
      </div>
      <p class="small quiet">{w("choose.private_hint")}</p>
      {priorities.map(({ segment, first_sign: sign }) => (
        <div key={segment}>
          <p>
            {w("choose.wheel")} <strong>{segmentLabel(segment)}</strong>
          </p>
          {sign && (
            <>
              <p class="small quiet">{w("choose.first_sign")}</p>
              <Written page={sign} field="text" />
            </>
          )}
        </div>
      ))}
      {notes.map((note) => (
        <div key={note}>
          <p class="small quiet">{w("choose.link")}</p>
          <Written page={note} field="text" />
        </div>
      ))}
    </section>
  );
}

export interface ChooseProps extends Pick<ActivityProps, "session" | "phase" | "words"> {
  desk: Desk;
  limits: Limits;
}

/** What is said about the text goes with the copy, to whoever may read it. */
export function About({ session, phase, words, desk, limits }: ChooseProps) {
  const config = configOf(words);
  const chosen = desk.chosen ?? {};
  const wish = (change: Partial<Chosen>): void => {
    void session.wish(phase, { type: "ChooseSituation", chosen: { ...chosen, ...change } });
  };
  const one = (ids: readonly string[]): string => ids[0] ?? "";
  const languages = vocabulary(config, "languages");
  return (
    <section class="stack wide fill">
      <h2>{w("choose.about")}</h2>
      <Chips
        legend={w("choose.topics")}
        aside={<span class="small quiet">{w("choose.topics_hint")}</span>}
        options={vocabulary(config, "topics")}
        chosen={chosen.topics ?? []}
        many
        onChoose={(topics) => wish({ topics: topics.slice(-limits.topics) })}
      />
      <SharedField
        page={desk.page}
        name="topic"
        label={w("choose.own_topic")}
        hint={w("choose.own_topic_hint")}
        seen={(desk.co_writers ?? []).length > 0 || desk.typist ? "co_writers" : "me"}
        line
        hard={limits.topic}
      />
      <Chips
        legend={w("choose.boundary")}
        options={vocabulary(config, "boundaries")}
        chosen={chosen.boundary ?? []}
        many
        onChoose={(boundary) => wish({ boundary })}
      />
      <Chips
        legend={w("choose.whose")}
        options={vocabulary(config, "whose_issue")}
        chosen={[chosen.whose_issue ?? ""]}
        onChoose={(ids) => wish({ whose_issue: one(ids) })}
      />
      <Chips
        legend={w("choose.schooling")}
        options={vocabulary(config, "schooling")}
        chosen={[chosen.schooling ?? ""]}
        onChoose={(ids) => wish({ schooling: one(ids) })}
      />
      {languages.length > 0 && (
        <label class="field">
          <span class="label">{w("choose.language")}</span>
          <select
            class="input"
            value={chosen.language ?? ""}
            onChange={(event) => wish({ language: event.currentTarget.value })}
          >
            <option value="">…</option>
            {languages.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
    </section>
  );
}

export function Choose({ session, phase, desk, limits }: ChooseProps) {
  const chosen = desk.chosen ?? {};
  const wish = (change: Partial<Chosen>): void => {
    void session.wish(phase, { type: "ChooseSituation", chosen: { ...chosen, ...change } });
  };
  return (
    <>
      <Noticed desk={desk} />
      <SharedField
        page={desk.stake}
        name="my_stake"
        label={w("choose.stake")}
        hint={w("choose.stake_hint")}
        seen="me"
        hard={limits.my_stake}
      />
      <section class="stack wide fill">
        <div class="row">
          <h2>{w("choose.own")}</h2>
          <SeenBy who="me" />
        </div>
        <Scale
          legend={w("choose.recognise")}
          from={0}
          to={4}
          value={chosen.own_recognise ?? null}
          low={w("scale.never")}
          high={w("scale.often")}
          onChoose={(value) => wish({ own_recognise: value })}
        />
        <Scale
          legend={w("choose.challenge")}
          from={0}
          to={4}
          value={chosen.own_challenge ?? null}
          low={w("scale.not")}
          high={w("scale.much")}
          onChoose={(value) => wish({ own_challenge: value })}
        />
      </section>
    </>
  );
}
