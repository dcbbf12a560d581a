/** The middle of the console: where the room is, what the one button does, and below it the groups or the phase looked at. */

import { Afterwards, ModeratorPanel } from "../../activities/moderating";
import type { PhaseShown, RoomShown } from "../../state/workshop";
import { useDesk } from "../desk";
import { PhaseAhead } from "../plan/phase";
import type { ConsolePack, ModeratorsShown } from "../shown";
import { w } from "../words";
import { Before } from "./before";
import type { Board } from "./board";
import { Groups } from "./groups";
import { HelpQueue } from "./help";
import { MoveBar } from "./move";
import { ToldNotice } from "./told";
import "./middle.css";

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

/** What nobody can do here any more, or only here: said beside the name, so that it is never overlooked. */
function StateMark({ room, phase }: { room: RoomShown; phase: PhaseShown | undefined }) {
  if (room.life === "follow_up" && phase?.id === room.at) return <span class="state-mark">{w("plan.follow_up")}</span>;
  if (phase?.status === "closed") return <span class="state-mark">{w("plan.closed")}</span>;
  const beside = phase && phase.id !== room.at && ["open", "warning", "reopened"].includes(phase.status);
  return beside ? <span class="state-mark">{w("plan.open")}</span> : null;
}

function Now({ room, board }: { room: RoomShown; board: Board | null }) {
  const desk = useDesk();
  const step = board?.steps[board.step];
  return (
    <div class="where">
      <h2 class="now-title">{desk.short(room.at ?? "")}</h2>
      <StateMark room={room} phase={room.phases.find((one) => one.id === room.at)} />
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

/** What the activity of this phase tells and needs of a moderator. */
function Panel({ room }: { room: RoomShown }) {
  const desk = useDesk();
  if (!room.at) return null;
  return (
    // Who looks after some tables sees how the activity goes, and leaves what is for the whole room alone.
    <div class="panel-of-activity" inert={!desk.forRoom}>
      <ModeratorPanel
        session={desk.session}
        phase={room.at}
        activity={room.phases.find((one) => one.id === room.at)?.activity ?? ""}
      />
    </div>
  );
}

/** One line, however much it says: whatever stands below it never moves. */
function Where({ room, board, looked }: { room: RoomShown; board: Board | null; looked: string | null }) {
  const desk = useDesk();
  if (!looked && room.at) return <Now room={room} board={board} />;
  return (
    <div class="where">
      <h2 class="now-title">{looked ? desk.short(looked) : w("board.not_begun")}</h2>
      <StateMark room={room} phase={room.phases.find((one) => one.id === looked)} />
    </div>
  );
}

export function Middle({ room, moderators, words }: MiddleProps) {
  const desk = useDesk();
  const board = desk.board.value;
  const looked = desk.selected.value !== room.at ? desk.selected.value : null;
  const tables = (board?.groups.length ?? 0) > 0;
  const groups = <Groups key="groups" room={room} board={board} />;
  const panel = <Panel key="panel" room={room} />;
  return (
    <>
      <section class="now-here">
        <Where room={room} board={board} looked={looked} />
        <MoveBar room={room} moderators={moderators} words={words} />
        <ToldNotice moderators={moderators} />
      </section>
      <HelpQueue moderators={moderators} />
      {!room.at && !looked && desk.leads && <Before moderators={moderators} />}
      {looked ? (
        <PhaseAhead room={room} moderators={moderators} words={words} phase={looked} />
      ) : (
        // Tables come first wherever there are any: they are looked at all the time, the activity's list now and then.
        <div class={`below ${tables ? "tables-first" : ""}`}>
          <div class="afterwards">
            <Afterwards session={desk.session} room={room} />
          </div>
          {tables ? [groups, panel] : [panel, groups]}
        </div>
      )}
    </>
  );
}
