/** The room's map of partnerships: two or three forms that meet, only with names that may stand here; a list by nature. */

import { useEffect, useState } from "preact/hooks";
import { listed } from "../../locales";
import type { MapEntry, PartneringForScreen } from "../../protocol/generated";
import type { ScreenProps } from "../../projector/registry";
import { nameOf } from "../../state/day";
import { sideOf } from "./sides";
import { p, pn } from "./words";
import "./screen.css";

const EACH = 8;
const TURN_MS = 10_000;

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
    <li class="y-entry">
      <Meet three={sides.length > 2} />
      <div>
        <p class="y-sides">
          {sides.map((side) => (
            <span key={side.unit}>
              <strong>{side.label}</strong>
              {side.people && <span class="y-people">{side.people}</span>}
            </span>
          ))}
        </p>
        {issue && <p class="y-issue">{issue}</p>}
      </div>
    </li>
  );
}

export default function Screen({ session, phase, body: seen }: ScreenProps) {
  const { map = [], partnered = 0 } = seen as PartneringForScreen;
  const pages = Math.max(1, Math.ceil(map.length / EACH));
  const [page, setPage] = useState(0);
  useEffect(() => {
    if (pages < 2) return undefined;
    const turning = setInterval(() => setPage((now) => now + 1), TURN_MS);
    return () => clearInterval(turning);
  }, [pages]);
  const from = (page % pages) * EACH;
  return (
    <div class="partnering-screen">
      <ul aria-label={p("screen.map")}>
        {map.slice(from, from + EACH).map((entry) => (
          <Entry key={entry.group} entry={entry} session={session} phase={phase} />
        ))}
      </ul>
      {partnered > 0 && <p class="y-count numerals">{pn("screen.people", partnered)}</p>}
    </div>
  );
}
