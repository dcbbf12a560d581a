/** Before a proposal: who forms a partnership, what stands between two of them, who is here, and who wished beforehand. */

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { listed } from "../../locales";
import type { Relation, UnitRow } from "../../protocol/generated";
import { nameOf } from "../../state/day";
import { Segmented, Tick } from "../../ui/choices";
import { Button } from "../../ui/parts";
import { type Option, options, type PartProps } from "./units";
import { p } from "./words";

type Kind = Relation["kind"];
const KINDS: readonly Kind[] = ["conflict", "same_owner", "competitor", "partner", "too_far"];
const HERE = ["present", "away", "left"] as const;
type Here = (typeof HERE)[number];

/** The part `~here`: person, state, since when. */
interface Presence {
  people: [string, string, number][];
}

function Units({ body, send }: PartProps) {
  const begun = (body.round ?? 0) > 0 || body.draft != null || (body.partnerships ?? []).length > 0;
  if (begun || (body.open ?? []).length > 0) {
    return <p class="small quiet">{p(`mod.units_${body.kind}`)}</p>;
  }
  return (
    <Segmented
      legend={p("mod.units")}
      options={(["school", "person"] as const).map((id) => ({ id, label: p(`mod.unit_${id}`) }))}
      chosen={body.kind}
      onChoose={(kind) => send({ type: "ChooseUnits", kind })}
    />
  );
}

interface PickProps {
  label: string;
  value: string;
  options: readonly Option[];
  onPick: (id: string) => void;
}

function Pick({ label, value, options: all, onPick }: PickProps) {
  const id = useId();
  return (
    <div class="m-field">
      <label for={id} class="small">
        {label}
      </label>
      <select id={id} class="input" value={value} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">…</option>
        {all.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function Relations({ body, labelOf, send }: PartProps) {
  const [one, other, kind] = [useSignal(""), useSignal(""), useSignal<string>("")];
  const all = options(
    body.units.filter((row) => row.stage !== "left").map((row) => row.unit),
    labelOf,
  );
  const ready = one.value !== "" && other.value !== "" && kind.value !== "" && one.value !== other.value;
  const keep = (): void => {
    send({ type: "SetRelation", units: [one.value, other.value], kind: kind.value });
    for (const each of [one, other, kind]) each.value = "";
  };
  return (
    <section class="m-group" aria-label={p("mod.relations")}>
      <h4>{p("mod.relations")}</h4>
      <p class="small quiet">{p("mod.relations_do")}</p>
      <ul class="m-rows">
        {(body.relations ?? []).map((relation) => (
          <li key={`${relation.units.join()}${relation.kind}`}>
            <span>
              {listed(relation.units.map(labelOf))}: {p(`mod.relation_${relation.kind}`)}
            </span>
            <Button
              kind="plain"
              label={p("mod.relation_lift", { names: listed(relation.units.map(labelOf)) })}
              onPress={() => send({ type: "SetRelation", units: relation.units, kind: relation.kind, on: false })}
            >
              {p("mod.relation_off")}
            </Button>
          </li>
        ))}
      </ul>
      <div class="m-fields">
        <Pick label={p("mod.relation_one")} value={one.value} options={all} onPick={(id) => (one.value = id)} />
        <Pick
          label={p("mod.relation_other")}
          value={other.value}
          options={all.filter(({ id }) => id !== one.value)}
          onPick={(id) => (other.value = id)}
        />
        <Pick
          label={p("mod.relation_what")}
          value={kind.value}
          options={KINDS.map((id) => ({ id, label: p(`mod.relation_${id}`) }))}
          onPick={(id) => (kind.value = id)}
        />
        <Button busy={!ready} onPress={keep}>
          {p("mod.relation_keep")}
        </Button>
      </div>
    </section>
  );
}

const hereOf = (row: UnitRow): Here => (row.stage === "away" || row.stage === "left" ? row.stage : "present");

function Attending({ session, row, labelOf, send }: PartProps & { row: UnitRow }) {
  const leaving = useSignal(false);
  const name = labelOf(row.unit);
  const people = listed(row.people.map((one) => nameOf(session.views, one).name));
  const here = session.views.moderators<Presence>("~here")?.body.people ?? [];
  const absent = !here.some(([who, state]) => state === "here" && row.people.includes(who));
  const mayLeaveWishes = absent && (row.wished ?? 0) > 0 && row.stage !== "confirmed";
  const mark = (here: string): void => send({ type: "MarkUnit", unit: row.unit, here });
  return (
    <li>
      <span>
        {name}
        {people !== name && <span class="small quiet m-sub">{people}</span>}
      </span>
      <select
        class="input m-short"
        value={leaving.value ? "left" : hereOf(row)}
        aria-label={p("mod.here_label", { name })}
        onChange={({ currentTarget: { value } }) => {
          leaving.value = value === "left";
          if (value !== "left") mark(value);
        }}
      >
        {HERE.map((one) => (
          <option value={one} key={one}>
            {p(`mod.here_${one}`)}
          </option>
        ))}
      </select>
      {leaving.value && (
        <div class="stack tight fill" role="status">
          <p>{p("mod.gone_sure", { name })}</p>
          <div class="row">
            <Button
              onPress={() => {
                leaving.value = false;
                mark("left");
              }}
            >
              {p("mod.gone_yes")}
            </Button>
            <Button kind="plain" onPress={() => (leaving.value = false)}>
              {p("mod.gone_no")}
            </Button>
          </div>
        </div>
      )}
      {(mayLeaveWishes || row.by_proxy) && (
        <Tick checked={row.by_proxy === true} onChange={(on) => send({ type: "MatchByProxy", unit: row.unit, on })}>
          {p("mod.proxy")}
        </Tick>
      )}
    </li>
  );
}

export function Prepare(props: PartProps) {
  const { body, labelOf } = props;
  const rows = [...body.units].sort((a, b) => labelOf(a.unit).localeCompare(labelOf(b.unit)));
  return (
    <details class="m-part">
      <summary>{p("mod.prepare")}</summary>
      <div class="stack fill">
        <Units {...props} />
        <Relations {...props} />
        <section class="m-group" aria-label={p("mod.attending")}>
          <h4>{p("mod.attending")}</h4>
          <p class="small quiet">{p("mod.attending_do")}</p>
          <ul class="m-rows">
            {rows.map((row) => (
              <Attending {...props} row={row} key={row.unit} />
            ))}
          </ul>
        </section>
      </div>
    </details>
  );
}
