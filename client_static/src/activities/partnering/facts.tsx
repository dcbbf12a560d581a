/** Why these two: only what is true for both and hides nobody's no. */

import type { Fact } from "../../protocol/generated";
import { pack } from "../../state/path";
import type { Side } from "./sides";
import { p } from "./words";

const LASTS_NOT = new Set(["best_for_the_room"]);

function tagLabel(tag: string): string {
  const all = Object.values(pack.value?.vocabularies ?? {}).flat();
  return all.find((choice) => choice.id === tag)?.label ?? tag;
}

export function sentenceOf(fact: Fact, ours: string, sides: readonly Side[]): string {
  const labelOf = (unit: string | undefined): string => sides.find((side) => side.unit === unit)?.label ?? "";
  const tag = fact.tag ? tagLabel(fact.tag) : "";
  if (fact.code !== "offer_meets_need") return p(`fact.${fact.code}`, { tag });
  const [giver, taker] = fact.units;
  if (giver === ours) return p("fact.offer_ours", { tag, name: labelOf(taker) });
  return p("fact.offer_theirs", { tag, name: labelOf(giver) });
}

interface FactsProps {
  facts: readonly Fact[];
  ours: string;
  sides: readonly Side[];
  title: string;
}

export function Facts({ facts, ours, sides, title }: FactsProps) {
  const said = [
    ...new Set(facts.filter((fact) => !LASTS_NOT.has(fact.code)).map((one) => sentenceOf(one, ours, sides))),
  ];
  const last = facts.find((fact) => LASTS_NOT.has(fact.code));
  if (last && said.length === 0) said.push(sentenceOf(last, ours, sides));
  if (said.length === 0) return null;
  return (
    <section class="stack tight fill">
      <h2 class="minor">{title}</h2>
      <ul class="facts">
        {said.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </section>
  );
}
