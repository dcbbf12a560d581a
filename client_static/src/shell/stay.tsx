/** Whoever is writing when the room goes on stays with the sentence; where the room is stands beside it, with the way. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { placeOn } from "../activities/place";
import { t } from "../locales";
import type { Here } from "../state/day";
import { isInField, isWriting } from "../state/typing";
import { Button } from "../ui/parts";
import { headingOf } from "./arrivals";

const LOOK_EVERY_MS = 1_000;

export interface Stay {
  /** Where this person's screen stands. */
  here: Here | null;
  /** Where the room has gone meanwhile; null while both are the same. */
  ahead: Here | null;
  go: () => void;
}

/** Another table of the same kind: the room has not gone on, and what is told then says more than where the room is. */
const isMoved = (held: Here, here: Here): boolean =>
  held.group?.grouping === here.group?.grouping && held.group?.id !== here.group?.id;

/** A phase that closes or is left takes everybody along: there, nobody may write any more. */
function couldStay(held: Here, here: Here): boolean {
  const placed = !here.placeless && !held.placeless && !isMoved(held, here);
  return held.shown.id === here.shown.id && here.open && placed;
}

/** `looking`: at the room; whoever writes elsewhere, in the space with their partner, is held in no step of it. */
export function useStay(here: Here | null, looking: boolean): Stay {
  const held = useRef<{ here: Here | null; since_ms: number }>({ here, since_ms: Date.now() });
  const stays = useSignal(false);
  const { current } = held;
  const place = here && `${here.shown.id}/${placeOn(here)}`;
  const left = current.here && `${current.here.shown.id}/${placeOn(current.here)}`;
  const free = !here || !current.here || place === left || !couldStay(current.here, here);
  const along = free || !looking || !(stays.peek() || isWriting(current.since_ms));
  // Only what was written in this place holds anybody in it.
  if (along) held.current = { here, since_ms: place === left ? current.since_ms : Date.now() };
  useEffect(() => {
    stays.value = !along;
  });
  useEffect(() => {
    if (along) return undefined;
    const looking = setInterval(() => {
      // The words are done and the cursor has left them: nothing holds this person here.
      if (!isWriting() && !isInField()) stays.value = false;
    }, LOOK_EVERY_MS);
    return () => clearInterval(looking);
  }, [along]);
  const go = (): void => {
    held.current = { here, since_ms: Date.now() };
    stays.value = false;
    setTimeout(() => headingOf()?.focus({ preventScroll: true }));
    window.scrollTo({ top: 0 });
  };
  // Read, so that letting go is shown at once.
  void stays.value;
  if (along || !here || !current.here) return { here, ahead: null, go };
  return { here: { ...current.here, timer: here.timer }, ahead: here, go };
}

export function GoAlong({ stay }: { stay: Stay }) {
  const { here, ahead, go } = stay;
  if (!here || !ahead) return null;
  const words =
    ahead.step.id === here.step.id ? t("stay.turn") : t("stay.room", { step: ahead.step.title || ahead.words.short });
  return (
    <div class="go-along" role="status">
      <p>{words}</p>
      <Button onPress={go}>{t("stay.go")}</Button>
    </div>
  );
}
