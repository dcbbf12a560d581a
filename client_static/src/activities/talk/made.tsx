/** My own note of a talk. */

import { Written } from "../../documents/field";
import { t } from "../../locales";
import type { ActivityProps } from "../registry";

export default function Made({ session, phase }: ActivityProps) {
  const note = session.views.mine<{ note?: string | null }>(phase)?.body.note;
  return note ? <Written page={note} field="text" /> : <p class="quiet">{t("day.nothing")}</p>;
}
