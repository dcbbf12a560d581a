/** The board of groups, by need: only what changed is drawn again, so that two hundred people stay quick. */

import { useComputed, useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import type { RoomShown } from "../../state/workshop";
import { leftMs } from "../../state/workshop";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import type { ModeratorsShown } from "../shown";
import { isAlone, isNeedy, ranked, type Ranked, type Suggestion, suggestionsForRoom } from "../suggestions";
import { w, wn } from "../words";
import type { Board } from "./board";
import { drag, type Drop } from "./dragging";
import { GroupCard } from "./group_card";
import { PersonLine } from "./person";

/** From here on names come closer together, so that sixty people fit on a laptop. */
const MANY_GROUPS = 16;

/** A group that did not change keeps its object, and so its card is not drawn again. */
function useSteady(fresh: readonly Ranked[]): readonly Ranked[] {
  const held = useRef(new Map<string, { signature: string; ranked: Ranked }>());
  return useMemo(() => {
    const next = new Map<string, { signature: string; ranked: Ranked }>();
    const steady = fresh.map((one) => {
      const signature = JSON.stringify(one);
      const before = held.current.get(one.at.group.id);
      const kept = before?.signature === signature ? before : { signature, ranked: one };
      next.set(one.at.group.id, kept);
      return kept.ranked;
    });
    held.current = next;
    return steady;
  }, [fresh]);
}

function useDropping(board: Board): (drop: Drop) => void {
  const desk = useDesk();
  return useMemo(
    () =>
      ({ person, group, over }: Drop): void => {
        const { phase, grouping } = board;
        void desk.wish(
          over
            ? { type: "SwapPeople", phase, grouping, one: person, other: over }
            : { type: "MovePerson", phase, grouping, person, to: group },
        );
      },
    [board.phase, board.grouping, desk],
  );
}

function RoomSuggestion({ board, suggestion }: { board: Board; suggestion: Suggestion }) {
  const desk = useDesk();
  const { kind, people, wishes } = suggestion;
  const text = (() => {
    switch (kind) {
      case "placeless":
        return wn("suggest.placeless", people.length, { name: desk.name(people[0] ?? "") });
      case "room_ready":
        return w("suggest.room_ready", { done: board.done, here: board.here });
      case "room_time":
        return w("suggest.room_time", { n: board.need_time });
      default:
        return w("suggest.form");
    }
  })();
  const act = (): void => {
    if (kind === "form") desk.sheet.value = { show: "groups", phase: board.phase, grouping: board.grouping };
    else void desk.wishAll(wishes);
  };
  const button = w(`suggest.${kind}_do`);
  return (
    <p class="room-suggestion">
      <span>{text}</span>
      {button && (
        <Button class="small-button" onPress={act}>
          {button}
        </Button>
      )}
    </p>
  );
}

function Ghost() {
  const desk = useDesk();
  const held = drag.value;
  if (!held) return null;
  return (
    <div class="ghost" style={{ transform: `translate(${held.x}px, ${held.y}px)` }} aria-hidden="true">
      {desk.name(held.person)}
      {held.over && ` ⇄ ${desk.name(held.over)}`}
    </div>
  );
}

function Summary({
  board,
  only,
  onOnly,
  mine,
}: {
  board: Board;
  only: boolean;
  onOnly: (on: boolean) => void;
  mine: number;
}) {
  const desk = useDesk();
  return (
    <div class="board-head">
      <h2 class="part-title">
        {board.groups.length > 0
          ? wn("board.groups", board.groups.length)
          : w(board.grouping ? "board.title" : "console.people")}
      </h2>
      <p class="quiet numerals">
        {board.phase && w("board.done", { n: board.done, all: board.here })}
        {board.need_time > 0 && ` · ${wn("board.time", board.need_time)}`}
      </p>
      {mine > 0 && (
        <label class="only-mine">
          <input type="checkbox" checked={only} onChange={(event) => onOnly(event.currentTarget.checked)} />
          {w("group.mine_only")}
        </label>
      )}
      {board.grouping && board.groups.length > 0 && (
        <Button
          kind="plain"
          onPress={() => (desk.sheet.value = { show: "groups", phase: board.phase, grouping: board.grouping })}
        >
          {w("board.form")}
        </Button>
      )}
    </div>
  );
}

function Everybody({ board }: { board: Board }) {
  const step = board.steps[board.step];
  return (
    <>
      {step && <p class="quiet">{w(step.groups === "alone" ? "board.alone" : "board.all")}</p>}
      <div class="everybody">
        {board.everybody.map((person) => (
          <PersonLine key={person.id} person={person} group={null} />
        ))}
      </div>
    </>
  );
}

interface GroupsProps {
  room: RoomShown;
  moderators: ModeratorsShown;
  board: Board | null;
}

export function Groups({ room, moderators, board }: GroupsProps) {
  if (!board) return null;
  return <Laid room={room} moderators={moderators} board={board} />;
}

function Laid({ room, moderators, board }: { room: RoomShown; moderators: ModeratorsShown; board: Board }) {
  const desk = useDesk();
  const only = useSignal(false);
  const now_ms = desk.now_ms.value;
  const timer = room.timer;
  const elapsed = timer?.total_ms ? 1 - Math.max(0, leftMs(timer, now_ms)) / timer.total_ms : 0;
  const fresh = useMemo(() => ranked({ board, now_ms, elapsed }), [board, now_ms, elapsed]);
  const steady = useSteady(fresh);
  const mine = new Set(moderators.assigned?.[desk.me] ?? []);
  const shown = only.value && mine.size > 0 ? steady.filter((one) => mine.has(one.at.group.id)) : steady;
  const onDrop = useDropping(board);
  const dragging = useComputed(() => drag.value !== null).value;
  const suggestions = suggestionsForRoom(board, Boolean(timer));
  return (
    <section class={`board ${dragging ? "dragging" : ""}`} aria-label={w("board.title")}>
      <Summary board={board} only={only.value} onOnly={(on) => (only.value = on)} mine={mine.size} />
      {suggestions.map((one) => (
        <RoomSuggestion key={one.kind} board={board} suggestion={one} />
      ))}
      {board.placeless.length > 0 && (
        <div class="placeless">
          <h3>{w("board.placeless")}</h3>
          <div class="everybody">
            {board.placeless.map((person) => (
              <PersonLine key={person.id} person={person} group={null} />
            ))}
          </div>
        </div>
      )}
      {board.groups.length === 0 ? (
        <Everybody board={board} />
      ) : (
        [shown.filter(isNeedy), shown.filter((one) => !isNeedy(one))].map(
          (part, at) =>
            part.length > 0 && (
              <ul key={at} class={`groups ${shown.length > MANY_GROUPS ? "dense" : ""}`}>
                {part.map((one) => (
                  <GroupCard
                    key={one.at.group.id}
                    at={one.at}
                    suggestion={one.suggestion}
                    alone={isAlone(one.suggestion)}
                    roomStep={board.step}
                    stepTitle={board.steps[one.at.step]?.title ?? ""}
                    onDrop={onDrop}
                  />
                ))}
              </ul>
            ),
        )
      )}
      {board.phase && (
        <p class="small quiet board-foot">
          {w("board.private")} {board.groups.length > 1 && w("board.drag_hint")}
        </p>
      )}
      <Ghost />
    </section>
  );
}
