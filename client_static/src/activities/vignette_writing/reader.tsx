/** The swap: my text goes to a reader from another school, and somebody's text comes to me. */

import { signal } from "@preact/signals";
import { SharedField } from "../../documents/editor/field";
import type { Session } from "../../session/session";
import { nameOf } from "../../state/day";
import { Chips, Scale } from "../../ui/choices";
import { Button } from "../../ui/parts";
import type { ActivityProps } from "../registry";
import { allConfirmed, ToConfirm } from "./advice";
import { type Desk, type Guess, type Limits, textOf, type ToRead } from "./desk";
import { released, releaseOf } from "./release";
import { Said } from "./said";
import { useDiffers, useHints } from "./text";
import { Vignette } from "./vignette";
import { w, whyNot } from "./words";

interface ReaderProps extends Pick<ActivityProps, "session" | "phase" | "words"> {
  desk: Desk;
  limits: Limits;
}

interface Rating {
  recognise?: number;
  challenge?: number;
  pulls_clear?: boolean;
  could_identify?: Guess;
}

/** Taps that are not sent yet, by page: going to another step and back keeps them. */
const begun = signal<ReadonlyMap<string, Rating>>(new Map());

interface ReadingProps extends Omit<ReaderProps, "desk" | "words"> {
  reading: ToRead;
  /** My own text is with a reader: then answering is the one thing left to do here. */
  given: boolean;
}

function Rate({ session, phase, reading, limits, given }: ReadingProps) {
  const { page, answered } = reading;
  const rating: Rating = { ...answered, ...begun.value.get(page) };
  const change = (changed: Rating): void => {
    begun.value = new Map(begun.peek()).set(page, { ...begun.peek().get(page), ...changed });
  };
  const { recognise, challenge, pulls_clear, could_identify } = rating;
  const complete = [recognise, challenge, pulls_clear, could_identify].every((one) => one !== undefined);
  const { busy, refused } = releaseOf(page);
  const near = (reading.table ?? []).length > 0;
  const seen = near ? "author" : "reader";
  const send = (): void => {
    void released(session, phase, page, {
      type: "RateReading",
      page,
      recognise,
      challenge,
      pulls_clear,
      could_identify,
    });
  };
  const ends = { from: 0, to: 4, low: w("scale.not"), high: w("scale.much") };
  const yesNo = pulls_clear === undefined ? [] : [pulls_clear ? "yes" : "no"];
  return (
    <div class="stack wide fill">
      <Scale
        {...ends}
        legend={w("reader.recognise")}
        value={recognise ?? null}
        onChoose={(value) => change({ recognise: value })}
      />
      <Scale
        {...ends}
        legend={w("reader.challenge")}
        value={challenge ?? null}
        onChoose={(value) => change({ challenge: value })}
      />
      <Chips
        legend={w("reader.clear")}
        options={[
          { id: "yes", label: w("reader.clear_yes") },
          { id: "no", label: w("reader.clear_no") },
        ]}
        chosen={yesNo}
        onChoose={([id]) => change({ pulls_clear: id === "yes" })}
      />
      <Chips
        legend={w("reader.identify")}
        options={(["no", "maybe", "yes"] as const).map((id) => ({ id, label: w(`reader.identify.${id}`) }))}
        chosen={could_identify ? [could_identify] : []}
        onChoose={([id]) => change({ could_identify: id as Guess })}
      />
      <SharedField
        page={page}
        name="judging_word"
        label={w("reader.judging")}
        hint={w("reader.judging_hint")}
        seen={seen}
        line
        hard={limits.judging_word}
      />
      <SharedField page={page} name="comment" label={w("reader.comment")} seen={seen} hard={limits.comment} />
      {answered && <p class="lead">{w(near ? "reader.answered_table" : "reader.answered")}</p>}
      {answered && (reading.version ?? 0) > answered.version && <p>{w("reader.new_version")}</p>}
      {refused && <p class="problem">{whyNot(refused)}</p>}
      {!complete && <p class="small quiet">{w("reader.incomplete")}</p>}
      <Button kind={answered || !given ? "outline" : "primary"} large busy={busy || !complete} onPress={send}>
        {w(answered ? "reader.answer_again" : "reader.answer")}
      </Button>
    </div>
  );
}

/** Who swaps with the author knows whose it is: the screen does not pretend otherwise. */
function toReadLead(session: Session, { table = [] }: ToRead): string {
  const [only] = table;
  if (!only) return w("reader.to_read_lead");
  if (table.length > 1) return w("reader.to_read_table");
  return w("reader.to_read_partner", { name: nameOf(session.views, only).name });
}

function giveLead(session: Session, { read_at_table: table = [] }: Desk): string {
  const [only] = table;
  if (!only) return w("reader.give_lead");
  if (table.length > 1) return w("reader.give_table");
  return w("reader.give_partner", { name: nameOf(session.views, only).name });
}

function Reading(props: ReadingProps) {
  const { session, phase, reading } = props;
  const words = reading.text ? textOf(session, phase, reading.text) : null;
  return (
    <section class="stack wide fill">
      <div class="stack tight">
        <h2>{w("reader.to_read")}</h2>
        <p class="quiet">{words ? toReadLead(session, reading) : w("reader.gone")}</p>
      </div>
      {words && <Vignette words={words} />}
      {words && <Rate {...props} />}
    </section>
  );
}

function Give({ session, phase, words, desk, limits }: ReaderProps) {
  const found = useHints(desk.page, words, limits, desk.chosen?.language ?? "");
  const { busy, refused } = releaseOf(desk.page);
  const ready = (desk.ready ?? 0) > 0;
  const clear = allConfirmed(desk.page, found);
  const differs = useDiffers(desk.page, desk.ready_text ? textOf(session, phase, desk.ready_text) : {});
  const give = (): void => {
    void released(session, phase, desk.page, { type: "MarkReady", page: desk.page });
  };
  const answered = (desk.remarks ?? []).length > 0;
  return (
    <section class="stack fill">
      {!ready && <p class="quiet">{giveLead(session, desk)}</p>}
      {ready && (
        <p class="lead numerals">
          {w((desk.readers ?? 0) > 0 ? (answered ? "reader.given" : "reader.given_wait") : "reader.nobody", {
            n: desk.ready ?? 0,
          })}
        </p>
      )}
      <ToConfirm page={desk.page} found={found} limits={limits} />
      {refused && <p class="problem">{whyNot(refused)}</p>}
      <div class="row">
        {(!ready || differs) && (
          <Button kind={ready ? "outline" : "primary"} large={!ready} busy={busy || !clear} onPress={give}>
            {w(ready ? "reader.again" : "reader.give")}
          </Button>
        )}
        {ready && desk.more_readers && (
          <Button kind="plain" onPress={() => void session.wish(phase, { type: "AskReader" })}>
            {w("reader.more")}
          </Button>
        )}
      </div>
      {busy && (
        <p class="small quiet" role="status">
          {w("reader.sending")}
        </p>
      )}
    </section>
  );
}

export function Reader(props: ReaderProps) {
  const { session, phase, limits, desk } = props;
  const readings = desk.to_read ?? [];
  return (
    <>
      <Give {...props} />
      <Said session={session} phase={phase} desk={desk} />
      <hr class="across-line" />
      {readings.length === 0 && <p class="quiet">{w("reader.none_yet")}</p>}
      {readings.map((reading) => (
        <Reading
          key={reading.page}
          session={session}
          phase={phase}
          limits={limits}
          reading={reading}
          given={(desk.ready ?? 0) > 0}
        />
      ))}
    </>
  );
}
