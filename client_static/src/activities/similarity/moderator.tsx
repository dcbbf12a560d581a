/** Readers per vignette and how far each board is: counts and shared names, never what was tapped. */

import type { SimilarityForModerators } from "../../protocol/generated";
import type { GroupShown } from "../../state/workshop";
import { Button } from "../../ui/parts";
import type { ModeratorProps } from "../moderating";
import { wish } from "../wish";
import { s, sn, whyNot } from "./words";
import "../moderator.css";

const textOf = (texts: Readonly<Record<string, Readonly<Record<string, string>>>>, id: string): string =>
  Object.values(texts[id] ?? {})
    .join(" ")
    .trim() || s("gallery.untitled");

export default function SimilarityPanel({ session, phase, body: seen }: ModeratorProps) {
  const { vignettes = [], here = 0, waiting = 0, enough_read = 0, groups = [] } = seen as SimilarityForModerators;
  const texts = session.views.moderators(phase)?.texts ?? {};
  const tables = Object.values(
    session.views.moderators<{ groups: Record<string, Record<string, GroupShown[]>> }>("")?.body.groups[phase] ?? {},
  ).flat();
  const tableOf = (group: string): string => String(tables.find((one) => one.id === group)?.table ?? "");
  return (
    <div class="m-panel">
      <p class="numerals">{s("mod.enough", { n: enough_read, here })}</p>
      {waiting > 0 && vignettes.length > 0 && (
        <section class="m-part">
          <p>{sn("mod.serve_do", waiting)}</p>
          <Button
            kind="primary"
            onPress={() => void wish({ session, phase, body: { type: "AskForVignettes" }, refused: whyNot })}
          >
            {s("mod.serve")}
          </Button>
        </section>
      )}
      {groups.length > 0 && (
        <section class="m-part m-scroll">
          <table class="m-table numerals small">
            <thead>
              <tr>
                {(["group", "cards", "piles", "dots", "differences", "offers"] as const).map((key) => (
                  <th scope="col" key={key}>
                    {s(`mod.${key}`)}
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody>
              {groups.map((one) => (
                <tr key={one.group}>
                  <th scope="row">{tableOf(one.group)}</th>
                  <td>
                    {one.placed ?? 0}/{one.cards ?? 0}
                  </td>
                  <td>{one.clusters ?? 0}</td>
                  <td>
                    {one.voted ?? 0}/{one.members}
                    {one.revealed && (one.waiting ?? 0) > 0 && (
                      <span class="quiet small block">{sn("votes.without", one.waiting ?? 0)}</span>
                    )}
                  </td>
                  <td>{one.differences ?? 0}</td>
                  <td>{one.offers ?? 0}</td>
                  <td>
                    {!one.revealed && (one.voted ?? 0) > 1 && (
                      <Button
                        kind="plain"
                        onPress={() => {
                          const body = { type: "RevealVotes" as const, group: one.group };
                          void wish({ session, phase, body, refused: whyNot });
                        }}
                      >
                        {(one.waiting ?? 0) > 0 ? sn("mod.reveal_without", one.waiting ?? 0) : s("mod.reveal")}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <details class="m-part" open={groups.length === 0}>
        <summary>{s("mod.vignettes")}</summary>
        <ul class="m-rows">
          {vignettes.map((one) => (
            <li key={one.title}>
              <span>{textOf(texts, one.title)}</span>
              <span class="small quiet numerals">
                {s("mod.readers", { n: one.readers ?? 0, outside: one.outside ?? 0 })}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
