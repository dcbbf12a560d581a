/** What partners do with two pictures: talk about the widest, settle a few places with a reason, and write their rules. */

import { useSignal } from "@preact/signals";
import { TextField } from "../../documents/field";
import { usePage } from "../../documents/pages";
import { listed } from "../../locales";
import type {
  DimensionsForPartners,
  DimensionsForPerson,
  DimensionsForRoom,
  Indicator,
} from "../../protocol/generated";
import type { Session } from "../../session/session";
import { nameOf } from "../../state/day";
import { Chips, Tick } from "../../ui/choices";
import { Fold } from "../../ui/fold";
import { Button, SeenBy } from "../../ui/parts";
import { useLines } from "../lines";
import { wish } from "../wish";
import { Bipolar } from "./lines";
import type { Wanted } from "./picture";
import { howFar, Key, OneLine, Profile } from "./profile";
import { d, dn, whyNot } from "./words";

const WHY_HARD = 160;
const GOAL_HARD = 160;
const RULES_HARD = 820;

export interface TogetherProps {
  session: Session;
  phase: string;
  me: string;
  group: string;
  room: DimensionsForRoom;
  mine: DimensionsForPerson;
  ours: DimensionsForPartners;
}

export function namesOf({ session, me }: Pick<TogetherProps, "session" | "me">, people: readonly string[]): string {
  return listed(people.filter((one) => one !== me).map((one) => nameOf(session.views, one).name));
}

/** The revealed profiles, mine first: my form is the same on every screen of mine. */
export function peopleOf({ session, me, ours }: TogetherProps): (Wanted & { name: string })[] {
  const seen = [...(ours.profiles ?? [])].sort((a, b) => Number(b.person === me) - Number(a.person === me));
  return seen.map(({ person, wanted, stars = [] }) => ({
    person,
    values: wanted,
    stars,
    name: person === me ? d("profile.you") : nameOf(session.views, person).name,
  }));
}

export function Goal({ session, phase, group, ours }: TogetherProps) {
  const name = (change: Partial<{ goal: "exchange" | "new"; delicate: boolean; busy: boolean }>): void => {
    const { goal, delicate = false, busy = false } = ours;
    const body = { type: "NameGoal" as const, group, goal: goal ?? "exchange", delicate, busy, ...change };
    void wish({ session, phase, body, refused: whyNot });
  };
  return (
    <section class="stack wide fill">
      <TextField
        page={ours.page}
        name="goal"
        label={d("goal.field")}
        hint={d("goal.hint")}
        seen="partner"
        hard={GOAL_HARD}
        line
      />
      <Chips
        legend={d("goal.kind")}
        aside={<SeenBy who="partner" />}
        options={[
          { id: "exchange", label: d("goal.exchange") },
          { id: "new", label: d("goal.new") },
        ]}
        chosen={ours.goal ? [ours.goal] : []}
        onChoose={([goal]) => name({ goal: goal === "new" ? "new" : "exchange" })}
      />
      <div class="fill">
        <Tick checked={ours.delicate === true} onChange={(delicate) => name({ delicate })}>
          {d("goal.delicate")}
        </Tick>
        <Tick checked={ours.busy === true} onChange={(busy) => name({ busy })}>
          {d("goal.busy")}
        </Tick>
      </div>
      <p class="quiet small">{d("goal.why")}</p>
    </section>
  );
}

