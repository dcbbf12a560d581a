/** The vignette that I wrote, what readers said, and what is at stake for me; and the wall, for as long as it is shown. */

import { Written } from "../../documents/field";
import { SeenBy } from "../../ui/parts";
import type { ActivityProps } from "../registry";
import { deskOf } from "./desk";
import { Said } from "./said";
import { useVignette } from "./text";
import { Vignette } from "./vignette";
import { Wall } from "./wall";
import { w } from "./words";
import "./vignette_writing.css";

function Mine({ page }: { page: string }) {
  const text = useVignette(page);
  const written = Object.values(text).some(Boolean);
  return written ? <Vignette words={text} /> : <p class="quiet">{w("made.none")}</p>;
}

export default function Made({ session, phase, words }: ActivityProps) {
  const desk = deskOf(session, phase);
  if (!desk) return null;
  return (
    <div class="stack wide fill">
      <Mine page={desk.page} />
      <Said session={session} phase={phase} desk={desk} />
      <section class="stack tight">
        <div class="row">
          <h3>{w("made.stake")}</h3>
          <SeenBy who="me" />
        </div>
        <Written page={desk.stake} field="my_stake" />
      </section>
      <Wall session={session} phase={phase} words={words} />
    </div>
  );
}
