/** The written lines of a field as they are being typed, counted as the server counts them. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { OpenPage } from "../documents/page";

export function useLines(page: OpenPage, field: string): readonly string[] {
  const lines = useSignal<readonly string[]>([]);
  useEffect(() => {
    const text = page.text(field);
    const look = (): void => {
      lines.value = text
        .toString()
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean);
    };
    look();
    text.observe(look);
    return () => text.unobserve(look);
  }, [page, field, lines]);
  return lines.value;
}
