/** The room's wall: how well the vignettes are read, then the names of what recurs, then what could meet. */

import type { SimilarityForRoom, Tally } from "../../protocol/generated";
import type { ScreenProps } from "../../projector/registry";
import type { Step } from "../../state/path";
import { Turning } from "../turning";
import { tagLabel } from "./tags";
import { s } from "./words";
import "./screen.css";

const MOST_TAGS = 7;

export function reveals(body: unknown): boolean {
  const { vignettes = 0, names = [], tags = [] } = body as SimilarityForRoom;
  return vignettes > 0 || names.length > 0 || tags.length > 0;
}

/** What everybody does now, and how far the reading is: a sheet for each vignette, filled when three have read it. */
function Reading({ vignettes = 0, well_read = 0, prompt }: SimilarityForRoom & { prompt: string }) {
  return (
    <div class="x-reading">
      {prompt && <p class="x-prompt">{prompt}</p>}
      {vignettes > 0 && (
        <div class="x-far">
          <ol class="x-sheets" aria-hidden="true">
            {Array.from({ length: vignettes }, (_, at) => (
              <li key={at} class={at < well_read ? "read" : ""} />
            ))}
          </ol>
          <p class="numerals">{s("screen.well_read", { n: well_read, all: vignettes })}</p>
        </div>
      )}
    </div>
  );
}

function Meeting({ tags }: { tags: readonly Tally[] }) {
  const most = Math.max(1, ...tags.flatMap(({ gives = 0, wants = 0 }) => [gives, wants]));
  const both = ({ gives = 0, wants = 0 }: Tally): number => Math.min(gives, wants) * 100 + gives + wants;
  return (
    <table class="x-meeting numerals">
      <thead>
        <tr>
          <th scope="col">{s("screen.give")}</th>
          <td />
          <th scope="col">{s("screen.want")}</th>
        </tr>
      </thead>
      <tbody>
        {[...tags]
          .sort((a, b) => both(b) - both(a))
          .slice(0, MOST_TAGS)
          .map(({ tag, gives = 0, wants = 0 }) => (
            <tr key={tag}>
              <td class="gives">
                <span style={{ "--part": gives / most }}>{gives || ""}</span>
              </td>
              <th scope="row">{tagLabel(tag)}</th>
              <td class="wants">
                <span style={{ "--part": wants / most }}>{wants || ""}</span>
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

const GIVING: (step: Step) => boolean = (step) => step.id === "give_want";

function Results({ session, phase, step, body: seen }: ScreenProps) {
  const body = seen as SimilarityForRoom;
  const texts = session.views.screen(phase)?.texts ?? {};
  const names = (body.names ?? []).flatMap((id) => Object.values(texts[id] ?? {})).filter((name) => name.trim());
  const { tags = [] } = body;
  if (tags.length > 0 && GIVING(step)) return <Meeting tags={tags} />;
  if (names.length === 0) return <Reading {...body} prompt={step.prompt?.trim() ?? ""} />;
  const items = [...new Set(names)].map((name) => ({ key: name, view: name }));
  return <Turning class="x-names" items={items} label={s("screen.names")} />;
}

export default function Screen(props: ScreenProps) {
  return (
    <div class="similarity-screen">
      <Results {...props} />
    </div>
  );
}
