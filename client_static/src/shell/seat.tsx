/** Coming back as yourself on another device: by personal link, by its square, or by code and PIN. */

import { useEffect, useState } from "preact/hooks";
import { t } from "../locales";
import { keepSeat } from "../session/seats";
import { Entry } from "../ui/entry";
import { Button, Motif, Waiting } from "../ui/parts";
import { type Problem, type Taken, takeSeat } from "./api";
import { asProblem, ProblemPage } from "./endings";
import { Front } from "./front";
import { codeOf } from "./home";
import { go } from "./router";

const PIN_SIGNS = 8;

const FACES: Record<Taken["role"], string> = {
  person: "",
  moderator: "/console",
  co_moderator: "/console",
  observer: "/screen",
  screen: "/screen",
};

function enter(taken: Taken): void {
  const id = taken.person ? { id: taken.person } : {};
  keepSeat({ workshop: taken.workshop, token: taken.token, role: taken.role, ...id });
  go(`/w/${taken.workshop}${FACES[taken.role]}#${taken.token}`, { replace: true });
}

export function SeatPage({ token }: { token: string }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    setProblem(null);
    takeSeat({ token }).then(enter, (error: unknown) => setProblem(asProblem(error)));
  }, [token, attempt]);
  return (
    <Front>
      {problem ? (
        <ProblemPage problem={problem} onRetry={() => setAttempt(attempt + 1)} />
      ) : (
        <div class="narrow">
          <Waiting title={t("seat.taking")} />
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
      enter(await takeSeat({ code, pin }));
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
