/** What I wrote at tables that are no more, or that go on without me. */

import { useEffect, useState } from "preact/hooks";
import { WrittenPage } from "../documents/field";
import { listed, t } from "../locales";
import type { Session } from "../session/session";
import { nameOf } from "../state/day";
import type { KeptTable, PersonShown } from "../state/workshop";
import { Fold } from "../ui/fold";
import { copies, type Left } from "./company";

function useLeft(session: Session, phase: string, groups: string): Left[] {
  const [left, setLeft] = useState<Left[]>([]);
  useEffect(() => {
    let gone = false;
    copies(session.self, phase, groups.split(" ")).then(
      (found) => gone || setLeft(found),
      (error: unknown) => console.info("the copies of old tables cannot be read", error),
    );
    return () => {
      gone = true;
    };
  }, [session, phase, groups]);
  return left;
}

function At({ session, kept, me }: { session: Session; kept: KeptTable; me: string }) {
  const others = kept.members.filter((one) => one !== me).map((one) => nameOf(session.views, one).name || "…");
  return (
    <section class="stack tight fill">
      <h3>{t("day.kept_table", { table: kept.table, names: listed(others) })}</h3>
      {kept.pages.map((page) => (
        <WrittenPage key={page} page={page} />
      ))}
    </section>
  );
}

/** The same on My day and, folded, beside what is to do now. */
export function EarlierTables({ session, phase }: { session: Session; phase: string }) {
  const mine = session.views.mine<PersonShown>("")?.body;
  const groups = Object.values(mine?.groups?.[phase] ?? {});
  const left = useLeft(session, phase, groups.join(" "));
  const kept = (mine?.kept ?? []).filter((one) => one.phase === phase);
  return (
    <>
      {kept.map((one) => (
        <At key={one.pages.join()} session={session} kept={one} me={mine?.me.id ?? ""} />
      ))}
      {left.map((one) => (
        <section class="stack tight fill" key={one.group}>
          <h3>{t("day.left_here", { table: one.table })}</h3>
          {one.words.map((words) => (
            <p class="written" key={words}>
              {words}
            </p>
          ))}
        </section>
      ))}
    </>
  );
}

export function Earlier({ session, phase }: { session: Session; phase: string }) {
  const mine = session.views.mine<PersonShown>("")?.body;
  const groups = Object.values(mine?.groups?.[phase] ?? {});
  const left = useLeft(session, phase, groups.join(" "));
  const some = left.length > 0 || (mine?.kept ?? []).some((one) => one.phase === phase);
  if (!some) return null;
  return (
    <Fold title={t("place.earlier")}>
      <EarlierTables session={session} phase={phase} />
    </Fold>
  );
}
