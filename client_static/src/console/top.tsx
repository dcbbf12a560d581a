/** The line that is always there: the code, who is here, the room's clock, and whether what I do arrives. */

import type { RoomShown, Timer } from "../state/workshop";
import { Clock } from "../ui/clock";
import { Button, Motif, SaveMark } from "../ui/parts";
import { useDesk } from "./desk";
import { Icon } from "./icon";
import { tablesWords } from "./people/staff";
import type { ModeratorsShown } from "./shown";
import { w, wn } from "./words";
import "./top.css";

const MINUTE_MS = 60_000;
const FIRST_CLOCK_MS = 5 * MINUTE_MS;

/** ±1 minute and pause, for the room (scope "") or for one group. */
export function ClockControls({ scope, timer, small }: { scope: string; timer: Timer | null; small?: boolean }) {
  const desk = useDesk();
  if (!timer) {
    if (!scope && !desk.forRoom) return null;
    return (
      <div class="clock-controls">
        <span class="quiet small">{w("clock.none")}</span>
        <Button class="small-button" onPress={() => void desk.wish({ type: "StartTimer", scope, ms: FIRST_CLOCK_MS })}>
          {w("group.timer_start")}
        </Button>
      </div>
    );
  }
  if (!scope && !desk.forRoom) return <Clock timer={timer} session={desk.session} large />;
  const paused = !timer.ends_ms;
  const add = (minutes: number): void => void desk.wish({ type: "AddTime", scope, ms: minutes * MINUTE_MS });
  return (
    <div
      class={`clock-controls ${paused ? "paused" : ""}`}
      role="group"
      aria-label={w(scope ? "group.clock" : "clock.title")}
    >
      <button type="button" class="step-button" aria-label={w("clock.less")} onClick={() => add(-1)}>
        −1
      </button>
      <span class="clock-face">
        <Clock timer={timer} session={desk.session} large={!small} />
        {paused && <span class="small paused-word">{w("clock.paused")}</span>}
      </span>
      <button type="button" class="step-button" aria-label={w("clock.more")} onClick={() => add(1)}>
        +1
      </button>
      <button
        type="button"
        class="step-button"
        aria-label={w(paused ? "clock.resume" : "clock.pause")}
        onClick={() => void desk.wish({ type: paused ? "ResumeTimer" : "PauseTimer", scope })}
      >
        <Icon name={paused ? "play" : "pause"} />
      </button>
    </div>
  );
}

export function TopBar({ room, moderators }: { room: RoomShown; moderators: ModeratorsShown }) {
  const desk = useDesk();
  const here = desk.board.value?.here;
  const joined = moderators.people.filter((one) => (one.state ?? "joined") === "joined").length;
  const expected = moderators.people.filter((one) => one.state === "expected").length;
  return (
    <header class="console-top">
      <div class="whose">
        <span class="little">
          <Motif />
        </span>
        <div>
          <h1 class="workshop-title">{room.title}</h1>
          <SaveMark mark={desk.session.mark.value} />
          {!desk.leads && (
            <span class="small quiet">
              {" "}
              · {w("console.role.co_moderator")} · {tablesWords(desk.ownTables)}
            </span>
          )}
        </div>
      </div>
      {room.at && <ClockControls scope="" timer={room.timer ?? null} />}
      <div class="tools">
        <button type="button" class="tool code-tool" onClick={() => (desk.sheet.value = { show: "links" })}>
          <Icon name="code" />
          <span class="the-code numerals">{moderators.code}</span>
          <span class="unseen">{w("console.code_open")}</span>
        </button>
        <button type="button" class="tool" onClick={() => (desk.sheet.value = { show: "roster" })}>
          <Icon name="people" />
          <span class="tool-word">
            <span class="numerals">{wn("console.here", here ?? joined)}</span>
            {expected > 0 && <span class="small quiet"> · {wn("console.expected", expected)}</span>}
          </span>
          <span class="tool-number numerals" aria-hidden="true">
            {here ?? joined}
          </span>
        </button>
        <button
          type="button"
          class="tool"
          aria-label={w("console.say")}
          title={w("console.say")}
          onClick={() => (desk.sheet.value = { show: "say", to: desk.forRoom ? "room" : "group", id: "" })}
        >
          <Icon name="say" />
          <span class="tool-word shown">{w("console.say")}</span>
        </button>
        <button
          type="button"
          class="tool"
          aria-label={w("console.log")}
          title={w("console.log")}
          onClick={() => (desk.sheet.value = { show: "acts" })}
        >
          <Icon name="log" />
        </button>
      </div>
    </header>
  );
}
