/** What readers said: numbers without names, and their sentences to the author alone. */

import { SeenBy } from "../../ui/parts";
import type { ActivityProps } from "../registry";
import { type Desk, type ReaderRemark, textOf } from "./desk";
import { w, wn } from "./words";

const MOST = 4;

function Dots({ value }: { value: number }) {
  return (
    <svg class="dots" viewBox="0 0 76 16" aria-hidden="true">
      {Array.from({ length: MOST + 1 }, (_, at) => (
        <circle key={at} class={at === value ? "on" : ""} cx={8 + at * 15} cy="8" r={at === value ? 6 : 3} />
      ))}
    </svg>
  );
}

function Measure({ value, words }: { value: number; words: string }) {
  return (
    <p class="measure">
      <Dots value={value} />
      <span>
        {words} <span class="quiet numerals">{w("said.score", { n: value, most: MOST })}</span>
      </span>
    </p>
  );
}

function One({ remark, words }: { remark: ReaderRemark; words: Readonly<Record<string, string>> }) {
  return (
    <li class="said">
      <p class="small quiet numerals">
        {w(remark.at_table ? "said.from_table" : "said.from_elsewhere")} · {w("said.version", { n: remark.version })}
      </p>
      <Measure value={remark.recognise} words={w("said.recognise")} />
      <Measure value={remark.challenge} words={w("said.challenge")} />
      <p>
        {w(remark.pulls_clear ? "said.clear" : "said.not_clear")} · {w(`said.identify.${remark.could_identify}`)}
      </p>
      {words["judging_word"] && <p>{w("said.word", { word: words["judging_word"] })}</p>}
      {words["comment"] && <p class="written">{words["comment"]}</p>}
    </li>
  );
}

interface SaidProps extends Pick<ActivityProps, "session" | "phase"> {
  desk: Desk;
  below?: boolean;
}

export function Said({ session, phase, desk, below }: SaidProps) {
  const { remarks = [] } = desk;
  if (remarks.length === 0) return null;
  return (
    <section class="stack tight fill">
      <div class="row between">
        {below ? <h3>{w("said.title")}</h3> : <h2>{w("said.title")}</h2>}
        <SeenBy who="me" />
      </div>
      <p class="small quiet numerals">{wn("said.count", remarks.length)}</p>
      <ul class="all-said">
        {remarks.map((remark, at) => (
          <One key={at} remark={remark} words={remark.text ? textOf(session, phase, remark.text) : {}} />
        ))}
      </ul>
    </section>
  );
}
