/** The middle of the console: where the room is, what the one button does, and below it the groups or the phase looked at. */

import { Afterwards, ModeratorPanel } from "../../activities/moderating";
import type { RoomShown } from "../../state/workshop";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import { PhaseAhead } from "../plan/phase";
import type { ConsolePack, ModeratorsShown } from "../shown";
import { w } from "../words";
import type { Board } from "./board";
import { Groups } from "./groups";
import { MoveBar } from "./move";
import { ToldNotice } from "./told";

interface MiddleProps {
  room: RoomShown;
  moderators: ModeratorsShown;
  words: ConsolePack;
}

function AllSteps({ board }: { board: Board }) {
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
    <div class="where">
      <h2 class="now-title">{desk.title(room.at)}</h2>
      {board && step && (
        <details class="on-screen">
          <summary>
            <span class="quiet numerals">{w("move.step_of", { n: board.step + 1, all: board.steps.length })}</span>
            <strong>{step.title}</strong>
            {step.minutes > 0 && <span class="quiet numerals">{w("phase.min", { n: step.minutes })}</span>}
          </summary>
          <div class="stack">
            {board.steps.length > 1 && <AllSteps board={board} />}
            {step.prompt?.trim() && (
              <div class="stack tight">
                <p class="small quiet">{w("card.step_prompt")}</p>
                <p class="written">{step.prompt}</p>
              </div>
            )}
          </div>
        </details>
      )}
    </div>
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
        <ToldNotice moderators={moderators} />
      </section>
      {looked ? (
        <PhaseAhead room={room} moderators={moderators} words={words} phase={looked} />
      ) : (
        <>
          {room.at && (
            // Who looks after some tables sees how the activity goes, and leaves what is for the whole room alone.
            <div class="panel-of-activity" inert={!desk.forRoom}>
              <ModeratorPanel
                session={desk.session}
                phase={room.at}
                activity={room.phases.find((one) => one.id === room.at)?.activity ?? ""}
              />
            </div>
          )}
          <Afterwards session={desk.session} room={room} />
          <Groups room={room} board={board} />
        </>
      )}
    </>
  );
}
