/** Both pictures, the joint places with their reasons, and the rules that we wrote. */

import { t } from "../../locales";
import type { DimensionsForPartners, DimensionsForPerson, DimensionsForRoom } from "../../protocol/generated";
import type { PersonShown } from "../../state/workshop";
import { Part } from "../part";
import type { ActivityProps } from "../registry";
import { Both } from "./together";
import { d } from "./words";
import "./dimensions.css";

export default function Made({ session, phase, me }: ActivityProps) {
  const room = session.views.room<DimensionsForRoom>(phase)?.body;
  const mine = session.views.mine<DimensionsForPerson>(phase)?.body;
  const group = Object.values(session.views.mine<PersonShown>("")?.body.groups?.[phase] ?? {})[0] ?? "";
  const ours = group ? session.views.group<DimensionsForPartners>(phase, group)?.body : undefined;
  if (!room || !mine || !ours || !mine.revealed) return <p class="quiet">{t("day.nothing")}</p>;
  const agreed = (room.indicators ?? []).filter(({ id }) => ours.joint?.[id] !== undefined);
  return (
    <div class="stack wide dimensions">
      <Part title={d("goal.field")} page={ours.page} field="goal" />
      <Both {...{ session, phase, me, group, room, mine, ours }} below />
      {agreed.map(({ id, label }) => (
        <Part key={id} title={label} page={ours.page} field={`why_${id}`} />
      ))}
      <Part title={d("rules.field")} page={ours.page} field="rules" />
    </div>
  );
}
