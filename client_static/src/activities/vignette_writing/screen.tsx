/** The wall on the large screen: how many are written, and one shared dilemma after another, its two pulls large. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Session } from "../../session/session";
import { nameOf } from "../../state/day";
import { textOf } from "./desk";
import { w, wn } from "./words";
import "./screen.css";

interface Poster {
  title: string;
  pull_a: string;
  pull_b: string;
  question: string;
  author?: string | null;
}

interface ForScreen {
  written?: number;
  wall?: Poster[];
}

interface ScreenProps {
  session: Session;
  phase: string;
  body: unknown;
}

const SHOWN_MS = 20_000;

/** A poster names single fields: `id#field`; the text that travels for it holds that field alone. */
function words(session: Session, phase: string, id: string): string {
  return Object.values(textOf(session, phase, id))[0] ?? "";
}

export const reveals = (body: unknown, step: { id: string }): boolean =>
  ["revise", "share"].includes(step.id) && ((body as ForScreen).wall ?? []).length > 0;

export default function WritingScreen({ session, phase, body }: ScreenProps) {
  const { written = 0, wall = [] } = body as ForScreen;
  const at = useSignal(0);
  useEffect(() => {
    const turning = setInterval(() => (at.value += 1), SHOWN_MS);
    return () => clearInterval(turning);
  }, [at]);
  const poster = wall[at.value % Math.max(1, wall.length)];
  const by = poster?.author ? nameOf(session.views, poster.author) : null;
  return (
    <div class="vignette-writing-screen">
      {poster ? (
        <article>
          <h1>{words(session, phase, poster.title)}</h1>
          <div class="screen-pulls">
            <p>{words(session, phase, poster.pull_a)}</p>
            <span class="across" aria-hidden="true" />
            <p>{words(session, phase, poster.pull_b)}</p>
          </div>
          <p class="screen-question">{words(session, phase, poster.question)}</p>
          {by && <p class="screen-by">{[by.name, by.school].filter(Boolean).join(", ")}</p>}
        </article>
      ) : (
        <h1>{w("screen.two_pulls")}</h1>
      )}
      <p class="screen-count numerals">{wn("screen.written", written)}</p>
    </div>
  );
}
