/** Two forms have met: who the partners are, what brought them together, and what they write down of it. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { listed, timeOfDay } from "../../locales";
import type { OwnPartnership } from "../../protocol/generated";
import { nameOf } from "../../state/day";
import { announce } from "../../ui/announcer";
import { Tick } from "../../ui/choices";
import { Button, Motif, SeenBy } from "../../ui/parts";
import { Sheet } from "../../ui/sheet";
import { wish } from "../wish";
import { groupOf } from "./own_space";
import { Facts } from "./facts";
import { Pact, PactRead } from "./pact";
import { Sides } from "./proposal";
import { type Side, sidesOf } from "./sides";
import { SpaceWay } from "./way";
import type { PartneringProps } from "./wishes";
import { p, whyNot } from "./words";

/** The other sides: who I am partners with. */
export function otherSides(props: Pick<PartneringProps, "session" | "mine">, ours: OwnPartnership): Side[] {
  const all = sidesOf(ours.units, ours.people, (one) => nameOf(props.session.views, one), listed);
  return all.filter((side) => side.unit !== props.mine.unit);
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
          {one.space && <SpaceWay group={groupOf(one.space)} />}
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
      {ours.space && (
        <section class="stack tight fill to-space">
          <SpaceWay group={ours.group} />
          <p class="quiet small">{p("space.what")}</p>
        </section>
      )}
      <OnMap {...props} />
      <Leave {...props} />
    </div>
  );
}
