/** The proposal before anybody sees it: who with whom, how good it is, who has no place and why; and a hand to change it. */

import { useSignal } from "@preact/signals";
import { listed } from "../../locales";
import { Button } from "../../ui/parts";
import { moved, problemOf, type Tables } from "./arranging";
import { type PartProps, whyWithout } from "./units";
import { p } from "./words";

const OWN = "own";
const NONE = "none";

interface MoveProps {
  unit: string;
  at: number;
  tables: Tables;
  labelOf: PartProps["labelOf"];
  mayBeAlone: boolean;
  onMove: (to: number | "own" | "none") => void;
}

/** One native list for each name: it works with a mouse, with a keyboard, and for whoever hears it. */
function Move({ unit, at, tables, labelOf, mayBeAlone, onMove }: MoveProps) {
  return (
    <label class="m-move">
      <span>{labelOf(unit)}</span>
      <select
        class="input"
        value={String(at)}
        aria-label={p("mod.move_label", { name: labelOf(unit) })}
        onChange={({ currentTarget: { value } }) => onMove(value === OWN || value === NONE ? value : Number(value))}
      >
        {at < 0 && <option value="-1">{p("mod.move_none")}</option>}
        {tables.map((table, number) => (
          <option value={String(number)} key={table.join()}>
            {number === at
              ? p("mod.move_stays")
              : p("mod.move_to", { names: listed(table.map(labelOf)), n: number + 1 })}
          </option>
        ))}
        <option value={OWN}>{p("mod.move_own")}</option>
        {at >= 0 && mayBeAlone && <option value={NONE}>{p("mod.move_none")}</option>}
      </select>
    </label>
  );
}

function Arranging({ body, labelOf, send, onDone }: PartProps & { onDone: () => void }) {
  const { draft } = body;
  const tables = useSignal<Tables>((draft?.groups ?? []).map((one) => [...one.units]));
  const loose = (draft?.unmatched ?? []).filter((one) => one.reason !== "away" && one.reason !== "left");
  const placed = new Set(tables.value.flat());
  const without = loose.map((one) => one.unit).filter((unit) => !placed.has(unit));
  const problem = problemOf(tables.value);
  const move = (unit: string, to: number | "own" | "none"): void => {
    tables.value = moved(tables.value, unit, to);
  };
  const part = { tables: tables.value, labelOf };
  return (
    <div class="stack fill">
      <p class="small quiet">{p("mod.arrange_do")}</p>
      <ol class="m-tables">
        {tables.value.map((table, at) => (
          <li key={table.join()} class={table.length < 2 || table.length > 3 ? "not-yet" : ""}>
            {table.map((unit) => (
              <Move
                {...part}
                key={unit}
                unit={unit}
                at={at}
                mayBeAlone={loose.some((one) => one.unit === unit)}
                onMove={(to) => move(unit, to)}
              />
            ))}
          </li>
        ))}
      </ol>
      {without.length > 0 && (
        <>
          <h4 class="small">{p("mod.unmatched")}</h4>
          {without.map((unit) => (
            <Move {...part} key={unit} unit={unit} at={-1} mayBeAlone={false} onMove={(to) => move(unit, to)} />
          ))}
        </>
      )}
      {problem && (
        <p class="problem" role="status">
          {p(`mod.problem_${problem}`)}
        </p>
      )}
      <div class="row">
        <Button
          kind="primary"
          busy={problem !== null}
          onPress={() => {
            send({ type: "ArrangeProposal", groups: tables.value });
            onDone();
          }}
        >
          {p("mod.arrange_keep")}
        </Button>
        <Button onPress={onDone}>{p("mod.arrange_back")}</Button>
      </div>
    </div>
  );
}

function Figures({ body }: Pick<PartProps, "body">) {
  const { quality } = body;
  if (!quality) return null;
  return (
    <dl class="m-figures numerals">
      <div>
        <dt>{p("mod.mean")}</dt>
        <dd>{quality.mean.toFixed(1)}</dd>
      </div>
      <div>
        <dt>{p("mod.least")}</dt>
        <dd>{quality.minimum}</dd>
      </div>
      <div>
        <dt>{p("mod.blocking")}</dt>
        <dd>{quality.blocking_pairs}</dd>
      </div>
    </dl>
  );
}

export function Draft(props: PartProps) {
  const { body, labelOf, send } = props;
  const arranging = useSignal(false);
  const { draft } = body;
  if (!draft) return null;
  const units = draft.groups.reduce((sum, one) => sum + one.units.length, 0);
  return (
    <section class="m-part">
      <h3>{p("mod.draft")}</h3>
      {arranging.value ? (
        <Arranging {...props} onDone={() => (arranging.value = false)} />
      ) : (
        <>
          <ul class="m-rows">
            {draft.groups.map((one) => (
              <li key={one.units.join()}>
                <span>{listed(one.units.map(labelOf))}</span>
                {one.remote && <span class="small quiet">{p("mod.remote")}</span>}
              </li>
            ))}
          </ul>
          {(draft.unmatched ?? []).length > 0 && (
            <>
              <h4 class="small">{p("mod.unmatched")}</h4>
              <ul class="m-rows">
                {(draft.unmatched ?? []).map((one) => (
                  <li key={one.unit}>
                    <span>{labelOf(one.unit)}</span>
                    <span class="small quiet">{whyWithout(one.reason)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <Figures body={body} />
          {draft.by_hand && <p class="small quiet">{p("mod.by_hand")}</p>}
          <div class="row">
            <Button kind="primary" onPress={() => send({ type: "ShowProposals" })}>
              {p("mod.show", { n: units })}
            </Button>
            <Button onPress={() => (arranging.value = true)}>{p("mod.arrange")}</Button>
            <Button kind="plain" onPress={() => send({ type: "ProposeMatching" })}>
              {p("mod.propose_again")}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}
