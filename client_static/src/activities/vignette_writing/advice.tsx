/** Calm advice on the text, and the few words that must be changed or allowed before a copy goes out. */

import { Tick } from "../../ui/choices";
import type { Limits } from "./desk";
import type { Hint } from "./hints";
import { confirm, releaseOf } from "./release";
import { has, w } from "./words";

const SHOWN = 3;

function sentence(hint: Hint, limits: Limits): string {
  const [from, to] =
    hint.field === "situation"
      ? [limits.situation_words_min, limits.situation_words_max]
      : hint.field === "stuck"
        ? [limits.stuck_words_min, limits.stuck_words_max]
        : [limits.words_min, limits.words_max];
  const own = `hint.${hint.kind}.${hint.field}`;
  return w(has(own) ? own : `hint.${hint.kind}`, { words: hint.words, from, to });
}

/** Of each kind the first few, and how many more; the same words once. */
function grouped(found: readonly Hint[]): Hint[][] {
  const kinds = new Map<string, Map<string, Hint>>();
  for (const hint of found) {
    const kind = kinds.get(hint.kind) ?? new Map<string, Hint>();
    const key = hint.words.toLowerCase() || hint.field;
    if (!kind.has(key)) kind.set(key, hint);
    kinds.set(hint.kind, kind);
  }
  return [...kinds.values()].map((kind) => [...kind.values()]);
}

export function Advice({ found, limits }: { found: readonly Hint[]; limits: Limits }) {
  const advice = grouped(found.filter((hint) => hint.mark === undefined));
  return (
    <section class="advice stack tight fill">
      <h2>{w("hint.title")}</h2>
      {advice.length === 0 ? (
        <p class="quiet">{w("hint.none")}</p>
      ) : (
        <>
          <p class="small quiet">{w("hint.advice")}</p>
          <ul class="probes">
            {advice.flatMap((kind) => [
              ...kind
                .slice(0, SHOWN)
                .map((hint) => <li key={`${hint.kind}${hint.field}${hint.words}`}>{sentence(hint, limits)}</li>),
              ...(kind.length > SHOWN
                ? [<li key={kind[0]?.kind}>{w("hint.more", { n: kind.length - SHOWN })}</li>]
                : []),
            ])}
          </ul>
        </>
      )}
    </section>
  );
}

/** True when nothing stands in the way of letting a copy go. */
export function allConfirmed(page: string, found: readonly Hint[]): boolean {
  const { confirmed } = releaseOf(page);
  return found.every((hint) => hint.mark === undefined || confirmed.has(hint.mark));
}

export function ToConfirm({ page, found, limits }: { page: string; found: readonly Hint[]; limits: Limits }) {
  const asked = new Map(found.flatMap((hint) => (hint.mark ? [[hint.mark, hint] as const] : [])));
  if (asked.size === 0) return null;
  const { confirmed } = releaseOf(page);
  return (
    <section class="notice stack tight">
      <h2 class="minor">{w("hint.confirm")}</h2>
      <p class="small">{w("hint.confirm_lead")}</p>
      <ul class="to-confirm">
        {[...asked].map(([mark, hint]) => (
          <li key={mark}>
            <p>{sentence(hint, limits)}</p>
            <Tick checked={confirmed.has(mark)} onChange={(stays) => confirm(page, mark, stays)}>
              {w("hint.stays")}
            </Tick>
          </li>
        ))}
      </ul>
    </section>
  );
}
