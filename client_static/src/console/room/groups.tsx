/** The board of groups, by need: only what changed is drawn again, so that two hundred people stay quick. */

import { useComputed, useSignal } from "@preact/signals";
import { useMemo, useRef } from "preact/hooks";
import type { RoomShown } from "../../state/workshop";
import { leftMs } from "../../state/workshop";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import { isAlone, isNeedy, ranked, type Ranked, type Suggestion, suggestionsForRoom } from "../suggestions";
import { w, wn } from "../words";
import { type Board, type GroupAt, keepsPace, paceOf } from "./board";
import { drag, type Drop } from "./dragging";
import { GroupCard, GroupClock, turnWords } from "./group_card";
import { PersonLine } from "./person";
import "./groups.css";

/** From here on a table is one line, so that sixty people fit on a laptop. */
const MANY_GROUPS = 12;
const LINE_REM = 9;
const NAME_REM = 5;

/** The narrowest that a line may be: the first names of everybody at a usual table stand in it. */
function widthOf(part: readonly Ranked[]): { "--line": string } {
  const sizes = part.map((one) => one.at.people.length).sort((a, b) => a - b);
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 2;
  return { "--line": `${LINE_REM + usual * NAME_REM}rem` };
}

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
        void desk.byHand(
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
  const button = desk.forRoom || kind === "placeless" ? w(`suggest.${kind}_do`) : "";
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

interface SummaryProps {
  board: Board;
  pace: GroupAt | null;
  only: boolean;
  onOnly: (on: boolean) => void;
  mine: number;
}

function Summary({ board, pace, only, onOnly, mine }: SummaryProps) {
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
        {pace && pace.turns > 0 && ` · ${turnWords(pace)}`}
        {pace?.timer && (
          <>
            {" · "}
            <GroupClock timer={pace.timer} />
          </>
        )}
      </p>
      {mine > 0 && (
        <label class="only-mine">
          <input type="checkbox" checked={only} onChange={(event) => onOnly(event.currentTarget.checked)} />
          {w("group.mine_only")}
        </label>
      )}
      {board.grouping && board.groups.length > 0 && desk.forRoom && (
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
      {board.everybody.length === 0 && <p class="quiet">{w("before.nobody")}</p>}
      <div class="everybody">
        {board.everybody.map((person) => (
          <PersonLine key={person.id} person={person} group={null} />
        ))}
      </div>
    </>
  );
}

export function Groups({ room, board }: { room: RoomShown; board: Board | null }) {
  return board && <Laid room={room} board={board} />;
}

function Laid({ room, board }: { room: RoomShown; board: Board }) {
  const desk = useDesk();
  const only = useSignal(false);
  const now_ms = desk.now_ms.value;
  const timer = room.timer;
  const left_ms = timer ? leftMs(timer, now_ms) : undefined;
  const elapsed = timer?.total_ms ? 1 - Math.max(0, left_ms ?? 0) / timer.total_ms : 0;
  const fresh = useMemo(() => {
    const moment = { board, now_ms, elapsed };
    return ranked(left_ms === undefined ? moment : { ...moment, left_ms });
  }, [board, now_ms, elapsed, left_ms]);
  const steady = useSteady(fresh);
  const mine = new Set(desk.ownTables);
  const shown = only.value && mine.size > 0 ? steady.filter((one) => mine.has(one.at.group.table)) : steady;
  const dense = shown.length > MANY_GROUPS;
  const pace = dense ? paceOf(board.groups) : null;
  const onDrop = useDropping(board);
  const dragging = useComputed(() => drag.value !== null).value;
  const suggestions = suggestionsForRoom(board, Boolean(timer));
  return (
    <section class={`board ${dragging ? "dragging" : ""}`} aria-label={w("board.title")}>
      <Summary board={board} pace={pace} only={only.value} onOnly={(on) => (only.value = on)} mine={mine.size} />
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
              <ul key={at} class={`groups ${dense ? "dense" : ""}`} style={dense ? widthOf(part) : undefined}>
                {part.map((one) => (
                  <GroupCard
                    key={one.at.group.id}
                    at={one.at}
                    suggestion={one.suggestion}
                    alone={isAlone(one.suggestion)}
                    dense={dense}
                    together={pace !== null && keepsPace(one.at, pace)}
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
