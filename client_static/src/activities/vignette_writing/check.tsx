/** The six checks of a careful author, and what this device noticed. */

import { Tick } from "../../ui/choices";
import { SeenBy } from "../../ui/parts";
import type { ActivityProps } from "../registry";
import { About } from "./choose";
import { Advice, ToConfirm } from "./advice";
import { configOf, type Desk, type ForRoom, labelOf, type Limits } from "./desk";
import { useHints } from "./text";
import { w } from "./words";

interface CheckProps extends Pick<ActivityProps, "session" | "phase" | "words"> {
  desk: Desk;
  limits: Limits;
}

export function Check({ session, phase, words, desk, limits }: CheckProps) {
  const known = session.views.room<ForRoom>(phase)?.body.checks ?? [];
  const labels = configOf(words).checks ?? [];
  const ticked = desk.checks ?? [];
  const found = useHints(desk.page, words, limits, desk.chosen?.language ?? "");
  const needed = Math.min(limits.checks_min, known.length);
  return (
    <>
      <section class="stack tight fill">
        <div class="row between">
          <h2>{w("check.title")}</h2>
          <SeenBy who={["me", "moderator_state"]} />
        </div>
        <div class="checks">
          {known.map((check) => (
            <Tick
              key={check}
              checked={ticked.includes(check)}
              onChange={(on) => void session.wish(phase, { type: "TickCheck", check, ticked: on })}
            >
              {labelOf(labels, check)}
            </Tick>
          ))}
        </div>
        <p class="small quiet numerals">
          {w("check.count", { n: known.filter((one) => ticked.includes(one)).length, all: known.length, needed })}
        </p>
      </section>
      <ToConfirm page={desk.page} found={found} limits={limits} />
      <Advice found={found} limits={limits} />
      <About session={session} phase={phase} words={words} desk={desk} limits={limits} />
    </>
  );
}
