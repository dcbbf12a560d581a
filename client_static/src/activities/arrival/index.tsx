/** Arriving: the promise said again together, two consents, an aim in one sentence, and "I am here". */

import { useEffect } from "preact/hooks";
import { TextField } from "../../documents/field";
import { counted, t } from "../../locales";
import { pack } from "../../state/path";
import type { PersonShown } from "../../state/workshop";
import { Button } from "../../ui/parts";
import { Chips } from "../../ui/choices";
import type { ActivityProps } from "../registry";

interface ForRoom {
  ready: number;
  here: number;
  aim_question?: string;
}

interface ForPerson {
  aim: string;
  ready?: boolean;
  agreed?: boolean;
  name_on_screen?: boolean | null;
  quoting?: boolean | null;
}

type Consent = "name_on_screen" | "quoting";

const AIM_SOFT = 160;
const AIM_HARD = 280;

function Consents({ session, phase, mine }: Pick<ActivityProps, "session" | "phase"> & { mine: ForPerson }) {
  const answer = (to: Consent, yes: boolean): void => {
    void session.wish(phase, { type: yes ? "GiveConsent" : "WithdrawConsent", to });
  };
  return (["name_on_screen", "quoting"] as const).map((to) => (
    <Chips
      key={to}
      legend={t(`arrival.${to}`)}
      options={[
        { id: "yes", label: t("arrival.yes") },
        { id: "no", label: t("arrival.no") },
      ]}
      chosen={mine[to] === true ? ["yes"] : mine[to] === false ? ["no"] : []}
      onChoose={([chosen]) => answer(to, chosen === "yes")}
    />
  ));
}

function Promised({ session, phase, mine }: Pick<ActivityProps, "session" | "phase"> & { mine: ForPerson }) {
  const sentences = (pack.value?.agreement ?? []).map((sentence) => <p key={sentence}>{sentence}</p>);
  if (mine.agreed) {
    return (
      <details class="fill">
        <summary>{t("arrival.read_promise")}</summary>
        <div class="agreement">{sentences}</div>
        <p class="quiet">{t("arrival.agreed")}</p>
      </details>
    );
  }
  return (
    <section class="stack" aria-labelledby="promise">
      <h2 id="promise">{t("join.agreement")}</h2>
      <div class="agreement">{sentences}</div>
      <Button kind="primary" onPress={() => void session.wish(phase, { type: "ConfirmAgreement" })}>
        {t("arrival.agree")}
      </Button>
    </section>
  );
}

/** One thing at a time: the promise, then the two questions, then the sentence. What was answered stays in sight. */
function stageOf(mine: ForPerson): 0 | 1 | 2 {
  if (!mine.agreed) return 0;
  const answered = (answer: boolean | null | undefined): boolean => answer !== null && answer !== undefined;
  return answered(mine.name_on_screen) && answered(mine.quoting) ? 2 : 1;
}

/** Whoever reads this has a seat: the room's step may still be about joining, the next thing to do here is another. */
function promptOf(mine: ForPerson): string {
  if (mine.ready) return t("arrival.prompt_ready");
  return t((["arrival.prompt_promise", "arrival.prompt_answers", "arrival.prompt_aim"] as const)[stageOf(mine)]);
}

/** Ready is the one word of this phase: whoever said it is done, also when the room goes to its next step. */
function useReady({
  session,
  phase,
  mine,
}: Pick<ActivityProps, "session" | "phase"> & { mine: ForPerson | undefined }) {
  const done = session.views.mine<PersonShown>("")?.body.done === true;
  const ready = mine?.ready === true;
  useEffect(() => {
    if (mine && ready !== done) void session.wish("", { type: "SignalDone", done: ready });
  }, [ready, done]);
  return () => void session.wish(phase, { type: "TapReady", ready: !ready });
}

export default function Arrival({ session, phase, here }: ActivityProps) {
  const room = session.views.room<ForRoom>(phase)?.body;
  const mine = session.views.mine<ForPerson>(phase)?.body;
  const tapReady = useReady({ session, phase, mine });
  if (!here || !mine) return null;
  const stage = stageOf(mine);
  return (
    <div class="stack wide">
      <div class="stack tight">
        <p class="eyebrow">{here.words.title}</p>
        <h1 class="prompt" tabIndex={-1}>
          {promptOf(mine)}
        </h1>
      </div>
      {stage === 0 && <Promised session={session} phase={phase} mine={mine} />}
      {stage >= 1 && <Consents session={session} phase={phase} mine={mine} />}
      {stage >= 2 && (
        <>
          <TextField
            page={mine.aim}
            name="text"
            label={room?.aim_question || t("arrival.aim")}
            hint={t("arrival.aim_hint")}
            seen={["me", "moderator_state"]}
            soft={AIM_SOFT}
            hard={AIM_HARD}
          />
          <Button kind={mine.ready ? "outline" : "primary"} large pressed={mine.ready === true} onPress={tapReady}>
            {mine.ready ? t("arrival.ready_on") : t("arrival.ready")}
          </Button>
        </>
      )}
      {stage > 0 && <Promised session={session} phase={phase} mine={mine} />}
      {room && <p class="quiet numerals">{counted("arrival.ready_count", room.ready, { here: room.here })}</p>}
    </div>
  );
}
