/** When this person last saw the room, kept on the device: whoever was away over the end of a phase is told where it is. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { kept } from "../session/kept";
import type { Session } from "../session/session";

const SEEN = "bc-seen";
const LOOK_MS = 15_000;
/** Shorter absences miss no more than a sentence. */
const AWAY_MS = 5 * 60_000;

interface SeenAt {
  phase: string;
  at_ms: number;
  /** Since when the phase that is seen now had been missed; 0 for who was here when it began. */
  missed_ms: number;
}

function seenAt(key: string): SeenAt | null {
  const found = kept.getItem(key);
  try {
    return found ? (JSON.parse(found) as SeenAt) : null;
  } catch (error) {
    console.info("when this room was last seen is not known", error);
    return null;
  }
}

export function nowSeen(before: SeenAt | null, phase: string, now_ms: number): SeenAt {
  if (before?.phase === phase) return { ...before, at_ms: now_ms };
  const missed = before !== null && now_ms - before.at_ms > AWAY_MS;
  return { phase, at_ms: now_ms, missed_ms: missed ? before.at_ms : 0 };
}

/** Since when somebody was away who has come back to another phase than they left; 0 for everybody else. */
export function useAway(session: Session, phase: string): number {
  const missed = useSignal(0);
  useEffect(() => {
    if (!phase) return undefined;
    const key = `${SEEN}/${session.key}`;
    const look = (): void => {
      if (document.visibilityState === "hidden") return;
      const seen = nowSeen(seenAt(key), phase, session.clock.now());
      missed.value = seen.missed_ms;
      kept.setItem(key, JSON.stringify(seen));
    };
    look();
    const looking = setInterval(look, LOOK_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(looking);
      document.removeEventListener("visibilitychange", look);
    };
  }, [session, phase, missed]);
  return missed.value;
}
