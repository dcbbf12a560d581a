/** What changes is said once, politely: on screen for a few seconds, and to whoever listens to the page. */

import { signal } from "@preact/signals";

/** Long enough to be noticed; what was read aloud must not be found on the page as if it were new. */
const SHOWN_MS = 6_000;

interface Said {
  id: number;
  words: string;
}

const shown = signal<readonly Said[]>([]);
/** What is read aloud. Each stands beside the one before: a line that is replaced may never have been spoken. */
const heard = signal<readonly Said[]>([]);
let last = 0;

function without(said: readonly Said[], id: number): readonly Said[] {
  return said.filter((one) => one.id !== id);
}

/** For changes that the screen shows by itself: spoken only. */
export function announce(words: string): void {
  if (heard.value.at(-1)?.words === words) return;
  last += 1;
  const id = last;
  heard.value = [...heard.value, { id, words }];
  setTimeout(() => (heard.value = without(heard.value, id)), SHOWN_MS);
}

export function say(words: string): void {
  last += 1;
  const id = last;
  shown.value = [...shown.value, { id, words }].slice(-2);
  announce(words);
  setTimeout(() => {
    shown.value = without(shown.value, id);
  }, SHOWN_MS);
}

export function Announcer() {
  return (
    <>
      <div class="unseen" aria-live="polite">
        {heard.value.map(({ id, words }) => (
          <p key={id}>{words}</p>
        ))}
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
