/** The one thing to do now, in large type, with its turn and its clock. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t } from "../locales";
import type { Session } from "../session/session";
import { type Here, nameOf } from "../state/day";
import { speakerOf } from "../state/workshop";
import { announce } from "../ui/announcer";
import { useAwake } from "../ui/awake";
import { Clock } from "../ui/clock";
import { Button } from "../ui/parts";

export function Prompt({ here, words }: { here: Here; words?: string }) {
  return (
    <div class="stack tight">
      <p class="eyebrow">{here.step.title}</p>
      <h1 class="prompt" tabIndex={-1}>
        {words || here.step.prompt?.trim() || here.step.title}
      </h1>
    </div>
  );
}

/** Who speaks, who is next, how long; a member passes the turn on. */
export function TurnOf({ session, here, me }: { session: Session; here: Here; me: string }) {
  const { group, turns, turnAt } = here;
  const turn = turns[turnAt];
  const speaker = turn && group ? speakerOf(group, turn.speaker ?? 0) : undefined;
  const mine = speaker === me;
  const name = speaker ? nameOf(session.views, speaker).name : "";
  const title = mine ? t("talk.your_turn") : speaker ? t("talk.turn_of", { name }) : "";
  useEffect(() => {
    if (title) announce(title);
  }, [title]);
  if (!group || turns.length === 0) return null;
  if (!turn) return <p class="lead">{t("talk.all_spoke")}</p>;
  const following = turns[turnAt + 1];
  const next = following ? speakerOf(group, following.speaker ?? 0) : undefined;
  return (
    <section class={`turn ${mine ? "mine" : ""}`} aria-label={title}>
      <div>
        <p class="who">{title}</p>
        <p class="quiet">
          {mine ? next && t("talk.next_turn", { name: nameOf(session.views, next).name }) : t("talk.you_listen")}
        </p>
      </div>
      {group.timer && <Clock timer={group.timer} session={session} large />}
      <Button
        onPress={() => {
          const wish = { type: "MoveTurn", phase: here.shown.id, group: group.id, turn: turnAt + 1, left: turnAt };
          void session.wish("", wish);
        }}
      >
        {t("talk.pass")}
      </Button>
    </section>
  );
}

export function Probes({ step }: { step: Here["step"] }) {
  if (!step.probes?.length) return null;
  return (
    <details class="fill">
      <summary>{t("talk.probes")}</summary>
      <ul class="probes">
        {step.probes.map((probe) => (
          <li key={probe}>{probe}</li>
        ))}
      </ul>
    </details>
  );
}

/** The phone lies face down; it wakes by itself when the turn or the step changes. */
export function Quiet({ here, children }: { here: Here; children: preact.ComponentChildren }) {
  const awake = useSignal(false);
  useAwake(here.step.quiet === true);
  const moment = `${here.shown.id}/${here.stepAt}/${here.turnAt}`;
  // Whoever sits alone, here or at home, has nobody to put the phone down for.
  const quiet = here.step.quiet === true && here.step.groups !== "alone" && !here.shown.between;
  useEffect(() => {
    awake.value = true;
  }, [moment, awake]);
  if (!quiet || awake.value) {
    return (
      <>
        {children}
        {quiet && (
          <Button kind="plain" onPress={() => (awake.value = false)}>
            {t("talk.quiet")}
          </Button>
        )}
      </>
    );
  }
  return (
    <div class="put-down">
      <h1 class="prompt" tabIndex={-1}>
        {t("talk.quiet")}
      </h1>
      <p class="lead">{t("talk.quiet_do")}</p>
      <Button onPress={() => (awake.value = true)}>{t("talk.wake")}</Button>
    </div>
  );
}
