/** The partnerships on the moderator's desk: how far each is, and a third where one would help. */

import { useSignal } from "@preact/signals";
import { listed } from "../../locales";
import type { PartnershipRow } from "../../protocol/generated";
import { Button } from "../../ui/parts";
import { options, type PartProps } from "./units";
import { p } from "./words";

function Third({ row, body, labelOf, send }: PartProps & { row: PartnershipRow }) {
  const chosen = useSignal("");
  const free = options(body.without_partner ?? [], labelOf);
  if (row.units.length > 2 || free.length === 0) return null;
  const names = listed(row.units.map(labelOf));
  return (
    <details class="m-third">
      <summary class="small">{p("mod.third")}</summary>
      <div class="m-fields">
        <select
          class="input"
          value={chosen.value}
          aria-label={p("mod.third_label", { names })}
          onChange={(event) => (chosen.value = event.currentTarget.value)}
        >
          <option value="">…</option>
          {free.map((one) => (
            <option value={one.id} key={one.id}>
              {one.label}
            </option>
          ))}
        </select>
        <Button
          busy={!chosen.value}
          onPress={() => {
            send({ type: "ProposeThird", partnership: row.partnership, unit: chosen.value });
            chosen.value = "";
          }}
        >
          {p("mod.third_do")}
        </Button>
      </div>
      <p class="small quiet">{p("mod.third_yes")}</p>
    </details>
  );
}

export function Partners(props: PartProps) {
  const { body, labelOf } = props;
  const partnerships = body.partnerships ?? [];
  if (partnerships.length === 0) return null;
  return (
    <section class="m-part">
      <h3>{p("mod.partners")}</h3>
      <ul class="m-rows">
        {partnerships.map((row) => (
          <li key={row.partnership}>
            <span>{listed(row.units.map(labelOf))}</span>
            <span class="small quiet numerals">
              {row.agreed
                ? p("mod.pact_agreed")
                : p("mod.pact", { said: row.sides_said ?? 0, sides: row.units.length })}
              {row.on_map && ` · ${p("mod.on_map")}`}
            </span>
            <Third {...props} row={row} />
          </li>
        ))}
      </ul>
    </section>
  );
}
