/** In a step for each alone: whether somebody sits there beside me all the same. */

import { t } from "../locales";
import type { Session } from "../session/session";
import type { Here } from "../state/day";
import type { GroupShown, PersonShown } from "../state/workshop";
import { companions } from "./place";

/** Partners who each do something for themselves still sit together. */
function partners(session: Session, here: Here): GroupShown | null {
  const places = session.views.mine<PersonShown>("")?.body.groups?.[here.shown.id] ?? {};
  for (const [grouping, id] of Object.entries(places)) {
    const group = session.views.group<GroupShown>("", id)?.body;
    const isPartners = here.words.groups?.[grouping]?.form === "partnerships";
    if (isPartners && group && group.members.length > 1) return group;
  }
  return null;
}

interface Choosing {
  partnership?: unknown;
  proposals?: unknown[];
}

/** Where somebody is who has no table in this step; empty when the screen itself says with whom they are. */
export function whereWords(session: Session, here: Here, me: string): string {
  const found = session.views.mine<Choosing>(here.shown.id)?.body;
  if (here.shown.activity === "partnering" && (found?.partnership || found?.proposals?.length)) return "";
  if (here.step.groups !== "alone") return t("between.room");
  const group = partners(session, here);
  return group ? t("between.beside", { names: companions(session, group, me) }) : t("between.alone");
}
