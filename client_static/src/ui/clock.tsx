/** The server's clock, equal on every screen: a soft time that never ejects, in numerals that do not jump. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { counted, t } from "../locales";
import type { Session } from "../session/session";
import { leftMs, type Timer } from "../state/workshop";
import { announce } from "./announcer";

const TICK_MS = 250;
const MINUTE_MS = 60_000;
const WARNING_MS = 2 * MINUTE_MS;

/** 4:07, or −0:30 once it is over. */
export function clockFace(left_ms: number): string {
  const over = left_ms < 0;
  const seconds = over ? Math.floor(-left_ms / 1000) : Math.ceil(left_ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${over && seconds > 0 ? "−" : ""}${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}

export function softly(timer: Timer, left_ms: number): string {
  if (!timer.ends_ms) return t("top.paused");
  if (left_ms <= 0) return t("top.over");
  if (left_ms < MINUTE_MS) return t("top.nearly");
  return counted("top.left", Math.round(left_ms / MINUTE_MS));
}

/** What is left, recomputed from the server's end and never counted down, so that sleep cannot stop it. */
export function useLeft(timer: Timer | null, session: Session): number {
  const left = useSignal(timer ? leftMs(timer, session.clock.now()) : 0);
  useEffect(() => {
    if (!timer) return undefined;
    const look = (): void => {
      left.value = leftMs(timer, session.clock.now());
    };
    look();
    if (!timer.ends_ms) return undefined;
    const ticking = setInterval(look, TICK_MS);
    return () => clearInterval(ticking);
  }, [timer, timer?.ends_ms, timer?.left_ms, session, left]);
  return left.value;
}

interface ClockProps {
  timer: Timer;
  session: Session;
  large?: boolean;
}

export function Clock({ timer, session, large }: ClockProps) {
  const left = useLeft(timer, session);
  const soft = left <= 0 ? "over" : left < WARNING_MS ? "soon" : "";
  return (
    <span class={`clock numerals ${large ? "large" : ""} ${soft}`} role="timer">
      <span aria-hidden="true">{clockFace(left)}</span>
      <span class="unseen">{softly(timer, left)}</span>
    </span>
  );
}

/** The same in words, for the line at the top; said aloud when the time is nearly over and when it is. */
export function SoftTime({ timer, session }: { timer: Timer; session: Session }) {
  const left = useLeft(timer, session);
  const words = softly(timer, left);
  const near = left < MINUTE_MS;
  useEffect(() => {
    if (near && timer.ends_ms) announce(words);
  }, [near, words, timer.ends_ms]);
  return <span class={`numerals ${left < WARNING_MS ? "soon" : ""}`}>{words}</span>;
}
