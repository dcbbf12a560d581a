/** Whoever hears the page hears that the room went on, and lands on what is new, unless they are in the middle of a word. */

import { useEffect, useRef } from "preact/hooks";
import type { Here } from "../state/day";
import { isInField } from "../state/typing";
import { announce } from "../ui/announcer";

const ARRIVES_WITHIN_MS = 8_000;
const HEADING_AFTER_MS = 150;

/** What is read first: for somebody who came late what the others have done, else the prompt. */
export const headingOf = (): HTMLElement | null =>
  document.querySelector<HTMLElement>("main .catch-up h2") ?? document.querySelector<HTMLElement>("main h1");

function land(): void {
  // The page stays where it was opened: above the prompt stands with whom, and at which table.
  headingOf()?.focus({ preventScroll: true });
}

/** `looking`: at the room; whoever reads or writes elsewhere hears it and keeps their place. */
export function useArrivals(here: Here | null, looking: boolean): void {
  const before = useRef<string | null>(null);
  const moment = here ? `${here.shown.id}/${here.stepAt}/${here.open}` : "";
  useEffect(() => {
    const known = before.current;
    before.current = moment;
    if (!here || known === moment) return undefined;
    // Whoever has just come in lands on the prompt too, but nothing has moved that would have to be said.
    if (known !== null) announce(`${here.words.title}. ${here.step.title}`);
    if (!looking || isInField()) return undefined;
    const held = document.activeElement;
    // The new activity may still be on its way from the network when the room is already there.
    const landing = setTimeout(() => {
      // Somebody who went to a button or began to write meanwhile would lose their place to the heading.
      if (document.activeElement === held || document.activeElement === document.body) land();
    }, HEADING_AFTER_MS);
    // The heading that was there may be the one that asks to wait; its successor takes over what it had.
    const successors = new MutationObserver(() => {
      if (document.activeElement === document.body) land();
    });
    const arriving = setTimeout(() => {
      const main = document.querySelector("main");
      if (main) successors.observe(main, { childList: true, subtree: true });
    }, HEADING_AFTER_MS);
    const arrived = setTimeout(() => successors.disconnect(), ARRIVES_WITHIN_MS);
    window.scrollTo({ top: 0 });
    return () => {
      for (const timer of [landing, arriving, arrived]) clearTimeout(timer);
      successors.disconnect();
    };
  }, [moment]);
}
