/** My strengths card, and the key words of my story if I kept them. */

import { Written } from "../../documents/field";
import { t } from "../../locales";
import { Button, SeenBy } from "../../ui/parts";
import { Part } from "../part";
import type { ActivityProps } from "../registry";
import { StrengthsCard } from "./approval";
import { mineOf } from "./shown";
import "./interview.css";

export default function Made({ session, phase }: ActivityProps) {
  const mine = mineOf(session, phase);
  if (!mine) return <p class="quiet">{t("day.nothing")}</p>;
  const { approved, card, notes, notes_kept, alone } = mine;
  if (!approved && !card && !notes_kept) return <p class="quiet">{t("interview.made_nothing")}</p>;
  return (
    <div class="stack fill">
      {approved ? (
        <>
          <StrengthsCard session={session} phase={phase} card={approved} alone={alone === true} />
          <Button kind="plain" onPress={() => void session.wish(phase, { type: "WithdrawCard" })}>
            {t("interview.withdraw")}
          </Button>
        </>
      ) : (
        card && (
          <>
            {alone ? <SeenBy who="me" /> : <p class="quiet">{t("interview.draft")}</p>}
            {(["headline", "strengths", "conditions"] as const).map((field) => (
              <Part key={field} title={t(`interview.${field}`)} page={card} field={field} />
            ))}
          </>
        )
      )}
      {notes && notes_kept && (
        <details class="fill">
          <summary>{t("interview.notes_kept")}</summary>
          <Written page={notes} field="text" />
          <Button kind="plain" onPress={() => void session.wish(phase, { type: "DiscardNotes" })}>
            {t("interview.notes_discard")}
          </Button>
        </details>
      )}
    </div>
  );
}
