/** A list on the large screen that shows as much as fits and turns its pages by itself: nobody there could scroll. */

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { pageStarts } from "./pages";
import "./turning.css";

const TURN_MS = 11_000;

export interface TurningItem {
  key: string;
  view: ComponentChildren;
}

interface TurningProps {
  items: readonly TurningItem[];
  /** The class of the list: how its items stand. */
  class: string;
  label?: string;
  /** A figure below the list, beside the dots. */
  note?: string;
  /** After the last page, where something else follows. */
  onEnd?: () => void;
}

/** Lays all of it out unseen, and finds where each page begins; anew when the size or the letters have changed. */
function useStarts(signature: string): { list: { current: HTMLUListElement | null }; starts: number[] | null } {
  const list = useRef<HTMLUListElement>(null);
  const [starts, setStarts] = useState<number[] | null>(null);
  useLayoutEffect(() => setStarts(null), [signature]);
  useLayoutEffect(() => {
    const { current } = list;
    if (starts || !current) return;
    const laid = [...current.children].map((item) => {
      const { offsetTop, offsetHeight } = item as HTMLElement;
      return { top: offsetTop, bottom: offsetTop + offsetHeight };
    });
    setStarts(pageStarts(laid, current.clientHeight));
  }, [starts]);
  useEffect(() => {
    const again = (): void => setStarts(null);
    addEventListener("resize", again);
    document.fonts.addEventListener("loadingdone", again);
    return () => {
      removeEventListener("resize", again);
      document.fonts.removeEventListener("loadingdone", again);
    };
  }, []);
  return { list, starts };
}

export function Turning({ items, class: name, label, note, onEnd }: TurningProps) {
  const { list, starts } = useStarts(items.map(({ key }) => key).join(" "));
  const [page, setPage] = useState(0);
  const pages = Math.max(1, starts?.length ?? 1);
  const shown = Math.min(page, pages - 1);
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    const turning = setTimeout(() => {
      if (shown + 1 >= pages) end.current?.();
      setPage(shown + 1 < pages ? shown + 1 : 0);
    }, TURN_MS);
    return () => clearTimeout(turning);
  }, [shown, pages, page]);
  const from = starts?.[shown] ?? 0;
  const to = starts?.[shown + 1] ?? items.length;
  return (
    <div class="turning" data-measuring={starts === null} data-page={shown} data-pages={pages}>
      <ul class={name} ref={list} aria-label={label}>
        {(starts ? items.slice(from, to) : items).map(({ key, view }) => (
          <li key={key}>{view}</li>
        ))}
      </ul>
      <p class="turning-foot numerals">
        <span>{note}</span>
        <span class="turning-at" aria-hidden="true">
          {pages > 1 &&
            Array.from({ length: pages }, (_, at) => <i key={at} class={at === shown ? "turning-now" : ""} />)}
        </span>
      </p>
    </div>
  );
}
