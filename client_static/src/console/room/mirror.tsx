/** The table's own activity, as the group sees it and as nobody may touch it here; where it cannot be shown, its prompt. */

import { Component, type ComponentChildren } from "preact";
import { Suspense } from "preact/compat";
import { activityOf } from "../../activities/registry";
import { type Here, phaseOf } from "../../state/day";
import { turnsOf } from "../../state/path";
import type { GroupShown, RoomShown } from "../../state/workshop";
import { useDesk } from "../desk";
import { w } from "../words";
import type { GroupAt } from "./board";
import "../../shell/participant.css";

interface Guarded {
  children: ComponentChildren;
  instead: ComponentChildren;
}

/** An activity that expects a person's own view may not know what to do without one. */
class Guard extends Component<Guarded, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown): void {
    console.info("this activity has nothing to show to a visitor", error);
    this.setState({ failed: true });
  }

  override render() {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}

function hereFor(room: RoomShown, at: GroupAt, shown: GroupShown, pack: Parameters<typeof phaseOf>[1]): Here | null {
  const run = room.phases.find((one) => one.id === room.at);
  const phase = run ? phaseOf(run, pack) : null;
  const step = phase?.steps[at.step];
  if (!phase || !step) return null;
  return {
    ...phase,
    number: 1,
    all: room.phases.length,
    step,
    stepAt: at.step,
    group: shown,
    turns: turnsOf(step, shown.members.length),
    turnAt: at.turn,
    timer: shown.timer ?? room.timer ?? null,
    placeless: false,
  };
}

function PromptOnly({ here }: { here: Here }) {
  const desk = useDesk();
  const turn = here.turns[here.turnAt];
  const speaker = turn && here.group?.members[(turn.speaker ?? 0) % here.group.members.length];
  return (
    <>
      <p class="eyebrow">{here.step.title}</p>
      <p class="prompt">{turn?.prompt || here.step.prompt?.trim() || here.step.title}</p>
      {speaker && <p class="lead">{w("look.speaks", { name: desk.name(speaker) })}</p>}
    </>
  );
}

/** `person` is shown by prompt and turn only: what is theirs alone does not come to this screen. */
export function Mirror({ at, person }: { at: GroupAt; person: string }) {
  const desk = useDesk();
  const shown = desk.session.views.group<GroupShown>("", at.group.id)?.body;
  const [room, pack] = [desk.room.value, desk.pack.value];
  const here = room && pack && shown ? hereFor(room, at, shown, pack) : null;
  if (!here) return <p class="quiet">{w("look.waiting")}</p>;
  const instead = <PromptOnly here={here} />;
  const { Now } = activityOf(here.shown.activity);
  return (
    <div class="mirror" inert>
      {person ? (
        instead
      ) : (
        <Guard instead={instead} key={`${here.shown.id}/${here.stepAt}`}>
          <Suspense fallback={instead}>
            <Now session={desk.session} phase={here.shown.id} me="" here={here} words={here} />
          </Suspense>
        </Guard>
      )}
    </div>
  );
}
