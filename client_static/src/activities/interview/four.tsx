/** Four at a table: each tells the story that they heard, and together they choose what the room may hear. */

import { t } from "../../locales";
import type { InterviewForFour, SharedCard } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { type Here, nameOf } from "../../state/day";
import { speakerOf } from "../../state/workshop";
import { Tick } from "../../ui/choices";
import { labelOf, wordsOf } from "./shown";

const MOST = { strengths: 5, conditions: 3 } as const;

/** Who tells, in the order of the table. */
export function TurnList({
  session,
  here,
  four,
  me,
}: {
  session: Session;
  here: Here;
  four: InterviewForFour;
  me: string;
}) {
  const name = (who: string): string => (who === me ? t("interview.you") : nameOf(session.views, who).name);
  return (
    <ol class="turn-list fill">
      {here.turns.map((turn, at) => {
        const who = (here.group && speakerOf(here.group, turn.speaker ?? 0)) ?? "";
        const now = at === here.turnAt;
        return (
          <li key={at} class={now ? "now" : at < here.turnAt ? "past" : ""} aria-current={now ? "step" : undefined}>
            <span class="name">{name(who)}</span>
            {now && four.story_of && four.story_of !== who && (
              <span class="quiet">{t("interview.story_of", { name: name(four.story_of) })}</span>
            )}
            {at < here.turnAt && <span class="quiet">{t("interview.told")}</span>}
          </li>
        );
      })}
    </ol>
  );
}

/** The approved cards of this table, for listening and for choosing. */
export function Cards({ session, phase, four }: { session: Session; phase: string; four: InterviewForFour }) {
  const words = (id: string): string => wordsOf(session, phase, id);
  return (
    <ul class="cards fill">
      {(four.cards ?? []).map((card) => (
        <li key={card.person} class="strengths-card">
          <p class="eyebrow">{nameOf(session.views, card.person).name}</p>
          <h2>{words(card.headline)}</h2>
          <ul>
            {[...card.strengths, ...(card.conditions ?? [])].map((line) => (
              <li key={line.text}>{words(line.text)}</li>
            ))}
          </ul>
          {card.quote && <blockquote>{words(card.quote)}</blockquote>}
        </li>
      ))}
    </ul>
  );
}

interface PickProps {
  session: Session;
  phase: string;
  four: InterviewForFour;
  group: string;
}

type Field = keyof typeof MOST;

export function Pick({ session, phase, four, group }: PickProps) {
  const picked: Record<Field, string[]> = {
    strengths: four.picked_strengths ?? [],
    conditions: four.picked_conditions ?? [],
  };
  const pickable = (field: Field): { text: string; label: string; who: string }[] =>
    (four.cards ?? []).flatMap((card: SharedCard) =>
      (card[field] ?? [])
        .filter((line) => card.for_room?.includes(line.text))
        .map((line) => ({ text: line.text, label: line.label ?? "", who: nameOf(session.views, card.person).name })),
    );
  const toggle = (field: Field, text: string): void => {
    const next = picked[field].includes(text) ? picked[field].filter((one) => one !== text) : [...picked[field], text];
    if (next.length > MOST[field]) return;
    void session.wish(phase, { type: "PickForWall", group, ...picked, [field]: next });
  };
  const choice = (field: Field) => {
    const lines = pickable(field);
    return (
      <fieldset class="picks fill">
        <legend>
          <span class="legend">{t(`interview.pick_${field}`)}</span>{" "}
          <span class="quiet numerals">{t("interview.picked", { n: picked[field].length, most: MOST[field] })}</span>
        </legend>
        {lines.length === 0 && <p class="quiet">{t("interview.nothing_to_pick")}</p>}
        {lines.map(({ text, label, who }) => (
          <Tick key={text} checked={picked[field].includes(text)} onChange={() => toggle(field, text)}>
            <span class="pick-words">{wordsOf(session, phase, text)}</span>
            <span class="quiet small">
              {[who, labelOf(field === "strengths" ? "strengths" : "condition_kinds", label)]
                .filter(Boolean)
                .join(" · ")}
            </span>
          </Tick>
        ))}
      </fieldset>
    );
  };
  const waiting = four.members.length - (four.cards?.length ?? 0);
  return (
    <div class="stack wide fill">
      {choice("strengths")}
      {choice("conditions")}
      {waiting > 0 && <p class="quiet numerals">{t("interview.cards_missing", { n: waiting })}</p>}
      <p class="small quiet">{t("interview.pick_together")}</p>
    </div>
  );
}
