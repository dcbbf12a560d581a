/** The card that is written during the read-back, by whoever listened and by the one whose story it is. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { TextField } from "../../documents/field";
import { usePage } from "../../documents/pages";
import { t } from "../../locales";
import type { Session } from "../../session/session";
import { Fold } from "../../ui/fold";
import type { Seen } from "../../ui/parts";
import { LIMITS } from "./shown";

const MOST_STRENGTHS = 5;
const MOST_CONDITIONS = 3;
const FIELDS = ["headline", "strengths", "conditions", "quote", "wish"] as const;

export type CardText = Record<(typeof FIELDS)[number], string>;

/** What the card says now, and whether all of it is on the server. */
export function useCard(session: Session, name: string): { text: CardText; sent: boolean; writable: boolean } {
  const page = usePage(session, name);
  const read = (): CardText =>
    Object.fromEntries(FIELDS.map((field) => [field, page.text(field).toString()])) as CardText;
  const text = useSignal(read());
  useEffect(() => {
    const look = (): void => {
      text.value = read();
    };
    look();
    page.doc.on("update", look);
    return () => page.doc.off("update", look);
  }, [page]);
  return { text: text.value, sent: !page.dirty.value, writable: page.right.value === "write" };
}

interface CardProps {
  page: string;
  /** Whose story: empty for one's own card. */
  name: string;
  /** Made up for alone: there is no partner to see it. */
  alone?: boolean;
}

/** A minute is short: what the next part needs comes first, the rest can be opened. */
export function CardFields({ page, name, alone }: CardProps) {
  const nearest: Seen = alone ? "me" : "partner";
  const pair: readonly Seen[] = [nearest, "moderator_state"];
  return (
    <div class="stack wide fill">
      <TextField
        page={page}
        name="headline"
        line
        label={t("interview.headline")}
        hint={t("interview.headline_hint")}
        seen={pair}
        hard={LIMITS.headline}
      />
      <TextField
        page={page}
        name="strengths"
        label={name ? t("interview.strengths_of", { name }) : t("interview.strengths")}
        hint={t("interview.strengths_hint")}
        seen={pair}
        hard={(LIMITS.strength + 1) * MOST_STRENGTHS}
      />
      <TextField
        page={page}
        name="conditions"
        label={t("interview.conditions")}
        hint={t("interview.conditions_hint")}
        seen={pair}
        hard={(LIMITS.condition + 1) * MOST_CONDITIONS}
      />
      <Fold title={t("interview.more")}>
        <div class="stack wide fill">
          <TextField
            page={page}
            name="quote"
            label={t("interview.quote")}
            hint={t("interview.quote_hint")}
            seen={pair}
            hard={LIMITS.quote}
          />
          <TextField page={page} name="wish" line label={t("interview.wish")} seen={nearest} hard={LIMITS.wish} />
        </div>
      </Fold>
    </div>
  );
}
