/** The moderator's view of the choice: who has no partner, how good a draft is, who is open; never a wish or a no. */

import { useSignal } from "@preact/signals";
import { listed } from "../../locales";
import type { UnitRow } from "../../protocol/generated";
import { Button } from "../../ui/parts";
import type { ModeratorProps } from "../moderating";
import { wish } from "../wish";
import { Draft } from "./draft";
import { Partners } from "./partners";
import { Prepare } from "./prepare";
import { Strengths } from "./strengths";
import { labels, type PartProps, type Seen, whyWithout } from "./units";
import { p, pn, whyNot } from "./words";
import "../moderator.css";

/** Once there has been a round, or the room has moved on, nobody waits for the next one to find a place. */
const mayFind = (body: Seen, row: UnitRow): boolean =>
  ((body.round ?? 0) > 0 || body.over === true) && row.stage !== "proposed";

/** Those without a partner: choose two or three, and propose them by hand; they still tap. */
function Without({ body, labelOf, send }: PartProps) {
  const chosen = useSignal<readonly string[]>([]);
  const without = body.without_partner ?? [];
  const rows = body.units.filter((row) => without.includes(row.unit));
  const picked = chosen.value.filter((unit) => without.includes(unit));
  if (without.length === 0) return <p class="m-part">{p("mod.all")}</p>;
  return (
    <section class="m-part">
      <h3>{pn("mod.without", without.length)}</h3>
      <ul class="m-rows">
        {rows.map((row) => (
          <li key={row.unit}>
            <label class="m-pick">
              <input
                type="checkbox"
                checked={picked.includes(row.unit)}
                onChange={() =>
                  (chosen.value = picked.includes(row.unit)
                    ? picked.filter((unit) => unit !== row.unit)
                    : [...picked, row.unit].slice(-3))
                }
              />
              <span>{labelOf(row.unit)}</span>
            </label>
            <span class="small quiet numerals">
              {row.missed ? whyWithout(row.missed) : p(`mod.stage_${row.stage ?? "waiting"}`)} · {row.wished ?? 0}/
              {row.people.length} {p("mod.wished")}
            </span>
            {mayFind(body, row) && (
              <Button onPress={() => send({ type: "FindPlace", unit: row.unit })}>{p("mod.find")}</Button>
            )}
          </li>
        ))}
      </ul>
      <p class="small quiet">{p("mod.pick")}</p>
      {picked.length > 1 && (
        <Button onPress={() => send({ type: "ProposeByHand", units: picked })}>
          {p("mod.propose_these", { n: picked.length })}
        </Button>
      )}
    </section>
  );
}

function Open({ body, labelOf }: PartProps) {
  const open = body.open ?? [];
  if (open.length === 0) return null;
  return (
    <section class="m-part">
      <h3>{p("mod.open")}</h3>
      <ul class="m-rows">
        {open.map((one) => (
          <li key={one.units.join()}>
            <span>{listed(one.units.map(labelOf))}</span>
            <span class="small quiet numerals">{p("mod.agreed", { n: one.agreed, all: one.units.length })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export default function PartneringPanel({ session, phase, body: seen }: ModeratorProps) {
  const body = seen as Seen;
  const labelOf = labels(session, body);
  const without = body.without_partner ?? [];
  const round = body.round ?? 0;
  const left = body.rounds_left ?? 0;
  const checked = (body.checks ?? []).at(-1);
  const send: PartProps["send"] = (wanted) => void wish({ session, phase, body: wanted, refused: whyNot });
  const part: PartProps = { session, phase, body, labelOf, send };
  const awaited = (body.open ?? []).some((one) => one.of_round);
  const may = !body.draft && !body.over && left > 0 && without.length > 1 && !awaited && !body.closed;
  return (
    <div class="m-panel">
      {round > 0 && (
        <p class="small quiet numerals">
          {p("mod.round", { n: round })} · {left > 0 ? pn("mod.rounds_left", left) : p("mod.rounds_over")}
        </p>
      )}
      {checked && <p class="small quiet">{p(checked.holds ? "mod.verified" : "mod.not_verified")}</p>}
      {may && (
        <Button kind="primary" onPress={() => send({ type: "ProposeMatching" })}>
          {p("mod.propose", { n: without.length })}
        </Button>
      )}
      <Draft {...part} />
      <Open {...part} />
      {!body.closed && <Without {...part} />}
      <Partners {...part} />
      {!body.closed && <Prepare {...part} />}
      <Strengths body={body} labelOf={labelOf} />
      <p class="small quiet">{p("mod.private")}</p>
      {round > 0 && !body.closed && (
        <Button kind="plain" onPress={() => send({ type: "CloseConsent" })}>
          {p("mod.close")}
        </Button>
      )}
    </div>
  );
}
