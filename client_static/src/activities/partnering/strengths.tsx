/** How strong each two are together, in three shades without direction; each shade has its own filling as well. */

import type { PartneringForModerators } from "../../protocol/generated";
import { p } from "./words";

const SHADES = ["0", "1", "2"] as const;

/** Row n holds a shade for each unit before the nth; what is not there was not drawn. */
export function shadeOf(rows: readonly string[], a: number, b: number): (typeof SHADES)[number] | null {
  const shade = rows[Math.max(a, b)]?.[Math.min(a, b)];
  return SHADES.find((one) => one === shade) ?? null;
}

interface StrengthsProps {
  body: PartneringForModerators;
  labelOf: (unit: string) => string;
}

export function Strengths({ body, labelOf }: StrengthsProps) {
  const { matrix = [], strengths = [] } = body;
  if (matrix.length < 2) return null;
  return (
    <details class="m-part">
      <summary>{p("mod.strength")}</summary>
      <p class="small quiet">{p("mod.strength_do")}</p>
      <div class="m-scroll" tabIndex={0} role="region" aria-label={p("mod.strength")}>
        <table class="m-matrix small">
          <tbody>
            {matrix.map((unit, row) => (
              <tr key={unit}>
                <th scope="row">{labelOf(unit)}</th>
                {matrix.slice(0, row).map((other, at) => {
                  const shade = shadeOf(strengths, row, at);
                  const words = shade ? `${labelOf(other)}: ${p(`mod.shade_${shade}`)}` : "";
                  return (
                    <td key={other} class={shade ? `shade-${shade}` : ""} title={words}>
                      <span class="unseen">{words}</span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="m-key small">
        {SHADES.map((shade) => (
          <span key={shade}>
            <span class={`m-swatch shade-${shade}`} /> {p(`mod.shade_${shade}`)}
          </span>
        ))}
      </p>
    </details>
  );
}
