/** Groups before they are formed: who would sit with whom, what could not be kept, and exactly these when pressed. */

import { useSignal } from "@preact/signals";
import { useCallback, useEffect } from "preact/hooks";
import { listed } from "../../locales";
import { say } from "../../ui/announcer";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import type { BrokenRule, GroupsPreview } from "../shown";
import { w, whyNot, wn } from "../words";

const SEEDS = 2 ** 47;

function Broken({ broken }: { broken: readonly BrokenRule[] }) {
  const desk = useDesk();
  if (broken.length === 0) return <p class="quiet">{w("groups.none_broken")}</p>;
  return (
    <div class="broken">
      <h3>{w("groups.broken")}</h3>
      <ul>
        {broken.map((one) => {
          const names = listed((one.people ?? []).map((who) => desk.name(who)));
          return <li key={`${one.rule}${one.people?.join() ?? ""}`}>{w(`rule.${one.rule}`, { names })}</li>;
        })}
      </ul>
    </div>
  );
}

export function GroupsPreviewSheet({ phase, grouping }: { phase: string; grouping: string }) {
  const desk = useDesk();
  const preview = useSignal<GroupsPreview | null>(null);
  const roll = useCallback(async (): Promise<void> => {
    const seed = 1 + Math.floor(Math.random() * SEEDS);
    try {
      preview.value = await desk.session.ask<GroupsPreview>("", { type: "PreviewGroups", phase, grouping, seed });
    } catch (error) {
      say(whyNot(error instanceof Error ? error.message : ""));
    }
  }, [desk, phase, grouping, preview]);
  useEffect(() => void roll(), [roll]);
  const shown = preview.value;
  if (!shown) return <p class="quiet">{w("groups.rolling")}</p>;
  const use = async (): Promise<void> => {
    if (!(await desk.wish({ type: "FormGroups", phase, grouping, groups: shown.groups }))) return;
    desk.sheet.value = null;
    say(w("groups.used"));
  };
  return (
    <>
      <p class="quiet numerals">
        {wn("board.groups", shown.groups.length)} · {wn("groups.people", shown.people)}. {w("groups.exactly")}
      </p>
      <Broken broken={shown.broken} />
      {shown.left_out.length > 0 && (
        <p class="quiet">{w("groups.left_out", { names: listed(shown.left_out.map((who) => desk.name(who))) })}</p>
      )}
      <div class="row sheet-acts">
        <Button kind="primary" onPress={() => void use()}>
          {w("groups.use")}
        </Button>
        <Button onPress={() => void roll()}>{w("groups.again")}</Button>
      </div>
      <ul class="preview-groups">
        {shown.groups.map((group) => (
          <li key={group.id}>
            <span class="table numerals">
              <span class="unseen">{w("board.table", { n: "" })}</span>
              {group.table}
            </span>
            <ul class="plain-names">
              {group.members.map((who) => (
                <li key={who}>
                  {desk.name(who)} <span class="small quiet">{desk.school(who)}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  );
}
