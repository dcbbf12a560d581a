/** My partner, and what we wrote down of what we have in common and what differs. */

import { listed } from "../../locales";
import type { PartneringForPerson } from "../../protocol/generated";
import type { ActivityProps } from "../registry";
import { PactRead } from "./pact";
import { Former, OnMap, otherSides } from "./partnership";
import { Sides } from "./proposal";
import { SpaceWay } from "./way";
import { p } from "./words";
import "./partnering.css";

export default function Made({ session, phase }: ActivityProps) {
  const mine = session.views.mine<PartneringForPerson>(phase)?.body;
  const ours = mine?.partnership;
  if (!mine || (!ours && !mine.former?.length)) return <p class="quiet">{p("made.nothing")}</p>;
  const sides = ours ? otherSides({ session, mine }, ours) : [];
  return (
    <div class="stack partnering">
      {ours && (
        <>
          <h3>{p("confirmed.with", { names: listed(sides.map((side) => side.label)) })}</h3>
          <Sides sides={sides} />
          <PactRead page={ours.pact.page} />
          {ours.space && <SpaceWay group={ours.group} />}
          <OnMap session={session} phase={phase} mine={mine} />
        </>
      )}
      <Former session={session} mine={mine} />
    </div>
  );
}
