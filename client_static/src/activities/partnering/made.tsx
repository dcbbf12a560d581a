/** My partner, and what we wrote down of what we have in common and what differs. */

import { listed } from "../../locales";
import type { PartneringForPerson } from "../../protocol/generated";
import type { ActivityProps } from "../registry";
import { otherSides, PactRead } from "./partnership";
import { Sides } from "./proposal";
import { p } from "./words";
import "./partnering.css";

export default function Made({ session, phase }: ActivityProps) {
  const mine = session.views.mine<PartneringForPerson>(phase)?.body;
  if (!mine?.partnership) return <p class="quiet">{p("made.nothing")}</p>;
  const sides = otherSides({ session, mine }, mine.partnership);
  return (
    <div class="stack partnering">
      <h3>{p("confirmed.with", { names: listed(sides.map((side) => side.label)) })}</h3>
      <Sides sides={sides} />
      <PactRead page={mine.partnership.pact.page} />
    </div>
  );
}
