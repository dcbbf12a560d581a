/** The names of the piles as they are being typed, for whatever stands beside their fields. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { OpenPage } from "../../documents/page";

export function usePileNames(page: OpenPage, piles: number): readonly string[] {
  const names = useSignal<readonly string[]>([]);
  useEffect(() => {
    const texts = Array.from({ length: piles }, (_, at) => page.text(`cluster${at + 1}`));
    const look = (): void => {
      names.value = texts.map((text) => text.toString().trim());
    };
    look();
    for (const text of texts) text.observe(look);
    return () => {
      for (const text of texts) text.unobserve(look);
    };
  }, [page, piles, names]);
  return names.value;
}
