/** What would lie on the table as a printed sheet: open while it is worked with, and at hand in the other steps. */

import type { PhaseHere } from "../../state/day";
import { Fold } from "../../ui/fold";

interface Paper {
  title: string;
  text?: string[];
  points?: string[];
  steps?: string[];
}

const paperOf = (words: PhaseHere): Paper | null => (words.words.config?.["paper"] as Paper | undefined) ?? null;

/** What stands before the first colon is the name of the point. */
function Point({ words }: { words: string }) {
  const [name = "", ...rest] = words.split(": ");
  if (rest.length === 0) return <>{words}</>;
  return (
    <>
      <strong>{name}</strong>
      <span class="block">{rest.join(": ")}</span>
    </>
  );
}

export function PaperSheet({ words, step }: { words: PhaseHere; step: string }) {
  const paper = paperOf(words);
  if (!paper) return null;
  const open = (paper.steps ?? []).includes(step);
  return (
    <Fold key={open ? "open" : "at hand"} title={paper.title} open={open}>
      <article class="paper-sheet">
        {paper.text?.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        {paper.points && (
          <ol>
            {paper.points.map((point) => (
              <li key={point}>
                <Point words={point} />
              </li>
            ))}
          </ol>
        )}
      </article>
    </Fold>
  );
}
