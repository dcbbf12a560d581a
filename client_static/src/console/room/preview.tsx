/** Groups before they are formed: how, who would sit with whom, what could not be kept, and exactly these when pressed. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { listed } from "../../locales";
import type { RoomShown } from "../../state/workshop";
import { say } from "../../ui/announcer";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import type { BrokenRule, ConsolePack, Group, Grouping, GroupsPreview, ModeratorsShown, PagesShown } from "../shown";
import { w, whyNot, wn } from "../words";
import { wordsByOwner } from "./board";
import { Chooser, KeepApart } from "./chooser";
import { earlierGroups, planned } from "./forms";
import { ruleWords } from "./rules";
import { ByHand, seated, Tables, taken } from "./tables";
import "./chooser.css";

const SEEDS = 2 ** 47;
const roll = (): number => 1 + Math.floor(Math.random() * SEEDS);

export function Broken({ broken }: { broken: readonly BrokenRule[] }) {
  const desk = useDesk();
  if (broken.length === 0) return <p class="quiet">{w("groups.none_broken")}</p>;
  return (
    <div class="broken">
      <h3>{w("groups.broken")}</h3>
      <ul>
        {broken.map((one) => (
          <li key={`${one.rule}${one.people?.join() ?? ""}`}>{ruleWords(desk, one)}</li>
        ))}
      </ul>
    </div>
  );
}

/** What new groups mean for those who are at work: their page stays theirs, and the press can be taken back. */
function Running({ phase, grouping, moderators }: { phase: string; grouping: string; moderators: ModeratorsShown }) {
  const desk = useDesk();
  const pages = desk.session.views.moderators<PagesShown>("~pages")?.body;
  const counted = wordsByOwner(pages, phase);
  const now = moderators.groups[phase]?.[grouping] ?? [];
  const written = now.filter((group) => (counted.get(group.id) ?? 0) > 0).length;
  if (now.length === 0 || desk.room.value?.at !== phase) return null;
  return (
    <p class="notice">
      {written > 0 ? wn("groups.written", written) : w("groups.running")} {w("move.undo_note")}
    </p>
  );
}

interface SheetProps {
  room: RoomShown;
  moderators: ModeratorsShown;
  words: ConsolePack;
  phase: string;
  grouping: string;
}

/** Asks the server for groups of this kind, or what it thinks of these. */
function usePreview(phase: string, grouping: string, first: Grouping) {
  const desk = useDesk();
  const how = useSignal(first);
  const preview = useSignal<GroupsPreview | null>(null);
  const seed = useRef(roll());
  const asked = useRef(0);
  const ask = async (groups: readonly Group[] = []): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    const wanted = groups.length > 0 ? { groups } : { seed: seed.current };
    try {
      const question = { type: "PreviewGroups", phase, grouping, how: how.peek(), ...wanted };
      const found = await desk.session.ask<GroupsPreview>("", question);
      // A later question may have been answered first.
      if (mine === asked.current) preview.value = found;
    } catch (error) {
      say(whyNot(error instanceof Error ? error.message : ""));
    }
  };
  const again = (): void => {
    seed.current = roll();
    void ask();
  };
  const choose = (chosen: Grouping): void => {
    how.value = chosen;
    void ask();
  };
  useEffect(() => void ask(), [phase, grouping]);
  return { how, preview, ask, again, choose };
}

export function GroupsPreviewSheet({ room, moderators, words, phase, grouping }: SheetProps) {
  const desk = useDesk();
  const plan = planned(room, words, phase, grouping);
  const { how, preview, ask, again, choose } = usePreview(phase, grouping, moderators.how?.[phase]?.[grouping] ?? plan);
  /** The tables as they are being laid by hand, free ones included; null while the dice lay them. */
  const hand = useSignal<readonly Group[] | null>(null);
  const shown = preview.value;
  if (!shown) return <p class="quiet">{w("groups.rolling")}</p>;
  const groups = hand.value ? taken(hand.value) : shown.groups;
  const use = async (): Promise<void> => {
    const wish = { type: "FormGroups", phase, grouping, groups, how: how.value };
    if (!(await desk.wish(wish))) return;
    desk.sheet.value = null;
    desk.told.value = null;
    const names = listed(desk.without.map((who) => desk.name(who)));
    say(names ? w("groups.used_without", { names }) : w("groups.used"));
  };
  const seat = (person: string, to: string): void => {
    const fresh = (): string => `${phase}-${grouping}-h${Math.random().toString(36).slice(2, 10)}`;
    hand.value = seated(hand.value ?? shown.groups, person, to, fresh);
    void ask(taken(hand.value));
  };
  const roll = (): void => {
    hand.value = null;
    again();
  };
  const alone = how.value.form !== "alone" && groups.some((group) => group.members.length === 1);
  return (
    <>
      <Running phase={phase} grouping={grouping} moderators={moderators} />
      <div class="stack tight fill">
        <Chooser
          how={how.value}
          plan={plan}
          earlier={earlierGroups(room, moderators, phase)}
          costs={shown.costs}
          onChange={(chosen) => {
            hand.value = null;
            choose(chosen);
          }}
        />
        <KeepApart moderators={moderators} onChange={() => void ask()} />
      </div>
      <div class="row sheet-acts">
        <Button kind="primary" busy={alone && hand.value !== null} onPress={() => void use()}>
          {w("groups.use")}
        </Button>
        <Button onPress={roll}>{w("groups.again")}</Button>
        <Button
          pressed={hand.value !== null}
          onPress={() => {
            if (hand.value) void ask(taken(hand.value));
            hand.value = hand.value ? null : shown.groups;
          }}
        >
          {w("groups.by_hand")}
        </Button>
      </div>
      <div class="stack tight fill">
        <p class="quiet numerals">
          {wn("board.groups", groups.length)} · {wn("groups.people", shown.people)}. {w("groups.exactly")}
        </p>
        <Broken broken={shown.broken} />
      </div>
      {shown.left_out.length > 0 && (
        <p class="quiet">{w("groups.left_out", { names: listed(shown.left_out.map((who) => desk.name(who))) })}</p>
      )}
      {hand.value ? <ByHand groups={hand.value} others={shown.left_out} onSeat={seat} /> : <Tables groups={groups} />}
    </>
  );
}
