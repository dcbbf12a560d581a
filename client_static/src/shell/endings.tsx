/** The pages that end a road, each with what happened and what to do now. */

import { isKey, type Key, t } from "../locales";
import { Button, Ending } from "../ui/parts";
import { Problem } from "./api";
import { go } from "./router";

/** The server's codes, by the page that explains them. */
const EXPLAINED: Record<string, string> = {
  no_such_code: "wrong_code",
  wrong_pin: "wrong_pin",
  no_such_workshop: "wrong_code",
  http_404: "wrong_code",
  full: "full",
  closed: "closed",
  seat_taken: "seat_taken",
  no_such_person: "seat_taken",
  workshop_closed: "closed",
  erased: "erased",
  http_410: "erased",
  unknown_seat: "unknown_seat",
  bad_hello: "unknown_seat",
  seat_closed: "seat_closed",
  handover_refused: "handover",
  handover_spent: "handover",
  no_such_handover: "handover",
  http_401: "unknown_seat",
  too_old: "too_old",
  slow_down: "slow_down",
  http_429: "slow_down",
  unreachable: "unreachable",
  away: "unreachable",
};

interface ReasonProps {
  code: string;
  detail?: string;
  onRetry?: () => void;
}

function words(code: string): { title: Key; advice: Key } {
  const name = EXPLAINED[code];
  const title = `end.${name}`;
  const advice = `end.${name}_do`;
  return isKey(title) && isKey(advice) ? { title, advice } : { title: "end.other", advice: "end.other_do" };
}

export function Reason({ code, detail = "", onRetry }: ReasonProps) {
  const name = EXPLAINED[code] ?? "other";
  const temporary =
    name === "unreachable" ||
    name === "slow_down" ||
    name === "full" ||
    name === "other" ||
    name === "wrong_pin" ||
    name === "seat_taken";
  // What the server says beside a code that we explain ourselves is for developers, not for the room.
  return (
    <Ending {...words(code)} detail={name === "other" ? detail || code : ""}>
      {name === "too_old" && (
        <Button kind="primary" onPress={() => location.reload()}>
          {t("end.reload")}
        </Button>
      )}
      {temporary && onRetry && (
        <Button kind="primary" onPress={onRetry}>
          {t("end.try_again")}
        </Button>
      )}
      {(name === "wrong_code" || name === "unknown_seat" || name === "seat_closed") && (
        <Button kind="primary" onPress={() => go("/join")}>
          {t("end.other_code")}
        </Button>
      )}
      <Button onPress={() => go("/")}>{t("end.home")}</Button>
    </Ending>
  );
}

export function ProblemPage({ problem, onRetry }: { problem: Problem; onRetry?: () => void }) {
  return <Reason code={problem.code} detail={problem.detail} {...(onRetry ? { onRetry } : {})} />;
}

export function NotFound() {
  return (
    <Ending title="end.not_found" advice="end.not_found_do">
      <Button kind="primary" onPress={() => go("/join")}>
        {t("home.have_code")}
      </Button>
      <Button onPress={() => go("/")}>{t("end.home")}</Button>
    </Ending>
  );
}

/** Anything that is not an answer of the server is a defect of ours, and is not dressed up as one. */
export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  throw error;
}
