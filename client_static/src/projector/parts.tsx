/** The few pictures of the large screen, each with one message. */

import { joinAddress } from "../console/address";
import { w, wn } from "../console/words";
import { timeOfDay } from "../locales";
import type { Session } from "../session/session";
import type { Timer } from "../state/workshop";
import { leftMs } from "../state/workshop";
import { clockFace, useLeft } from "../ui/clock";
import { Motif, QR } from "../ui/parts";
import type { ScreenShown } from "./showing";

const NEARLY_MS = 60_000;

export function LargeClock({ timer, session }: { timer: Timer; session: Session }) {
  const left = useLeft(timer, session);
  const paused = !timer.ends_ms;
  const soft = left <= 0 ? "over" : left < NEARLY_MS ? "soon" : "";
  return (
    <div class={`large-clock numerals ${soft}`} role="timer">
      {left <= 0 ? <span class="round-off">{w("screen.over")}</span> : <span>{clockFace(left)}</span>}
      {paused && <span class="s-note">{w("screen.paused")}</span>}
    </div>
  );
}

export function Join({ screen, counter, title }: { screen: ScreenShown; counter: boolean; title: string }) {
  const address = joinAddress(screen.code);
  const short = new URL(address).host;
  return (
    <div class="s-join">
      <div class="s-join-words">
        <Motif />
        <p class="s-note">{title}</p>
        <h1>{w("screen.join")}</h1>
        <p class="s-lead">{w("screen.go_to", { address: short })}</p>
        <p class="s-code numerals">{screen.code}</p>
        {counter && <p class="s-lead numerals">{wn("screen.here", screen.joined)}</p>}
      </div>
      <QR text={address} label={w("screen.qr")} />
    </div>
  );
}

interface InstructionProps {
  session: Session;
  timer: Timer | null;
  phase: string;
  title: string;
  prompt: string;
}

export function Instruction({ session, timer, phase, title, prompt }: InstructionProps) {
  const long = prompt.length > 170;
  return (
    <div class="s-instruction">
      <div class="s-words">
        <p class="s-note">{phase}</p>
        <h1>{title}</h1>
        {prompt && <p class={`s-prompt ${long ? "long" : ""}`}>{prompt}</p>}
      </div>
      {timer && <LargeClock timer={timer} session={session} />}
    </div>
  );
}

export function Break({
  session,
  timer,
  title,
  next,
}: {
  session: Session;
  timer: Timer | null;
  title: string;
  next: string;
}) {
  const ends = timer?.ends_ms ? timer.ends_ms : 0;
  const over = timer ? leftMs(timer, session.clock.now()) <= 0 : false;
  return (
    <div class="s-break">
      <Motif />
      <h1>{title}</h1>
      {timer && <LargeClock timer={timer} session={session} />}
      {ends > 0 && !over && <p class="s-lead numerals">{w("screen.go_on_at", { time: timeOfDay(ends) })}</p>}
      {next && (
        <p class="s-note">
          {w("screen.next")}: {next}
        </p>
      )}
    </div>
  );
}

export function Message({ words }: { words: string }) {
  return (
    <div class="s-message" role="status">
      <p class="s-note">{w("screen.from_moderator")}</p>
      <p class={`s-said ${words.length > 140 ? "long" : ""}`}>{words}</p>
    </div>
  );
}

export function Closed({ goesOn }: { goesOn: boolean }) {
  return (
    <div class="s-break">
      <Motif />
      <h1>{w("screen.closed")}</h1>
      <p class="s-lead">{w(goesOn ? "screen.goes_on" : "screen.closed_do")}</p>
    </div>
  );
}
