/** A field on a screen that is shown to somebody else: where the words would be, it says whose they are. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { type Seen, SeenBy } from "../ui/parts";

/** The sentence that stands in place of a page's words, or null where the visitor may read them. */
export type Mask = (page: string, seen: readonly Seen[]) => string | null;

export const MaskContext = createContext<Mask | null>(null);

export function useMask(page: string, seen: Seen | readonly Seen[]): string | null {
  const mask = useContext(MaskContext);
  return mask?.(page, typeof seen === "string" ? [seen] : seen) ?? null;
}

export function Masked({ label, seen, words }: { label: string; seen: Seen | readonly Seen[]; words: string }) {
  return (
    <div class="field masked">
      <div class="above">
        <span class="label">{label}</span>
        <SeenBy who={seen} />
      </div>
      <p class="input quiet">{words}</p>
    </div>
  );
}
