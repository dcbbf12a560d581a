/** The words of a vignette as they are now, and what a careful friend would notice about them. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { usePage } from "../../documents/pages";
import { language } from "../../locales";
import { useSession } from "../../session/context";
import type { PhaseHere } from "../../state/day";
import { configOf, type Limits } from "./desk";
import { type Hint, hints, TEXT_FIELDS } from "./hints";
import { Names } from "./names";
import { releaseOf } from "./release";

export type VignetteText = Record<(typeof TEXT_FIELDS)[number], string>;

const LOOK_AFTER_MS = 300;

export function useVignette(name: string): VignetteText {
  const session = useSession();
  const page = usePage(session, name);
  const read = (): VignetteText =>
    Object.fromEntries(TEXT_FIELDS.map((field) => [field, page.text(field).toString()])) as VignetteText;
  const value = useSignal<VignetteText>(read());
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const look = (): void => {
      waiting = undefined;
      value.value = read();
    };
    const soon = (): void => {
      waiting ??= setTimeout(look, LOOK_AFTER_MS);
    };
    look();
    page.doc.on("update", soon);
    return () => {
      clearTimeout(waiting);
      page.doc.off("update", soon);
    };
  }, [page, value]);
  return value.value;
}

export function useHints(page: string, words: PhaseHere, limits: Limits, lang: string): Hint[] {
  const session = useSession();
  const text = useVignette(page);
  const known = session.views.names.value;
  const names = useMemo(
    () => new Names([...known.values()].flatMap((one) => [one.name, one.school ?? ""]).filter(Boolean)),
    [known],
  );
  const config = configOf(words);
  const spoken = lang || language.value;
  const { marks } = releaseOf(page);
  return useMemo(
    () =>
      hints(text, {
        language: spoken,
        names,
        marks,
        judging: config.judging_words?.[spoken] ?? [],
        past: config.past_tense_hints?.[spoken] ?? [],
        targets: limits,
      }),
    [text, names, spoken, marks, config, limits],
  );
}

/** Whether what stands on the page is another text than a copy that was let go; spaces at the ends are none. */
export function useDiffers(page: string, copy: Readonly<Record<string, string>>): boolean {
  const now = useVignette(page);
  return TEXT_FIELDS.some((field) => now[field].trim() !== (copy[field] ?? "").trim());
}
