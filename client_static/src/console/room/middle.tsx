/** The middle of the console: where the room is, what the one button does, and below it the groups or the phase looked at. */

import type { RoomShown } from "../../state/workshop";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import { PhaseAhead } from "../plan/phase";
import type { ConsolePack, ModeratorsShown } from "../shown";
import { w } from "../words";
import type { Board } from "./board";
import { Groups } from "./groups";
import { MoveBar } from "./move";

interface MiddleProps {
  room: RoomShown;
  moderators: ModeratorsShown;
  words: ConsolePack;
}

function Steps({ board }: { board: Board }) {
  if (board.steps.length < 2) return null;
  return (
    <ol class="steps">
      {board.steps.map((step, at) => (
        <li key={step.id} aria-current={at === board.step ? "step" : undefined} class={at < board.step ? "past" : ""}>
          <span>{step.title}</span>
          {step.minutes > 0 && <span class="numerals quiet">{w("phase.min", { n: step.minutes })}</span>}
        </li>
      ))}
    </ol>
  );
}

function Now({ room, board }: { room: RoomShown; board: Board | null }) {
  const desk = useDesk();
  const step = board?.steps[board.step];
  return (
    <>
      <h2 class="now-title">{desk.title(room.at)}</h2>
      {board && <Steps board={board} />}
      {step?.prompt?.trim() && (
        <details class="on-screen">
          <summary>{w("card.step_prompt")}</summary>
          <p class="written">{step.prompt}</p>
        </details>
      )}
    </>
  );
}

function Looking({ room, phase }: { room: RoomShown; phase: string }) {
  const desk = useDesk();
  return (
    <>
      <p class="looking">
        <span>{room.at ? w("phase.looking", { title: desk.title(room.at) }) : w("phase.looking_before")}</span>
        <Button kind="plain" onPress={() => (desk.selected.value = null)}>
          {w("phase.back")}
        </Button>
      </p>
      <h2 class="now-title">{desk.title(phase)}</h2>
    </>
  );
}

export function Middle({ room, moderators, words }: MiddleProps) {
  const desk = useDesk();
  const board = desk.board.value;
  const looked = desk.selected.value !== room.at ? desk.selected.value : null;
  return (
    <>
      <section class="now-here">
        {looked ? (
          <Looking room={room} phase={looked} />
        ) : room.at ? (
          <Now room={room} board={board} />
        ) : (
          <div class="stack tight">
            <h2 class="now-title">{w("board.not_begun")}</h2>
            <p class="quiet">{w("board.begin_do")}</p>
          </div>
        )}
        <MoveBar room={room} moderators={moderators} words={words} />
      </section>
      {looked ? (
        <PhaseAhead room={room} moderators={moderators} words={words} phase={looked} />
      ) : (
        <Groups room={room} moderators={moderators} board={board} />
      )}
    </>
  );
}
