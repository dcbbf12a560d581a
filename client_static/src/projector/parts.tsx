/** The few pictures of the large screen, each with one message. */

import { useEffect, useState } from "preact/hooks";
import { joinAddress } from "../console/address";
import { w, wn } from "../console/words";
import { timeOfDay } from "../locales";
import type { Session } from "../session/session";
import { nameOf } from "../state/day";
import type { Timer } from "../state/workshop";
import { leftMs } from "../state/workshop";
import { clockFace, useLeft } from "../ui/clock";
import { Motif, QR } from "../ui/parts";
import { calledNames, type ScreenShown, sheetOf, type TableShown } from "./showing";

const TURN_PAGE_MS = 9_000;
const NEARLY_MS = 60_000;

export function LargeClock({ timer, session }: { timer: Timer; session: Session }) {
  const left = useLeft(timer, session);
  const paused = !timer.ends_ms;
  const soft = left <= 0 ? "over" : left < NEARLY_MS ? "soon" : "";
  return (
    <div class={`large-clock numerals ${soft}`} role="timer">
      {left <= 0 ? <span class="round-off">{w("screen.over")}</span> : <span>{clockFace(left)}</span>}
      {paused && <span class="s-note">{w("screen.paused")}</span>}
    </div>
  );
}

export function Join({ screen, counter, title }: { screen: ScreenShown; counter: boolean; title: string }) {
  const address = joinAddress(screen.code);
  const short = new URL(address).host;
  return (
    <div class="s-join">
      <div class="s-join-words">
        <Motif />
        <p class="s-note">{title}</p>
        <h1>{w("screen.join")}</h1>
        <p class="s-lead">{w("screen.go_to", { address: short })}</p>
        <p class="s-code numerals">{screen.code}</p>
        {counter && <p class="s-lead numerals">{wn("screen.here", screen.joined)}</p>}
      </div>
      <QR text={address} label={w("screen.qr")} />
    </div>
  );
}

interface TablesProps {
  session: Session;
  tables: readonly TableShown[];
  timer: Timer | null;
  title: string;
}

export function Tables({ session, tables, timer, title }: TablesProps) {
  const [page, setPage] = useState(0);
  const everybody = tables.flatMap((one) => one.members ?? []);
  const called = calledNames(everybody.map((who) => nameOf(session.views, who).name));
  const names = new Map(everybody.map((who, at) => [who, called[at] ?? ""]));
  const { columns, each, name_u } = sheetOf(
    tables.length,
    Math.max(1, ...tables.map((one) => (one.members?.length ?? 0) + (one.others ? 1 : 0))),
  );
  const pages = Math.ceil(tables.length / each);
  useEffect(() => {
    if (pages < 2) return undefined;
    const turning = setInterval(() => setPage((now) => now + 1), TURN_PAGE_MS);
    return () => clearInterval(turning);
  }, [pages]);
  const from = (page % pages) * each;
  const seen = tables.slice(from, from + each);
  const [first, last] = [seen[0], seen.at(-1)];
  return (
    <div class="s-tables">
      <header>
        <div>
          <p class="s-note numerals">
            {w("screen.find")}
            {pages > 1 && ` · ${w("screen.tables_from_to", { from: first?.table ?? "", to: last?.table ?? "" })}`}
          </p>
          <h1>{title}</h1>
        </div>
        {timer && <LargeClock timer={timer} session={session} />}
      </header>
      <ol style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, fontSize: `calc(${name_u} * var(--u))` }}>
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
                <li class="s-others">
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

interface InstructionProps {
  session: Session;
  timer: Timer | null;
  phase: string;
  title: string;
  prompt: string;
}

export function Instruction({ session, timer, phase, title, prompt }: InstructionProps) {
  const long = prompt.length > 170;
  return (
    <div class="s-instruction">
      <div class="s-words">
        <p class="s-note">{phase}</p>
        <h1>{title}</h1>
        {prompt && <p class={`s-prompt ${long ? "long" : ""}`}>{prompt}</p>}
      </div>
      {timer && <LargeClock timer={timer} session={session} />}
    </div>
  );
}

export function Break({
  session,
  timer,
  title,
  next,
}: {
  session: Session;
  timer: Timer | null;
  title: string;
  next: string;
}) {
  const ends = timer?.ends_ms ? timer.ends_ms : 0;
  const over = timer ? leftMs(timer, session.clock.now()) <= 0 : false;
  return (
    <div class="s-break">
      <Motif />
      <h1>{title}</h1>
      {timer && <LargeClock timer={timer} session={session} />}
      {ends > 0 && !over && <p class="s-lead numerals">{w("screen.go_on_at", { time: timeOfDay(ends) })}</p>}
      {next && (
        <p class="s-note">
          {w("screen.next")}: {next}
        </p>
      )}
    </div>
  );
}

export function Message({ words }: { words: string }) {
  return (
    <div class="s-message" role="status">
      <p class="s-note">{w("screen.from_moderator")}</p>
      <p class={`s-said ${words.length > 140 ? "long" : ""}`}>{words}</p>
    </div>
  );
}

export function Closed() {
  return (
    <div class="s-break">
      <Motif />
      <h1>{w("screen.closed")}</h1>
      <p class="s-lead">{w("screen.closed_do")}</p>
    </div>
  );
}
