/** What changes is said once, politely: on screen for a few seconds, and to whoever listens to the page. */

import { signal } from "@preact/signals";

const SHOWN_MS = 6_000;

interface Said {
  id: number;
  words: string;
}

const shown = signal<readonly Said[]>([]);
const heard = signal("");
let last = 0;

/** For changes that the screen shows by itself: spoken only. */
export function announce(words: string): void {
  heard.value = words;
}

export function say(words: string): void {
  last += 1;
  const id = last;
  shown.value = [...shown.value, { id, words }].slice(-2);
  announce(words);
  setTimeout(() => {
    shown.value = shown.value.filter((one) => one.id !== id);
  }, SHOWN_MS);
}

export function Announcer() {
  return (
    <>
      <div class="unseen" aria-live="polite">
        {heard.value}
      </div>
      <div class="toasts" aria-hidden="true">
        {shown.value.map(({ id, words }) => (
          <div class="toast" key={id}>
            {words}
          </div>
        ))}
      </div>
    </>
  );
}
