/** Who sits where: as many tables as can be read from the last row, measured on this screen; the rest take slow turns. */

import { type RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { w, wn } from "../console/words";
import type { Session } from "../session/session";
import { nameOf } from "../state/day";
import type { Timer } from "../state/workshop";
import { LargeClock } from "./parts";
import { calledNames, type Page, pagesOf, type Sheet, sheetOf, smallerThan, type TableShown } from "./showing";

const TURN_PAGE_MS = 9_000;

interface TablesProps {
  session: Session;
  tables: readonly TableShown[];
  timer: Timer | null;
  title: string;
}

interface Measured {
  moment: string;
  /** The size of a name that was measured. */
  name_u: number;
  pages: Page[];
}

/** Every change of this screen that lets names wrap elsewhere: its width, and letters that came late. */
function useLetters(): string {
  const [letters, setLetters] = useState("");
  useEffect(() => {
    let gone = false;
    const measured = (): void => void (gone || setLetters(`${innerWidth}/${innerHeight}/${document.fonts.status}`));
    void document.fonts.ready.then(measured);
    addEventListener("resize", measured);
    return () => {
      gone = true;
      removeEventListener("resize", measured);
    };
  }, []);
  return letters;
}

/** All tables are laid out once, unseen, and then as many rows to a page as are there whole: names wrap, so nobody can know before. */
function usePages(list: RefObject<HTMLOListElement | null>, moment: string, sheet: Sheet, tables: number): Measured {
  const [measured, setMeasured] = useState<Measured | null>(null);
  const now = measured?.moment === moment ? measured : null;
  const done = now !== null && now.pages.length > 0;
  useLayoutEffect(() => {
    const element = list.current;
    if (!element || done) return;
    const name_u = now?.name_u ?? sheet.name_u;
    const boxes = [...element.children].map((child) => child.getBoundingClientRect());
    const pages = pagesOf(boxes, element.clientHeight);
    const smaller = pages.length > Math.ceil(tables / sheet.each) ? smallerThan(name_u) : null;
    setMeasured(smaller ? { moment, name_u: smaller, pages: [] } : { moment, name_u, pages });
  });
  return { moment, name_u: now?.name_u ?? sheet.name_u, pages: now?.pages ?? [] };
}

function useTurn(pages: number): number {
  const [page, setPage] = useState(0);
  useEffect(() => {
    if (pages < 2) return undefined;
    const turning = setInterval(() => setPage((now) => now + 1), TURN_PAGE_MS);
    return () => clearInterval(turning);
  }, [pages]);
  return pages ? page % pages : 0;
}

/** Said once for all: where those look whose names may not stand here. */
function lookWords(tables: readonly TableShown[]): string {
  if (!tables.some((one) => one.others)) return w("screen.find");
  return w(tables.some((one) => one.members?.length) ? "screen.find_or_phone" : "screen.find_on_phone");
}

export function Tables({ session, tables, timer, title }: TablesProps) {
  const list = useRef<HTMLOListElement>(null);
  const everybody = tables.flatMap((one) => one.members ?? []);
  const called = calledNames(everybody.map((who) => nameOf(session.views, who).name));
  const names = new Map(everybody.map((who, at) => [who, called[at] ?? ""]));
  const lines = tables.map((one) => (one.members?.length ?? 0) + (one.others ? 1 : 0));
  const sheet = sheetOf(tables.length, Math.max(1, ...lines));
  const letters = useLetters();
  const moment = JSON.stringify([tables, called, timer !== null, title, letters]);
  const { name_u, pages } = usePages(list, moment, sheet, tables.length);
  const page = pages[useTurn(pages.length)];
  const seen = page ? tables.slice(page.from, page.to) : tables;
  const [first, last] = [seen[0], seen.at(-1)];
  return (
    <div class="s-tables">
      <header>
        <div>
          <p class="s-note numerals">
            {lookWords(tables)}
            {pages.length !== 1 &&
              ` · ${w("screen.tables_from_to", { from: first?.table ?? "", to: last?.table ?? "" })}`}
          </p>
          <h1>{title}</h1>
        </div>
        {timer && <LargeClock timer={timer} session={session} />}
      </header>
      <ol
        ref={list}
        style={{
          gridTemplateColumns: `repeat(${sheet.columns}, minmax(0, 1fr))`,
          fontSize: `calc(${name_u} * var(--u))`,
        }}
      >
        {seen.map((one) => (
          <li key={one.table}>
            <span class="s-table numerals">
              <span class="unseen">{w("screen.table", { n: "" })}</span>
              {one.table}
            </span>
            <ul class="s-names">
              {(one.members ?? []).map((who) => (
                <li key={who}>{names.get(who)}</li>
              ))}
              {(one.others ?? 0) > 0 && (
                <li class="s-others numerals">
                  {wn(one.members?.length ? "screen.others" : "screen.unnamed", one.others ?? 0)}
                </li>
              )}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  );
}
