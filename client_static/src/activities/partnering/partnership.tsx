/** Two forms have met: who the partners are, what brought them together, and what they write down of it. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { TextField, Written } from "../../documents/field";
import { listed, timeOfDay } from "../../locales";
import type { OwnPartnership } from "../../protocol/generated";
import { useSession } from "../../session/context";
import { nameOf } from "../../state/day";
import { announce } from "../../ui/announcer";
import { Tick } from "../../ui/choices";
import { Button, Motif, SeenBy } from "../../ui/parts";
import { Sheet } from "../../ui/sheet";
import { useField } from "../part";
import { wish } from "../wish";
import { Facts } from "./facts";
import { Sides } from "./proposal";
import { type Side, sidesOf } from "./sides";
import type { PartneringProps } from "./wishes";
import { p, whyNot } from "./words";

const TITLE_HARD = 80;
const LINES_HARD = 820;

/** The other sides: who I am partners with. */
export function otherSides(props: Pick<PartneringProps, "session" | "mine">, ours: OwnPartnership): Side[] {
  const all = sidesOf(ours.units, ours.people, (one) => nameOf(props.session.views, one), listed);
  return all.filter((side) => side.unit !== props.mine.unit);
}

function Pact({ session, phase, ours }: PartneringProps & { ours: OwnPartnership }) {
  const { page, sides, said = 0, ours: confirmed, agreed } = ours.pact;
  if (agreed) {
    return (
      <section class="panel stack fill pact" aria-labelledby="pact">
        <p class="eyebrow">{p("pact.agreed")}</p>
        <PactRead page={page} id="pact" />
        <Button
          kind="plain"
          onPress={() => {
            const body = { type: "ReopenPact" as const, partnership: ours.partnership };
            void wish({ session, phase, body, refused: whyNot });
          }}
        >
          {p("pact.reopen")}
        </Button>
      </section>
    );
  }
  return (
    <section class="stack wide fill pact" aria-labelledby="pact">
      <div class="stack tight">
        <h2 id="pact">{p("pact.title")}</h2>
        <p class="quiet">{p("pact.lead")}</p>
      </div>
      <TextField page={page} name="issue_title" label={p("pact.issue")} seen="partner" hard={TITLE_HARD} line />
      <TextField
        page={page}
        name="same"
        label={p("pact.same")}
        hint={p("pact.hint")}
        seen="partner"
        hard={LINES_HARD}
      />
      <TextField
        page={page}
        name="different"
        label={p("pact.different")}
        hint={p("pact.hint")}
        seen="partner"
        hard={LINES_HARD}
      />
      <div class="stack tight fill">
        <Button
          kind={confirmed ? "outline" : "primary"}
          large
          onPress={() => void wish({ session, phase, body: { type: "ConfirmPact", page }, refused: whyNot })}
        >
          {p("pact.confirm")}
        </Button>
        <p class="quiet numerals" role="status">
          {confirmed && `${p("pact.ours")}. `}
          {said > 0 && p("pact.waiting", { said, sides })}
        </p>
      </div>
    </section>
  );
}

export function PactRead({ page, id }: { page: string; id?: string }) {
  const session = useSession();
  const [same, different] = [useField(session, page, "same"), useField(session, page, "different")];
  return (
    <div class="stack tight fill">
      <div id={id} class="issue">
        <Written page={page} field="issue_title" />
      </div>
      <div class="two-columns">
        {same.trim() && (
          <div>
            <h3>{p("pact.same")}</h3>
            <Written page={page} field="same" />
          </div>
        )}
        {different.trim() && (
          <div>
            <h3>{p("pact.different")}</h3>
            <Written page={page} field="different" />
          </div>
        )}
      </div>
    </div>
  );
}

/** Given, or taken back, at any time. */
export function OnMap({ session, phase, mine }: Pick<PartneringProps, "session" | "phase" | "mine">) {
  return (
    <section class="consent-map">
      <Tick
        checked={mine.on_map === true}
        onChange={(on) =>
          void wish({ session, phase, body: { type: on ? "ShowOnMap" : "HideFromMap" }, refused: whyNot })
        }
      >
        {p("confirmed.on_map")}
        <span class="quiet small block">{p("confirmed.on_map_do")}</span>
      </Tick>
      <SeenBy who={mine.on_map ? "room" : "partner"} />
    </section>
  );
}

/** What I wrote with somebody who is my partner no more. */
export function Former({ session, mine }: Pick<PartneringProps, "session" | "mine">) {
  return (
    <>
      {(mine.former ?? []).map((one) => (
        <section class="stack tight fill" key={one.page}>
          <h3>
            {p("former.title", { names: listed(one.people.map((who) => nameOf(session.views, who).name || "…")) })}
          </h3>
          <PactRead page={one.page} />
        </section>
      ))}
    </>
  );
}

function Leave({ session, phase, ours }: PartneringProps & { ours: OwnPartnership }) {
  const asking = useSignal(false);
  return (
    <>
      <Button kind="plain" class="small" onPress={() => (asking.value = true)}>
        {p("confirmed.leave")}
      </Button>
      <Sheet title={p("confirmed.leave_sure")} open={asking.value} onClose={() => (asking.value = false)}>
        <p>{p("confirmed.leave_do")}</p>
        <div class="row">
          <Button
            kind="primary"
            onPress={() => {
              asking.value = false;
              const body = { type: "LeavePartnership" as const, partnership: ours.partnership };
              void wish({ session, phase, body, refused: whyNot });
            }}
          >
            {p("confirmed.leave_yes")}
          </Button>
          <Button onPress={() => (asking.value = false)}>{p("confirmed.leave_no")}</Button>
        </div>
      </Sheet>
    </>
  );
}

export function Partnership(props: PartneringProps & { ours: OwnPartnership }) {
  const { mine, ours } = props;
  const sides = otherSides(props, ours);
  const names = listed(sides.map((side) => side.label));
  const time = timeOfDay(ours.confirmed_ms);
  useEffect(() => announce(`${p("confirmed.title")}: ${names}`), [names]);
  return (
    <div class="stack wide partnering">
      <header class="met">
        <Motif />
        <div class="stack tight">
          <p class="eyebrow">{p("confirmed.title")}</p>
          <h1 class="prompt" tabIndex={-1}>
            {p("confirmed.with", { names })}
          </h1>
          <p class="quiet numerals">{p(ours.units.length > 2 ? "confirmed.trio" : "confirmed.since", { time })}</p>
        </div>
      </header>
      <Sides sides={sides} />
      {ours.table ? <p class="meet-at">{p("confirmed.table", { table: ours.table })}</p> : null}
      <Facts facts={ours.facts ?? []} ours={mine.unit} sides={sides} title={p("confirmed.why")} />
      <p class="quiet small">{p("confirmed.deleted")}</p>
      <Pact {...props} />
      <OnMap {...props} />
      <Leave {...props} />
    </div>
  );
}
