/** The room's map of partnerships: two or three forms that meet, only with names that may stand here; a list by nature. */

import { listed } from "../../locales";
import type { MapEntry, PartneringForScreen } from "../../protocol/generated";
import type { ScreenProps } from "../../projector/registry";
import { nameOf } from "../../state/day";
import { Turning } from "../turning";
import { sideOf } from "./sides";
import { p, pn } from "./words";
import "./screen.css";

/** So many have room for large letters. */
const FEW = 4;

export function reveals(body: unknown): boolean {
  const { map = [], partnered = 0 } = body as PartneringForScreen;
  return map.length > 0 || partnered > 0;
}

function Meet({ three }: { three: boolean }) {
  return (
    <svg class="y-meet" viewBox="0 0 64 48" aria-hidden="true">
      <path class="one" d="M30 6a18 18 0 0 0 0 36z" />
      <path class="two" d="M34 6h10a10 10 0 0 1 10 10v16a10 10 0 0 1-10 10H34z" />
      {three && <circle class="three" cx="32" cy="24" r="7.5" />}
    </svg>
  );
}

function Entry({ entry, session, phase }: Pick<ScreenProps, "session" | "phase"> & { entry: MapEntry }) {
  const texts = session.views.screen(phase)?.texts ?? {};
  const issue = entry.issue
    ? Object.values(texts[entry.issue] ?? {})
        .join(" ")
        .trim()
    : "";
  const sides = entry.sides.map((people) =>
    sideOf(people[0] ?? "", people, (one) => nameOf(session.views, one), listed),
  );
  return (
    <div class="y-entry">
      <Meet three={sides.length > 2} />
      <div>
        {sides.map((side) => (
          <p key={side.unit} class="y-side">
            <strong>{side.label}</strong>
            {side.people && <span class="y-people">{side.people}</span>}
          </p>
        ))}
        {issue && <p class="y-issue">{issue}</p>}
      </div>
    </div>
  );
}

export default function Screen({ session, phase, body: seen }: ScreenProps) {
  const { map = [], partnered = 0 } = seen as PartneringForScreen;
  const entries = map.map((entry) => ({
    key: `${entry.group}/${entry.issue ?? ""}/${entry.sides.flat().join("/")}`,
    view: <Entry entry={entry} session={session} phase={phase} />,
  }));
  return (
    <div class={`partnering-screen ${map.length > FEW ? "" : "few"}`}>
      <Turning
        class="y-map"
        items={entries}
        label={p("screen.map")}
        note={partnered > 0 ? pn("screen.people", partnered) : ""}
      />
    </div>
  );
}
