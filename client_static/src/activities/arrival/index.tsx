/** Arriving: the promise said again together, two consents, an aim in one sentence, and "I am here". */

import { TextField } from "../../documents/field";
import { counted, t } from "../../locales";
import { pack } from "../../state/path";
import { Button } from "../../ui/parts";
import { Chips } from "../../ui/choices";
import { Prompt } from "../prompt";
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

export default function Arrival({ session, phase, here }: ActivityProps) {
  const room = session.views.room<ForRoom>(phase)?.body;
  const mine = session.views.mine<ForPerson>(phase)?.body;
  if (!here) return null;
  const stage = mine ? stageOf(mine) : 0;
  return (
    <div class="stack wide">
      <Prompt here={here} />
      {mine && stage === 0 && <Promised session={session} phase={phase} mine={mine} />}
      {mine && stage >= 1 && <Consents session={session} phase={phase} mine={mine} />}
      {mine && stage >= 2 && (
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
          <Button
            kind={mine.ready ? "outline" : "primary"}
            large
            pressed={mine.ready === true}
            onPress={() => void session.wish(phase, { type: "TapReady", ready: !mine.ready })}
          >
            {mine.ready ? t("arrival.ready_on") : t("arrival.ready")}
          </Button>
        </>
      )}
      {mine && stage > 0 && <Promised session={session} phase={phase} mine={mine} />}
      {room && <p class="quiet numerals">{counted("arrival.ready_count", room.ready, { here: room.here })}</p>}
    </div>
  );
}
