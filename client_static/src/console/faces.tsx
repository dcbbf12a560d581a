/** The three parts side by side on a laptop, and one at a time where there is room for one. */

import { useSignal } from "@preact/signals";
import { kept } from "../session/kept";
import type { RoomShown } from "../state/workshop";
import { CardColumn } from "./card";
import { SoonErased } from "./kept";
import { Middle } from "./room/middle";
import { Rail } from "./plan/rail";
import { Sheets } from "./sheets";
import type { ConsolePack, ModeratorsShown } from "./shown";
import { TopBar } from "./top";
import { w } from "./words";

type Face = "room" | "day" | "card";
const FACES: readonly Face[] = ["room", "day", "card"];

interface FacesProps {
  room: RoomShown;
  moderators: ModeratorsShown;
  words: ConsolePack;
}

export function Faces({ room, moderators, words }: FacesProps) {
  const face = useSignal<Face>("room");
  const folded = useSignal(kept.getItem("bc-card-folded") === "1");
  const fold = (on: boolean): void => {
    folded.value = on;
    kept.setItem("bc-card-folded", on ? "1" : "");
  };
  return (
    <div class={`console ${folded.value ? "card-folded" : ""}`} data-face={face.value}>
      <TopBar room={room} moderators={moderators} />
      <nav class="faces" aria-label={w("console.faces")}>
        {FACES.map((one) => (
          <button
            key={one}
            type="button"
            aria-current={face.value === one ? "page" : undefined}
            onClick={() => (face.value = one)}
          >
            {w(`console.face.${one}`)}
          </button>
        ))}
      </nav>
      <div class="desk">
        <aside class="rail" data-part="day" aria-label={w("plan.title")}>
          <Rail room={room} words={words} onLook={() => (face.value = "room")} />
        </aside>
        <main class="middle" data-part="room" id="content" tabIndex={-1} aria-label={w("console.main")}>
          <SoonErased room={room} />
          <Middle room={room} moderators={moderators} words={words} />
        </main>
        <aside class="card-column" data-part="card" aria-label={w("card.title")}>
          <CardColumn room={room} words={words} folded={folded.value} onFold={fold} />
        </aside>
      </div>
      <Sheets room={room} moderators={moderators} words={words} />
    </div>
  );
}
