/** The one primary button, always at the same place: it says what it will do to how many people, and can be undone. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { RoomShown } from "../../state/workshop";
import { say } from "../../ui/announcer";
import { Button } from "../../ui/parts";
import { type Desk, useDesk } from "../desk";
import { following } from "../plan/plan";
import type { ConsolePack, ModeratorsShown, MovePreview } from "../shown";
import { w, whyNot, wn } from "../words";
import { stepsOf } from "./board";
import { type Primary, primaryOf } from "./moving";
import { type Pending, Sure } from "./sure";
import { Undo } from "./undo";
import "./move.css";

interface MoveBarProps {
  room: RoomShown;
  moderators: ModeratorsShown;
  words: ConsolePack;
}

function endWords({ room, words }: MoveBarProps, meeting: number | null, people: string): string {
  if (meeting === null && !(room.phases.at(-1)?.meeting ?? 0)) return w("move.end_day", { people });
  const at = meeting ?? room.phases.find((one) => one.id === room.at)?.meeting ?? 0;
  const title = words.schedules?.[room.schedule]?.meetings[at]?.title ?? w("plan.meeting", { n: at + 1 });
  return w("move.end_meeting", { title, people });
}

function labelOf(props: MoveBarProps, primary: Primary, people: string, desk: Desk): string {
  switch (primary.does) {
    case "begin":
    case "open":
      return w(`move.${primary.does}`, { title: desk.title(primary.phase), people });
    case "move":
      return w("move.to", { title: desk.title(primary.phase), people });
    case "step":
      return w("move.step", { title: primary.title });
    case "end":
      return endWords(props, primary.meeting, people);
    case "nothing":
      return "";
  }
}

/** A co-moderator moves no room: what they may take back is their own. */
export function MoveBar(props: MoveBarProps) {
  const desk = useDesk();
  if (!desk.leads) {
    return (
      <div class="move-bar">
        <p class="quiet">{w("move.not_yours")}</p>
        <Undo moderators={props.moderators} />
      </div>
    );
  }
  return props.room.life === "closed" ? <Stopped /> : <Moving {...props} />;
}

function Stopped() {
  const desk = useDesk();
  return (
    <div class="move-bar stopped">
      <p>{w("console.stopped")}</p>
      <Button onPress={() => void desk.wish({ type: "ChangeLife", life: "live" })}>
        {w("console.reopen_workshop")}
      </Button>
    </div>
  );
}

function Moving(props: MoveBarProps) {
  const { room, moderators, words } = props;
  const desk = useDesk();
  const pending = useSignal<Pending | null>(null);
  const steps = room.at ? stepsOf(room, words, room.at) : [];
  const step = Math.min(room.step ?? 0, Math.max(0, steps.length - 1));
  const primary = primaryOf(room.phases, room.at, desk.selected.value, steps, step, room.life);
  const joined = moderators.people.filter((one) => (one.state ?? "joined") === "joined").length;
  const label = labelOf(props, primary, wn("move.people", desk.board.value?.here || joined), desk);
  useEffect(() => {
    // A preview of what would have happened is no longer true once the room or the moderator's eye has moved.
    pending.value = null;
  }, [room.at, room.step, room.life, desk.selected.value, pending]);
  const ask = async (phase: string): Promise<void> => {
    try {
      const preview = await desk.session.ask<MovePreview>("", { type: "PreviewMove", phase });
      pending.value = { does: "move", phase, preview };
    } catch {
      say(whyNot("unreachable"));
    }
  };
  const toStep = (to: number): void => {
    void desk.wish({ type: "MoveStep", phase: room.at, step: to, left: step });
  };
  const press = (): void => {
    if (primary.does === "step") toStep(primary.step);
    else if (primary.does === "end") pending.value = { does: "end", label };
    else if (primary.does !== "nothing") void ask(primary.phase);
  };
  if (pending.value) {
    return (
      <div class="move-bar">
        <Sure pending={pending.value} onDone={() => (pending.value = null)} />
      </div>
    );
  }
  return (
    <div class="move-bar">
      <div class="row first">
        {primary.does === "nothing" ? (
          <p class="quiet the-one">{w("move.nothing")}</p>
        ) : (
          <Button kind="primary" large class="the-one" onPress={press}>
            {label}
          </Button>
        )}
        <Undo moderators={moderators} />
      </div>
      <div class="row second">
        <Ways room={room} primary={primary} onPhase={(phase) => void ask(phase)} onStep={toStep} steps={steps} />
      </div>
    </div>
  );
}

function OnlyLooking({ at }: { at: string | null }) {
  const desk = useDesk();
  return (
    <>
      <span>{at ? w("phase.looking", { title: desk.title(at) }) : w("phase.looking_before")}</span>
      <Button kind="plain" onPress={() => (desk.selected.value = null)}>
        {w("phase.back")}
      </Button>
    </>
  );
}

interface WaysProps {
  room: RoomShown;
  primary: Primary;
  steps: readonly { title: string }[];
  onPhase: (phase: string) => void;
  onStep: (step: number) => void;
}

/** The other ways to go from where the room is. */
function Ways({ room, primary, steps, onPhase, onStep }: WaysProps) {
  const desk = useDesk();
  const { at, life } = room;
  if (desk.selected.value !== null && desk.selected.value !== at) return <OnlyLooking at={at} />;
  if (!at) return <p class="quiet">{w("board.begin_do")}</p>;
  const wish = (body: { type: string; life?: string; phase?: string }): void => void desk.wish(body);
  const next = following(room.phases, at);
  const step = room.step ?? 0;
  const previous = steps[step - 1];
  return (
    <>
      {room.phases.find((one) => one.id === at)?.status === "closed" && (
        <Button kind="plain" onPress={() => wish({ type: "OpenPhase", phase: at })}>
          {w("move.reopen", { title: desk.title(at) })}
        </Button>
      )}
      {life === "follow_up" && (
        <Button kind="plain" onPress={() => wish({ type: "ChangeLife", life: "live" })}>
          {w("move.resume")}
        </Button>
      )}
      {life === "live" && primary.does === "step" && next && (
        <Button kind="plain" onPress={() => onPhase(next.id)}>
          {w("move.on", { title: desk.title(next.id) })}
        </Button>
      )}
      {life === "live" && previous && (
        <Button kind="plain" onPress={() => onStep(step - 1)}>
          {w("move.step_back", { title: previous.title })}
        </Button>
      )}
    </>
  );
}
