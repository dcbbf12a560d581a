/** Coming back as yourself on another device: by personal link, by its square, or by code and PIN. */

import { useEffect, useState } from "preact/hooks";
import { t } from "../locales";
import { addressOf, keepSeat } from "../session/seats";
import { Entry } from "../ui/entry";
import { Button, Motif, Waiting } from "../ui/parts";
import { type Asked, type Problem, type Taken, takeSeat } from "./api";
import { asProblem, ProblemPage } from "./endings";
import { Front } from "./front";
import { codeOf } from "./home";
import { go } from "./router";

const PIN_SIGNS = 8;

const ASK_AGAIN_MS = 2_000;

function enter(taken: Taken): void {
  const { workshop, token, role, person, handover } = taken;
  keepSeat({ workshop, token, role, ...(person ? { id: person } : {}), ...(handover ? { handover } : {}) });
  go(addressOf(taken), { replace: true });
}

const isAsked = (answer: Taken | Asked): answer is Asked => "wait" in answer;

/** A link is opened, or waits here until whose seat it is has said yes on the device that they have in hand. */
export function SeatPage({ token }: { token: string }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [asking, setAsking] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let gone = false;
    let later: ReturnType<typeof setTimeout> | undefined;
    const take = async (): Promise<void> => {
      try {
        const answer = await takeSeat({ token });
        if (gone) return;
        if (!isAsked(answer)) return enter(answer);
        setAsking(true);
        later = setTimeout(() => void take(), ASK_AGAIN_MS);
      } catch (error) {
        if (!gone) setProblem(asProblem(error));
      }
    };
    setProblem(null);
    void take();
    return () => {
      gone = true;
      clearTimeout(later);
    };
  }, [token, attempt]);
  return (
    <Front>
      {problem ? (
        <ProblemPage problem={problem} onRetry={() => setAttempt(attempt + 1)} />
      ) : (
        <div class="narrow">
          {asking ? (
            <Waiting title={t("seat.asking")}>{t("seat.asking_do")}</Waiting>
          ) : (
            <Waiting title={t("seat.taking")} />
          )}
        </div>
      )}
    </Front>
  );
}

export function PinPage({ code: given }: { code: string }) {
  const [code, setCode] = useState(given);
  const [pin, setPin] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const take = async (): Promise<void> => {
    setBusy(true);
    try {
      const answer = await takeSeat({ code, pin });
      if (isAsked(answer)) go(`/s#${answer.wait}`, { replace: true });
      else enter(answer);
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  if (problem) {
    return (
      <Front>
        <ProblemPage problem={problem} onRetry={() => setProblem(null)} />
      </Front>
    );
  }
  return (
    <Front>
      <form
        class="narrow stack wide"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && code && pin) void take();
        }}
      >
        <Motif />
        <h1 tabIndex={-1}>{t("seat.title")}</h1>
        <p class="lead">{t("seat.lead")}</p>
        <Entry label={t("home.code")} value={code} onInput={(typed) => setCode(codeOf(typed))} code />
        <Entry
          label={t("seat.pin")}
          value={pin}
          inputMode="numeric"
          onInput={(typed) => setPin(typed.replace(/\D/g, "").slice(0, PIN_SIGNS))}
          code
        />
        <Button kind="primary" type="submit" large busy={busy}>
          {t("seat.take")}
        </Button>
      </form>
    </Front>
  );
}
