/** A wish inside an activity: when it is refused, the activity's own words say why, gently and once. */

import type { Body } from "../protocol/frames";
import type { Session } from "../session/session";
import { announce, say } from "../ui/announcer";

interface Asked<Wish> {
  session: Session;
  phase: string;
  body: Wish;
  /** The words for a refusal, by its code. */
  refused: (code: string) => string;
  /** What changed, for whoever hears the screen. */
  done?: string;
}

/** True once it is a fact. Offline it stays pending, and the mark at the top says so. */
export async function wish<Wish extends { type: string }>(asked: Asked<Wish>): Promise<boolean> {
  const { session, phase, body, refused, done } = asked;
  const outcome = await session.queue.submit(phase, body as Body & Wish);
  if (outcome.t === "ok") {
    session.saved();
    if (done) announce(done);
    return true;
  }
  say(refused(outcome.code));
  return false;
}
