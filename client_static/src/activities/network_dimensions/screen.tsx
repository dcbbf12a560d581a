/** The room's spread on each line, nameless and from five people on: dots, never an average. */

import type { DimensionsForRoom } from "../../protocol/generated";
import type { ScreenProps } from "../../projector/registry";
import { Turning } from "../turning";
import { d } from "./words";
import "./screen.css";

export function reveals(body: unknown): boolean {
  return ((body as DimensionsForRoom).spread ?? []).length > 0;
}

export default function Screen({ body: seen }: ScreenProps) {
  const { indicators = [], spread = [], people = 0 } = seen as DimensionsForRoom;
  const rows = indicators.map(({ id, label, low, high }) => {
    const counts = spread.find((one) => one.indicator === id)?.counts ?? [];
    return {
      key: `${id}/${counts.join(",")}`,
      view: (
        <div class="z-row">
          <span class="z-pole">{low}</span>
          <span class="z-line" role="img" aria-label={`${label}: ${counts.join(", ")}`}>
            {counts.map((n, at) => (
              <span key={at} class="numerals" style={{ "--part": Math.sqrt(n / Math.max(1, people)) }}>
                {n > 0 && <i>{n}</i>}
              </span>
            ))}
          </span>
          <span class="z-pole">{high}</span>
        </div>
      ),
    };
  });
  return (
    <div class="network-dimensions-screen">
      <Turning class="z-rows" items={rows} note={d("screen.people", { n: people })} />
    </div>
  );
}
