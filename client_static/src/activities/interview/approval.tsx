/** The storyteller's own card: put right, marked, approved with how far it goes, and taken back at any time. */

import { type Signal, useSignal } from "@preact/signals";
import { t } from "../../locales";
import type { InterviewForPerson, OwnCard } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { Segmented, Tick } from "../../ui/choices";
import { Fold } from "../../ui/fold";
import { Button, SeenBy } from "../../ui/parts";
import { CardFields, type CardText, useCard } from "./card";
import { choicesOf, labelOf, LIMITS, linesOf } from "./shown";

interface MarksProps {
  legend: string;
  lines: readonly string[];
  vocabulary: "strengths" | "condition_kinds";
  marks: Signal<readonly string[]>;
}

/** A word from the list beside each line; none is fine. */
function Marks({ legend, lines, vocabulary, marks }: MarksProps) {
  const choices = choicesOf(vocabulary);
  if (lines.length === 0 || choices.length === 0) return null;
  return (
    <fieldset class="marks fill">
      <legend class="legend">{legend}</legend>
      {lines.map((line, at) => (
        <label key={at} class="mark-line">
          <span class="mark-words">{line}</span>
          <select
            class="input"
            value={marks.value[at] ?? ""}
            onChange={(event) => {
              const chosen = event.currentTarget.value;
              marks.value = lines.map((_, one) => (one === at ? chosen : (marks.value[one] ?? "")));
            }}
          >
            <option value="">{t("interview.mark_none")}</option>
            {choices.map(({ id, label }) => (
              <option value={id} key={id}>
                {label}
              </option>
            ))}
          </select>
        </label>
      ))}
    </fieldset>
  );
}

function lacking(text: CardText): string {
  const strengths = linesOf(text.strengths);
  if (!text.headline.trim() || strengths.length === 0) return t("interview.lacking");
  if (strengths.length > 5) return t("interview.too_many_strengths");
  if (linesOf(text.conditions).length > 3) return t("interview.too_many_conditions");
  if (strengths.some((line) => [...line].length > LIMITS.strength)) {
    return t("interview.strength_too_long", { n: LIMITS.strength });
  }
  if (linesOf(text.conditions).some((line) => [...line].length > LIMITS.condition)) {
    return t("interview.condition_too_long", { n: LIMITS.condition });
  }
  return "";
}

function changedSince(session: Session, phase: string, card: OwnCard, text: CardText): boolean {
  const frozen = session.views.mine(phase)?.texts[card.text];
  return (
    frozen !== undefined && Object.entries(text).some(([field, words]) => (frozen[field] ?? "").trim() !== words.trim())
  );
}

interface ApprovalProps {
  session: Session;
  phase: string;
  page: string;
  mine: InterviewForPerson;
  /** Somebody without a device, for whom this device approves; the fields of the card stand above already. */
  person?: string;
}

