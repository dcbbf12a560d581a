/** Choosing how people are put together: a preset, a form, the rules with what each costs, and whom to keep apart. */

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { listed } from "../../locales";
import { Tick } from "../../ui/choices";
import { Button } from "../../ui/parts";
import { Choose } from "../choose";
import { useDesk } from "../desk";
import type { FormName, Grouping, GroupsPreview, ModeratorsShown } from "../shown";
import { capital, w, wn } from "../words";
import { groupingWords } from "./group_names";
import { BROKEN_AS, type Earlier, FORMS, RULES, type Rule, sameForm, withForm, withRule } from "./forms";
import "./chooser.css";

const MOST_GROUPS = 200;

interface ChooserProps {
  how: Grouping;
  plan: Grouping;
  earlier: readonly Earlier[];
  costs: GroupsPreview["costs"];
  onChange: (how: Grouping) => void;
}

function formKey(how: Grouping): string {
  return how.form === "same" || how.form === "merged" ? `${how.form} ${how.phase ?? ""} ${how.of ?? ""}` : how.form;
}

function useEarlierWords(): (form: "same" | "merged", from: Earlier) => string {
  const desk = useDesk();
  const groupings = (phase: string): number => Object.keys(desk.moderators.value?.groups[phase] ?? {}).length;
  return (form, from) => {
    const title = desk.short(from.phase);
    const which = groupings(from.phase) > 1 ? `${title} (${groupingWords(desk, from.phase, from.grouping)})` : title;
    return w(form === "same" ? "form.same" : "form.merged", { title: which });
  };
}

function Presets({ how, plan, earlier, onChange }: ChooserProps) {
  const words = useEarlierWords();
  const partners = withRule(withForm(plan, "pairs"), "meet_new", true);
  const form = isPlain(plan) ? w(`form.${plan.form}`) : w("form.as_written");
  const isPlan = sameForm(partners, plan) && plan.meet_new !== false;
  const presets = [
    { label: w(isPlan ? "preset.planned_new" : "preset.planned", { form }), how: plan },
    ...(isPlan ? [] : [{ label: w("preset.new_partners"), how: partners }]),
    ...earlier.slice(0, 2).map((from) => ({ label: words("same", from), how: withForm(plan, "same", from) })),
    ...earlier.slice(0, 1).map((from) => ({ label: words("merged", from), how: withForm(plan, "merged", from) })),
    { label: w("form.plenary"), how: withForm(plan, "plenary") },
  ];
  return (
    <div class="presets" role="group" aria-label={w("preset.title")}>
      {presets.map((one) => (
        <Button
          key={one.label}
          class="small-button"
          pressed={sameForm(one.how, how)}
          onPress={() => onChange({ ...one.how })}
        >
          {capital(one.label)}
        </Button>
      ))}
    </div>
  );
}

type Plain = (typeof FORMS)[number];
const isPlain = (how: Grouping): how is Grouping & { form: Plain } => (FORMS as readonly string[]).includes(how.form);

function Form({ how, plan, earlier, onChange }: ChooserProps) {
  const words = useEarlierWords();
  const id = useId();
  const again = (["same", "merged"] as const).flatMap((form) =>
    earlier.map((from) => ({ id: `${form} ${from.phase} ${from.grouping}`, label: words(form, from), form, from })),
  );
  const written = isPlain(plan) ? [] : [{ id: formKey(plan), label: w("form.as_written") }];
  const options = [...written, ...FORMS.map((form) => ({ id: form as string, label: w(`form.${form}`) })), ...again];
  const choose = (key: string): void => {
    const found = again.find((one) => one.id === key);
    if (found) onChange(withForm(how, found.form, found.from));
    else if (key === formKey(plan)) onChange({ ...plan });
    else if (key) onChange(withForm(how, key as FormName));
  };
  return (
    <div class="row">
      <Choose label={w("form.title")} options={options} value={formKey(how)} onChoose={choose} />
      {how.form === "count" && (
        <label class="count" for={id}>
          <span>{w("form.how_many")}</span>
          <input
            id={id}
            class="input numerals"
            type="number"
            min="1"
            max={MOST_GROUPS}
            value={how.count ?? 2}
            onChange={(event) => {
              const count = Math.round(Number(event.currentTarget.value));
              if (count >= 1 && count <= MOST_GROUPS) onChange({ ...how, count });
            }}
          />
        </label>
      )}
    </div>
  );
}

function costWords(on: boolean, tables: number): string {
  if (tables > 0) return wn("rule.cost", tables);
  return w(on ? "rule.kept" : "rule.kept_anyway");
}

function Rules({ how, costs, onChange }: ChooserProps) {
  if (how.form === "alone" || how.form === "plenary") return null;
  return (
    <fieldset class="rules">
      <legend class="legend">{w("rule.title")}</legend>
      {RULES.map((rule: Rule) => {
        const on = how[rule] !== false;
        const tables = costs.find((cost) => cost.rule === BROKEN_AS[rule])?.tables ?? 0;
        return (
          <Tick key={rule} checked={on} onChange={(ticked) => onChange(withRule(how, rule, ticked))}>
            {w(`rule.${rule}`)}{" "}
            <span class={`small ${tables > 0 && on ? "not-kept" : "quiet"}`}>{costWords(on, tables)}</span>
          </Tick>
        );
      })}
    </fieldset>
  );
}

export function KeepApart({ moderators, onChange }: { moderators: ModeratorsShown; onChange: () => void }) {
  const desk = useDesk();
  const one = useSignal("");
  const other = useSignal("");
  const people = moderators.people
    .filter((each) => each.state !== "left")
    .map((each) => ({ id: each.id, label: desk.name(each.id) }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const apart = moderators.keeping.apart ?? [];
  const keep = async (pair: readonly [string, string], on: boolean): Promise<void> => {
    if (!(await desk.wish({ type: "KeepApart", one: pair[0], other: pair[1], keep: on }))) return;
    one.value = "";
    other.value = "";
    onChange();
  };
  return (
    <details>
      <summary>{w("apart.title", { n: apart.length })}</summary>
      <ul class="apart">
        {apart.map((pair) => (
          <li class="kept" key={pair.join()}>
            <span>{listed(pair.map((who) => desk.name(who)).sort((a, b) => a.localeCompare(b)))}</span>
            <Button kind="plain" onPress={() => void keep(pair, false)}>
              {w("person.lift")}
            </Button>
          </li>
        ))}
      </ul>
      <div class="choose-and-do">
        <Choose label={w("apart.one")} options={people} value={one.value} onChoose={(id) => (one.value = id)} />
        <Choose
          label={w("apart.other")}
          options={people.filter((each) => each.id !== one.value)}
          value={other.value}
          onChoose={(id) => (other.value = id)}
        />
        <Button busy={!one.value || !other.value} onPress={() => void keep([one.value, other.value], true)}>
          {w("person.apart_do")}
        </Button>
      </div>
    </details>
  );
}

export function Chooser(props: ChooserProps) {
  return (
    <div class="chooser stack tight fill">
      <Presets {...props} />
      <Form {...props} />
      <Rules {...props} />
    </div>
  );
}
