/** With whom and at which table; and, when that changes, a sentence that says why. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Key, listed, t } from "../locales";
import type { Session } from "../session/session";
import { type Here, nameOf } from "../state/day";
import type { GroupShown } from "../state/workshop";
import { Button } from "../ui/parts";
import { Sheet } from "../ui/sheet";

export function companions(session: Session, group: GroupShown, me: string): string {
  return listed(group.members.filter((one) => one !== me).map((one) => nameOf(session.views, one).name || "…"));
}

export function Place({ session, here, me }: { session: Session; here: Here; me: string }) {
  const { group } = here;
  return (
    <p class="place">
      {group ? (
        <>
          <strong>{t("between.table", { table: group.table })}</strong>
          <span>{t("between.with", { names: companions(session, group, me) })}</span>
          {group.looked_at && <span class="looked-at">{t("state.staff_here")}</span>}
        </>
      ) : (
        <span>{here.step.groups === "alone" ? t("between.alone") : t("between.room")}</span>
      )}
    </p>
  );
}

/** Why a group is another than before, as far as the groups themselves tell. */
export function whyMoved(before: GroupShown, now: GroupShown): Key | null {
  const came = now.members.some((one) => !before.members.includes(one));
  const went = before.members.some((one) => !now.members.includes(one));
  if (!came && !went) return null;
  if (before.id !== now.id) return "moved.moderator";
  if (came && went) return "moved.balance";
  return came ? "moved.late" : "moved.partner_gone";
}

export function MovedSheet({ session, here, me }: { session: Session; here: Here; me: string }) {
  const before = useRef<GroupShown | null>(null);
  const why = useSignal<Key | null>(null);
  const { group } = here;
  useEffect(() => {
    const held = before.current;
    if (group) before.current = group;
    if (!held || !group || held.phase !== group.phase || held.grouping !== group.grouping) return;
    why.value = whyMoved(held, group) ?? why.value;
  }, [group, why]);
  return (
    <Sheet title={t("moved.title")} open={why.value !== null} onClose={() => (why.value = null)}>
      {why.value && <p>{t(why.value)}</p>}
      {group && (
        <p class="lead">
          {t("between.table", { table: group.table })}. {t("moved.with", { names: companions(session, group, me) })}
        </p>
      )}
      <Button kind="primary" large onPress={() => (why.value = null)}>
        {t("moved.ok")}
      </Button>
    </Sheet>
  );
}
