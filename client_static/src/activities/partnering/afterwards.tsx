/** In later phases: who has no partner yet, with the one tap that looks for a place; and the choice, one level down. */

import type { PartneringForModerators, UnitRow } from "../../protocol/generated";
import { Button } from "../../ui/parts";
import type { ModeratorProps } from "../moderating";
import { wish } from "../wish";
import PartneringPanel from "./moderator";
import { labels } from "./units";
import { p, pn, whyNot } from "./words";
import "../moderator.css";

/** More than so many would be a second board: then the choice itself is opened. */
const MOST_LINES = 4;

export default function AfterTheChoice({ session, phase, body: seen }: ModeratorProps) {
  const body = seen as PartneringForModerators;
  const labelOf = labels(session, body);
  const without = body.units.filter((row) => (body.without_partner ?? []).includes(row.unit));
  const find = (row: UnitRow): void =>
    void wish({ session, phase, body: { type: "FindPlace", unit: row.unit }, refused: whyNot });
  return (
    <section class="m-panel after-choice" aria-label={p("after.title")}>
      {without.slice(0, MOST_LINES).map((row) => (
        <p class="m-line" key={row.unit}>
          <span>
            {p(row.stage === "proposed" ? "after.asked" : row.missed ? "after.missed" : "after.alone", {
              name: labelOf(row.unit),
            })}
          </span>
          {row.stage !== "proposed" && <Button onPress={() => find(row)}>{p("mod.find")}</Button>}
        </p>
      ))}
      {without.length > MOST_LINES && <p class="small quiet">{pn("after.more", without.length - MOST_LINES)}</p>}
      <details class="m-part">
        <summary>{p("after.title")}</summary>
        <PartneringPanel session={session} phase={phase} body={body} />
      </details>
    </section>
  );
}
