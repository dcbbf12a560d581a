/** What I read, how my own vignette was heard, and what my group sorted, named and offered. */

import { t } from "../../locales";
import type { SimilarityForGroup, SimilarityForPerson } from "../../protocol/generated";
import type { PersonShown } from "../../state/workshop";
import { Part } from "../part";
import type { ActivityProps } from "../registry";
import { Piles } from "./board";
import { OwnCard, titleOf } from "./gallery";
import { s } from "./words";
import "./similarity.css";

export default function Made({ session, phase, me }: ActivityProps) {
  const mine = session.views.mine<SimilarityForPerson>(phase);
  const groups = Object.values(session.views.mine<PersonShown>("")?.body.groups?.[phase] ?? {});
  const ours = groups.map((group) => session.views.group<SimilarityForGroup>(phase, group)).find(Boolean);
  const read = (mine?.body.vignettes ?? []).filter((one) => one.rated);
  const { own = null, offers = null } = mine?.body ?? {};
  if (!mine || (read.length === 0 && !own && !ours)) return <p class="quiet">{t("day.nothing")}</p>;
  return (
    <div class="stack wide similarity">
      {own && <OwnCard own={own} texts={mine.texts} />}
      {read.length > 0 && (
        <section class="stack tight fill">
          <h3>{s("made.read")}</h3>
          <ul class="on-table">
            {read.map((one) => (
              <li key={one.vignette}>
                <span class="book">{titleOf(mine.texts, one.text)}</span>{" "}
                <span class="quiet small">{s(`gallery.close_${(one.rated?.closeness ?? 0) as 0 | 1 | 2 | 3}`)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {ours && (
        <section class="stack tight fill">
          <h3>{s("made.same")}</h3>
          <Piles session={session} me={me} ours={ours} />
        </section>
      )}
      {ours && <Part title={s("made.different")} page={ours.body.board} field="differences" />}
      {offers && <Part title={s("offers.give")} page={offers} field="offers" />}
      {offers && <Part title={s("offers.want")} page={offers} field="needs" />}
    </div>
  );
}
