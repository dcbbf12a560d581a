/** Without a proposal just now: what we wait for, why, and what can be done meanwhile; nobody is left without a word. */

import { listed, t } from "../../locales";
import { nameOf } from "../../state/day";
import { Button, Waiting } from "../../ui/parts";
import { wish } from "../wish";
import { Former } from "./partnership";
import { sideOf } from "./sides";
import { type PartneringProps, Wishes } from "./wishes";
import { p, whyNot } from "./words";

type Why = "wishing" | "next_proposal" | "nobody_else_here" | "talk" | "partner_left" | "away" | "closed";

/** Whoever is here, has no partner and no open proposal need not wait for the next round, or for somebody to see them. */
const MAY_FIND: ReadonlySet<Why> = new Set(["next_proposal", "nobody_else_here", "talk", "partner_left"]);

export function whyWaiting({ stage, reason, closed }: PartneringProps["mine"]): Why {
  if (stage === "away" || stage === "left") return "away";
  if (reason === "partner_left" && !closed) return "partner_left";
  if (stage === "talk" || reason === "talk_with_the_moderator") return "talk";
  if (closed) return "closed";
  return reason === "nobody_else_here" || reason === "next_proposal" ? reason : "wishing";
}

function Asking(props: PartneringProps) {
  const { session, phase, mine } = props;
  const choices = mine.choices ?? [];
  if (choices.length === 0) return null;
  return (
    <details class="fill">
      <summary>{p("ask.title")}</summary>
      <div class="stack">
        <p class="quiet">{p("ask.do")}</p>
        <ul class="asking">
          {choices.map((choice) => {
            const side = sideOf(choice.unit, choice.people, (one) => nameOf(session.views, one), listed);
            const body = { type: "ProposePartner" as const, unit: choice.unit };
            return (
              <li key={choice.unit}>
                <span>
                  <span class="book">{side.label}</span> <span class="quiet small">{side.people}</span>
                </span>
                <Button
                  label={p("ask.to", { name: side.label })}
                  onPress={() => void wish({ session, phase, body, refused: whyNot })}
                >
                  {p("ask.to", { name: side.people || side.label })}
                </Button>
              </li>
            );
          })}
        </ul>
      </div>
    </details>
  );
}

export function WithoutProposal(props: PartneringProps) {
  const { session, phase, mine } = props;
  const why = whyWaiting(mine);
  const round = mine.round ?? 0;
  const back = { type: "MarkUnit" as const, unit: mine.unit, here: "present" as const };
  const find = { type: "FindPlace" as const, unit: mine.unit };
  return (
    <div class="stack wide partnering">
      <Waiting title={p(`wait.${why}`)}>{p(`wait.${why}_do`)}</Waiting>
      {round > 0 && MAY_FIND.has(why) && (
        <Button
          kind={why === "next_proposal" ? "outline" : "primary"}
          large
          onPress={() => void wish({ session, phase, body: find, refused: whyNot })}
        >
          {p("wait.find")}
        </Button>
      )}
      {why === "away" && mine.stage === "away" && (
        <Button kind="primary" large onPress={() => void wish({ session, phase, body: back, refused: whyNot })}>
          {p("wait.back")}
        </Button>
      )}
      {why === "talk" && (
        <Button onPress={() => void session.wish("", { type: "CallHelp", reason: "help" })}>{t("help.call")}</Button>
      )}
      <Former session={session} mine={mine} />
      {round > 0 && !mine.closed && (mine.choices ?? []).length > 0 && (
        <>
          <p class="quiet">{p("wait.meanwhile")}</p>
          <Asking {...props} />
          <details class="fill">
            <summary>{p("wishes.open")}</summary>
            <Wishes {...props} />
          </details>
        </>
      )}
    </div>
  );
}
