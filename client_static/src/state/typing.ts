/** Whether this person is in the middle of a text: taken on to something else, they would lose the sentence. */

const WRITING_MS = 20_000;
const TEXTS = "textarea, input:not([type=radio], [type=checkbox]), [contenteditable=true], [contenteditable=true] *";

let typed_ms = -Infinity;

function look({ target }: Event): void {
  if (target instanceof Element && target.matches(TEXTS)) typed_ms = Date.now();
}

/** Whoever presses something has come to the end of the sentence. */
function rest({ target }: Event): void {
  if (target instanceof Element && target.closest("button, a, summary, label")) typed_ms = -Infinity;
}

addEventListener("click", rest, { capture: true, passive: true });
addEventListener("input", look, { capture: true, passive: true });

/** Some letters within the last moments, and since then. */
export const isWriting = (since_ms = 0): boolean => typed_ms >= since_ms && Date.now() - typed_ms < WRITING_MS;

/** The cursor stands in a field, whether or not anything is typed. */
export const isInField = (): boolean =>
  document.activeElement?.matches("input, textarea, select, [contenteditable], dialog *") ?? false;

/** The keys go into a text of the page right now. */
export const isInText = (): boolean => document.activeElement?.matches(`main :is(${TEXTS})`) ?? false;
