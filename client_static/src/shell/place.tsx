/** With whom and at which table, who looks in, and who of us has called. */

import { listed, t } from "../locales";
import type { Session } from "../session/session";
import { type Here, nameOf } from "../state/day";
import { mannerOf } from "../state/manner";
import type { GroupShown, HelpCall, Looker, PersonShown } from "../state/workshop";
import { whereWords } from "./alone";

export function companions(session: Session, group: GroupShown, me: string): string {
  return listed(group.members.filter((one) => one !== me).map((one) => nameOf(session.views, one).name || "…"));
}

/** Who looks in, by name where they gave one. */
function looking(session: Session, lookers: readonly Looker[]): string {
  const [first] = lookers;
  if (!first) return "";
  const names = lookers.map((one) => nameOf(session.views, one.staff).name).filter(Boolean);
  if (names.length > 0) return t("state.looks", { name: listed(names) });
  return t(first.role === "co_moderator" ? "state.co_moderator_here" : "state.staff_here");
}

/** Everybody at the table sees that one of them has called for all, and that somebody is on the way. */
export function callWords(session: Session, call: HelpCall, me: string): string {
  if (call.coming) {
    const name = nameOf(session.views, call.coming).name;
    return name ? t("help.coming_name", { name }) : t("help.coming");
  }
  if (call.person === me) return t("help.called");
  return t("help.group_called", { name: nameOf(session.views, call.person).name || "…" });
}

export function Place({ session, here, me }: { session: Session; here: Here; me: string }) {
  const { group } = here;
  const mine = session.views.mine<PersonShown>("")?.body;
  const lookers = group?.lookers ?? mine?.lookers ?? [];
  const call = group?.help?.find((one) => (one.reason ?? "help") === "help");
  const where = whereWords(session, here, me);
  if (mannerOf(session.views, here) === "rest" || (!group && !where && lookers.length === 0)) return null;
  return (
    <div class="place">
      {group ? (
        <>
          <strong>{t("between.table", { table: group.table })}</strong>
          <span>
            {group.members.length > 1
              ? t("between.with", { names: companions(session, group, me) })
              : t("between.own_table")}
          </span>
        </>
      ) : (
        where && <span>{where}</span>
      )}
      {lookers.length > 0 && <span class="looked-at">{looking(session, lookers)}</span>}
      {call && (
        <span class="called" role="status">
          {callWords(session, call, me)}
        </span>
      )}
    </div>
  );
}