export function Approval({ session, phase, page, mine, person = "" }: ApprovalProps) {
  const { text, sent } = useCard(session, page);
  const tags = useSignal<readonly string[]>(mine.approved?.tags ?? []);
  const kinds = useSignal<readonly string[]>(mine.approved?.kinds ?? []);
  const strengthsTo = useSignal<string>(mine.approved?.strengths ?? "group");
  const conditionsTo = useSignal<string>(mine.approved?.conditions ?? "group");
  const quote = useSignal(mine.approved?.quote ?? false);
  const tried = useSignal(false);
  const problem = lacking(text);
  const strengths = linesOf(text.strengths);
  const conditions = linesOf(text.conditions);
  const fitted = (marks: readonly string[], lines: readonly string[]): string[] =>
    lines.map((_, at) => marks[at] ?? "");
  const approve = (): void => {
    tried.value = true;
    if (problem || !sent) return;
    const body = {
      type: "ApproveCard",
      page,
      tags: fitted(tags.value, strengths),
      kinds: fitted(kinds.value, conditions),
      strengths: strengthsTo.value,
      conditions: conditionsTo.value,
      quote: quote.value,
    };
    void session.wish(phase, body, person);
  };
  const levels = [
    { id: "group", label: t("interview.to_group") },
    { id: "room", label: t("interview.to_room") },
  ];
  const again = mine.approved && changedSince(session, phase, mine.approved, text);
  return (
    <div class="stack wide fill">
      {!person && <CardFields page={page} name="" alone={mine.alone === true} />}
      {strengths.length + conditions.length > 0 && (
        <Fold title={t("interview.marks")}>
          <div class="stack wide fill">
            <p class="quiet">{t("interview.marks_why")}</p>
            <Marks legend={t("interview.tags")} lines={strengths} vocabulary="strengths" marks={tags} />
            <Marks legend={t("interview.kinds")} lines={conditions} vocabulary="condition_kinds" marks={kinds} />
          </div>
        </Fold>
      )}
      <section class="panel stack wide fill" aria-label={t("interview.how_far")}>
        <h2>{t("interview.how_far")}</h2>
        <Segmented
          legend={t("interview.strengths_go")}
          options={levels}
          chosen={strengthsTo.value}
          onChoose={(to) => (strengthsTo.value = to)}
        />
        {conditions.length > 0 && (
          <Segmented
            legend={t("interview.conditions_go")}
            options={levels}
            chosen={conditionsTo.value}
            onChoose={(to) => (conditionsTo.value = to)}
          />
        )}
        {text.quote.trim() && (
          <Tick checked={quote.value} onChange={(may) => (quote.value = may)}>
            {t("interview.quote_may")}
          </Tick>
        )}
        {!mine.alone && <p class="small quiet">{t("interview.stays")}</p>}
        {tried.value && problem && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <Button kind="primary" large busy={!sent} onPress={approve}>
          {mine.approved ? t("interview.approve_again") : t("interview.approve")}
        </Button>
        {mine.approved && <p class="quiet">{again ? t("interview.changed") : t("interview.approved")}</p>}
      </section>
    </div>
  );
}

interface StrengthsCardProps {
  session: Session;
  phase: string;
  card: OwnCard;
  /** Made up for alone: nobody was told. */
  alone?: boolean;
}

/** The approved card as it may be read: what it says, and beside each part who may see it. */
export function StrengthsCard({ session, phase, card, alone = false }: StrengthsCardProps) {
  const nearest = alone ? "me" : "partner";
  const text = session.views.mine(phase)?.texts[card.text] ?? {};
  const strengths = linesOf(text["strengths"] ?? "");
  const conditions = linesOf(text["conditions"] ?? "");
  const seen = (level: "group" | "room" | undefined) => <SeenBy who={level === "room" ? "room" : "group"} />;
  return (
    <article class="strengths-card fill">
      <h3>{text["headline"]}</h3>
      <div class="card-part">
        <p class="legend">{t("interview.strengths")}</p>
        {seen(card.strengths)}
        <ul>
          {strengths.map((line, at) => (
            <li key={at}>
              {line} <span class="tag">{labelOf("strengths", card.tags?.[at] ?? "")}</span>
            </li>
          ))}
        </ul>
      </div>
      {conditions.length > 0 && (
        <div class="card-part">
          <p class="legend">{t("interview.conditions")}</p>
          {seen(card.conditions)}
          <ul>
            {conditions.map((line, at) => (
              <li key={at}>
                {line} <span class="tag">{labelOf("condition_kinds", card.kinds?.[at] ?? "")}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {text["quote"]?.trim() && (
        <div class="card-part">
          <p class="legend">{t("interview.quote")}</p>
          <SeenBy who={card.quote ? "room" : nearest} />
          <blockquote>{text["quote"]}</blockquote>
        </div>
      )}
      {text["wish"]?.trim() && (
        <div class="card-part">
          <p class="legend">{t("interview.wish")}</p>
          <SeenBy who={nearest} />
          <p>{text["wish"]}</p>
        </div>
      )}
    </article>
  );
}
