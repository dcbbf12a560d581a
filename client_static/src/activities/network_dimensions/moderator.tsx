/** How far each partnership is with its lines and rules: states and counts, never which line and never a text. */

import type { DimensionsForModerators } from "../../protocol/generated";
import { listed } from "../../locales";
import { nameOf } from "../../state/day";
import type { GroupShown } from "../../state/workshop";
import { Button } from "../../ui/parts";
import type { ModeratorProps } from "../moderating";
import { wish } from "../wish";
import { d, dn, whyNot } from "./words";
import "../moderator.css";

export default function DimensionsPanel({ session, phase, body: seen }: ModeratorProps) {
  const { partners = [], unpartnered = 0 } = seen as DimensionsForModerators;
  const groups = Object.values(
    session.views.moderators<{ groups: Record<string, Record<string, GroupShown[]>> }>("")?.body.groups[phase] ?? {},
  ).flat();
  const namesOf = (group: string): string =>
    listed((groups.find((one) => one.id === group)?.members ?? []).map((one) => nameOf(session.views, one).name));
  return (
    <div class="m-panel">
      {unpartnered > 0 && <p>{dn("mod.unpartnered", unpartnered)}</p>}
      <div class="m-scroll m-part">
        <table class="m-table numerals small">
          <thead>
            <tr>
              {(["partners", "finished", "wide", "joint", "rules", "confirmed"] as const).map((key) => (
                <th scope="col" key={key}>
                  {d(`mod.${key}`)}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {partners.map((one) => (
              <tr key={one.group}>
                <th scope="row">
                  {namesOf(one.group)}
                  {one.beside && <span class="small quiet m-sub">{d("mod.beside")}</span>}
                </th>
                <td>
                  {one.finished ?? 0}/{one.members}
                </td>
                <td>{one.revealed ? (one.wide ?? 0) : "–"}</td>
                <td>{one.joint ?? 0}</td>
                <td>{one.rules ?? 0}</td>
                <td>
                  {one.confirmed ?? 0}/{one.members}
                </td>
                <td>
                  {!one.revealed && (one.finished ?? 0) > 0 && (
                    <Button
                      kind="plain"
                      onPress={() => {
                        const body = { type: "RevealAnyway" as const, group: one.group };
                        void wish({ session, phase, body, refused: whyNot });
                      }}
                    >
                      {d("mod.reveal")}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="small quiet">{d("mod.where")}</p>
    </div>
  );
}
