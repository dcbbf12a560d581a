/** Choosing who may see a copy: always the author's own act, and taken back with one tap. */

import { useSignal } from "@preact/signals";
import { say } from "../../ui/announcer";
import { Tick } from "../../ui/choices";
import { Button } from "../../ui/parts";
import type { ActivityProps } from "../registry";
import { allConfirmed, ToConfirm } from "./advice";
import { type Desk, type Level, type Limits, textOf } from "./desk";
import { released, releaseOf } from "./release";
import { useDiffers, useHints } from "./text";
import { w, whyNot } from "./words";

const LEVELS: readonly Level[] = ["private", "pair", "group", "room_anonymous", "room_named"];

interface ShareProps extends Pick<ActivityProps, "session" | "phase" | "words"> {
  desk: Desk;
  limits: Limits;
}

function whyClosed(level: Level, desk: Desk): string {
  if ((desk.levels ?? []).includes(level)) return "";
  if (level === "pair") return w("share.no_pair");
  if (level === "group") return w("share.no_group");
  return level === "private" ? "" : w("share.not_yet");
}

function Missing({ desk, limits }: { desk: Desk; limits: Limits }) {
  const missing = desk.missing ?? [];
  if (missing.length === 0) return null;
  return (
    <section class="stack tight">
      <h2 class="minor">{w("share.not_yet")}</h2>
      <ul class="probes">
        {missing.includes("too_few_checks") && <li>{w("share.too_few_checks", { n: limits.checks_min })}</li>}
        {missing.includes("no_reader_yet") && <li>{w("share.no_reader_yet")}</li>}
      </ul>
    </section>
  );
}

function Out({ session, phase, desk }: Pick<ShareProps, "session" | "phase" | "desk">) {
  const { shared, ready } = desk;
  const out = shared && shared.level !== "private" ? shared : null;
  const withdraw = async (): Promise<void> => {
    const outcome = await session.wish(phase, { type: "WithdrawVignette" });
    if (outcome.t === "ok") say(w("share.withdrawn"));
  };
  if (!out && !ready) return desk.state === "withdrawn" ? <p class="lead">{w("share.withdrawn")}</p> : null;
  return (
    <section class="notice calm stack tight">
      {out && <h2 class="minor">{w("share.now", { who: w(`share.${out.level}`) })}</h2>}
      {out && <p class="small numerals">{w("share.now_version", { n: out.version })}</p>}
      {out?.interrupted && <p>{w("share.interrupted")}</p>}
      <Button onPress={() => void withdraw()}>{w("share.withdraw")}</Button>
      <p class="small quiet">{w("share.withdraw_about")}</p>
    </section>
  );
}

function Choices({ desk, chosen, onChoose }: { desk: Desk; chosen: Level; onChoose: (level: Level) => void }) {
  return (
    <fieldset class="stack tight fill">
      <legend class="unseen">{w("share.title")}</legend>
      {LEVELS.map((level) => {
        const closed = whyClosed(level, desk);
        const warns = level.startsWith("room") && desk.small_room;
        return (
          <label class={`card-choice ${closed ? "closed" : ""}`} key={level}>
            <input
              type="radio"
              name="share-level"
              checked={chosen === level}
              disabled={closed !== ""}
              onChange={() => onChoose(level)}
            />
            <strong>{w(`share.${level}`)}</strong>
            <span class="about">
              {w(`share.${level}_about`)} {warns && level === "room_anonymous" && w("share.small_room")} {closed}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

export function Share({ session, phase, words, desk, limits }: ShareProps) {
  const now: Level = desk.shared?.level ?? "private";
  const wanted = useSignal<Level | null>(null);
  const level = wanted.value ?? now;
  const found = useHints(desk.page, words, limits, desk.chosen?.language ?? "");
  const { busy, refused } = releaseOf(desk.page);
  const differs = useDiffers(desk.page, desk.shared ? textOf(session, phase, desk.shared.text) : {});
  const widening = level !== "private";
  const ready = !widening || allConfirmed(desk.page, found);
  const share = async (): Promise<void> => {
    if (await released(session, phase, desk.page, { type: "ShareVignette", page: desk.page, level })) {
      say(w("share.done"));
      wanted.value = null;
    }
  };
  return (
    <>
      <Out session={session} phase={phase} desk={desk} />
      <Choices desk={desk} chosen={level} onChoose={(one) => (wanted.value = one)} />
      <Missing desk={desk} limits={limits} />
      {widening && <ToConfirm page={desk.page} found={found} limits={limits} />}
      {refused && <p class="problem">{whyNot(refused)}</p>}
      {widening && (level !== now || differs || desk.shared?.interrupted) && (
        <Button kind="primary" large busy={busy || !ready} onPress={() => void share()}>
          {level === now ? w("share.again") : w("share.button", { who: w(`share.${level}`) })}
        </Button>
      )}
      {!widening && now !== "private" && <p class="quiet">{w("share.to_narrow")}</p>}
      <div>
        <Tick
          checked={desk.later_use === true}
          onChange={(allowed) => void session.wish(phase, { type: "AllowLaterUse", allowed })}
        >
          {w("share.later")}
        </Tick>
        <p class="small quiet">{w("share.later_about")}</p>
      </div>
    </>
  );
}
