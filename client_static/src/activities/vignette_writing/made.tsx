/** The vignette that I wrote, what readers said, and what is at stake for me. What others wrote is not what I made. */

import { SeenBy } from "../../ui/parts";
import { Part } from "../part";
import type { ActivityProps } from "../registry";
import { Back } from "./back";
import { deskOf } from "./desk";
import { Said } from "./said";
import { useVignette } from "./text";
import { Vignette } from "./vignette";
import { w } from "./words";
import "./vignette_writing.css";

function Mine({ page }: { page: string }) {
  const text = useVignette(page);
  const written = Object.values(text).some(Boolean);
  return written ? <Vignette words={text} below /> : <p class="quiet">{w("made.none")}</p>;
}

export default function Made({ session, phase }: ActivityProps) {
  const desk = deskOf(session, phase);
  if (!desk) return null;
  return (
    <div class="stack wide fill">
      <Mine page={desk.page} />
      <Back session={session} phase={phase} desk={desk} />
      <Said session={session} phase={phase} desk={desk} below />
      <Part title={w("made.stake")} page={desk.stake} field="my_stake" aside={<SeenBy who="me" />} />
    </div>
  );
}
