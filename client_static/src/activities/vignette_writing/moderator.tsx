/** What a moderator sees of writing: how far everybody is, never a word, unless an author asks for a reader. */

import { useSignal } from "@preact/signals";
import { Written } from "../../documents/field";
import type { Session } from "../../session/session";
import { nameOf } from "../../state/day";
import { Button } from "../../ui/parts";
import type { DeskState } from "./desk";
import type { ModeratorProps } from "../moderating";
import { type Reading, readingWords } from "./reading_words";
import { w, wn } from "./words";
import "./vignette_writing.css";

interface DeskRow extends Reading {
  person: string;
  state?: DeskState;
  version?: number;
  checks?: number;
  typist?: string;
  page?: string | null;
}

interface ForModerators {
  rows: DeskRow[];
  written?: number;
  unread?: number;
}

type Counted = [page: string, words: number, at_ms: number];

const FIELDS = ["title", "situation", "stuck", "pull_a", "pull_b", "question", "roles"] as const;

/** How many words stand on whose page: counted by the server, without reading them out. */
function wordsOf(session: Session, phase: string): ReadonlyMap<string, number> {
  const pages = session.views.moderators<{ pages?: Counted[] }>("~pages")?.body.pages ?? [];
  const start = `${phase}/vignette/`;
  return new Map(pages.filter(([page]) => page.startsWith(start)).map(([page, n]) => [page.slice(start.length), n]));
}

function Asked({ page }: { page: string }) {
  return (
    <div class="stack tight asked">
      {FIELDS.map((field) => (
        <Written key={field} page={page} field={field} />
      ))}
    </div>
  );
}

function Row({ session, row, words }: { session: Session; row: DeskRow; words: number }) {
  const open = useSignal(false);
  const { page } = row;
  return (
    <>
      <tr>
        <th scope="row">{nameOf(session.views, row.person).name}</th>
        <td>
          {w(`staff.state.${row.state ?? "draft"}`)} · {wn("staff.words", words)} ·{" "}
          {w("staff.checks", { n: row.checks ?? 0 })}
          {page && (
            <Button kind="plain" pressed={open.value} onPress={() => (open.value = !open.value)}>
              {w("staff.asks")}
            </Button>
          )}
        </td>
        <td>{readingWords(row)}</td>
      </tr>
      {page && open.value && (
        <tr>
          <td colSpan={3}>
            <Asked page={page} />
          </td>
        </tr>
      )}
    </>
  );
}

export default function WritingForModerators({ session, phase, body }: ModeratorProps) {
  const view = body as ForModerators;
  const words = wordsOf(session, phase);
  const rows = view.rows ?? [];
  const waiting = view.unread ?? 0;
  return (
    <section class="vignette-writing stack fill">
      <h2>{w("staff.title")}</h2>
      <p class="quiet">{w("staff.not_yours")}</p>
      <p class="numerals">
        {w("staff.ready", { n: view.written ?? 0 })} · {w("staff.without_reader", { n: waiting })}
      </p>
      {waiting > 0 && (
        <>
          <Button kind="primary" onPress={() => void session.wish(phase, { type: "AssignReaders", each: 1 })}>
            {w("staff.assign")}
          </Button>
          <p class="small quiet">{w("staff.assign_lead")}</p>
        </>
      )}
      <table class="desks numerals">
        <thead>
          <tr>
            <th scope="col">{w("staff.person")}</th>
            <th scope="col">{w("staff.far")}</th>
            <th scope="col">{w("staff.reader")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.person} session={session} row={row} words={words.get(row.person) ?? 0} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