/** The lines worth talking about, each with its own small picture. */
export function TalkPoints(props: TogetherProps) {
  const { room, ours } = props;
  const people = peopleOf(props);
  const points = (ours.talk_points ?? []).flatMap((point) => {
    const indicator = room.indicators?.find(({ id }) => id === point.indicator);
    return indicator ? [{ ...point, indicator }] : [];
  });
  return (
    <section class="stack fill" aria-labelledby="points">
      <h2 id="points">{d("talk.title")}</h2>
      <p class="quiet">{points.length > 0 ? d("talk.lead") : d("talk.none")}</p>
      {points.length > 0 && <Key people={people} joint={Object.keys(ours.joint ?? {}).length > 0} />}
      <ol class="points">
        {points.map(({ indicator, stars = 0 }) => (
          <li key={indicator.id}>
            <h3>{indicator.label}</h3>
            <OneLine indicator={indicator} people={people} joint={ours.joint ?? {}} />
            <p class="small quiet numerals">
              {howFar(indicator.id, people)}
              {stars > 0 && ` · ${dn("talk.stars", stars)}`}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function Hints({ room, ours }: TogetherProps) {
  const asked = (ours.hints ?? []).flatMap((code) => room.fit_hints?.find(({ id }) => id === code) ?? []);
  if (asked.length === 0) return null;
  return (
    <section class="hints fill" aria-labelledby="hints">
      <h2 id="hints">{d("hints.title")}</h2>
      <p class="small quiet">{d("hints.lead")}</p>
      <ul>
        {asked.map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
      </ul>
    </section>
  );
}

function Joint({ session, phase, group, ours, indicator }: TogetherProps & { indicator: Indicator }) {
  const value = ours.joint?.[indicator.id];
  const set = (next: number | null): void => {
    const body = { type: "SetJoint" as const, group, indicator: indicator.id, value: next };
    void wish({ session, phase, body, refused: whyNot });
  };
  return (
    <li class="line answered">
      <Bipolar indicator={indicator} value={value ?? null} onChoose={set} />
      {value === undefined ? (
        <p class="quiet">{d("settle.none")}</p>
      ) : (
        <>
          <TextField
            page={ours.page}
            name={`why_${indicator.id}`}
            label={d("settle.why")}
            seen="partner"
            hard={WHY_HARD}
            line
          />
          <button type="button" class="button plain small" onClick={() => set(null)}>
            {d("settle.take_back")}
            <span class="unseen">: {indicator.label}</span>
          </button>
        </>
      )}
    </li>
  );
}

export function Settle(props: TogetherProps) {
  const { room, ours } = props;
  const { indicators = [] } = room;
  const added = useSignal<readonly string[]>([]);
  const points = (ours.talk_points ?? []).map((point) => point.indicator);
  const wanted = new Set([...points, ...Object.keys(ours.joint ?? {}), ...added.value]);
  const rest = indicators.filter(({ id }) => !wanted.has(id));
  return (
    <section class="stack fill" aria-labelledby="settle">
      <div class="above-panel">
        <h2 id="settle">{d("settle.title")}</h2>
        <SeenBy who="partner" />
      </div>
      <ol class="lines">
        {indicators
          .filter(({ id }) => wanted.has(id))
          .map((indicator) => (
            <Joint {...props} key={indicator.id} indicator={indicator} />
          ))}
      </ol>
      {rest.length > 0 && (
        <label class="field another">
          <span>{d("settle.another")}</span>
          <select
            class="input"
            value=""
            onChange={(event) => (added.value = [...added.value, event.currentTarget.value])}
          >
            <option value="">…</option>
            {rest.map(({ id, label }) => (
              <option value={id} key={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
    </section>
  );
}

export function Rules(props: TogetherProps) {
  const { session, phase, me, room, ours } = props;
  const { rules_min = 3, rules_max = 5 } = room;
  const lines = useLines(usePage(session, ours.page), "rules");
  const { confirmed = [], settled } = ours;
  const open = ours.members.filter((one) => !confirmed.includes(one));
  const mineIn = confirmed.includes(me);
  return (
    <section class="stack fill" aria-labelledby="rules">
      <h2 id="rules">{d("rules.title")}</h2>
      <TextField
        page={ours.page}
        name="rules"
        label={d("rules.field")}
        hint={d("rules.hint", { min: rules_min, max: rules_max })}
        seen="partner"
        hard={RULES_HARD}
      />
      {lines.length > rules_max ? (
        <p class="problem">{d("rules.many", { max: rules_max })}</p>
      ) : (
        <p class="small quiet numerals">{d("rules.count", { n: lines.length, min: rules_min })}</p>
      )}
      <Button
        kind={mineIn ? "outline" : "primary"}
        large
        onPress={() => void wish({ session, phase, body: { type: "ConfirmRules", page: ours.page }, refused: whyNot })}
      >
        {d("rules.confirm")}
      </Button>
      <p role="status" class="quiet">
        {settled
          ? d("rules.settled")
          : mineIn
            ? d("rules.confirmed", { names: namesOf(props, open) })
            : confirmed.length > 0
              ? d("rules.confirmed_by", { names: namesOf(props, confirmed) })
              : ""}
      </p>
      {confirmed.length > 0 && <p class="small quiet">{d("rules.write_on")}</p>}
    </section>
  );
}

/** The whole picture where other things come first. */
export function BothBelow(props: TogetherProps) {
  const { room, ours } = props;
  return (
    <Fold title={d("profile.all")}>
      <Profile indicators={room.indicators ?? []} people={peopleOf(props)} joint={ours.joint ?? {}} />
    </Fold>
  );
}

export function Both(props: TogetherProps & { below?: boolean }) {
  const { room, ours, below } = props;
  return (
    <section class="stack fill" aria-label={d("profile.title")}>
      {below ? <h3>{d("profile.title")}</h3> : <h2>{d("profile.title")}</h2>}
      <Profile indicators={room.indicators ?? []} people={peopleOf(props)} joint={ours.joint ?? {}} />
    </section>
  );
}
