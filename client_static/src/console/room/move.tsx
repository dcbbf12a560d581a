/** The one primary button: it says what it will do to how many people, says more before it does it, and can be undone. */

import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { listed } from "../../locales";
import type { RoomShown } from "../../state/workshop";
import { announce, say } from "../../ui/announcer";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import { following } from "../plan/plan";
import type { Formed, ModeratorsShown, MovePreview } from "../shown";
import { w, whyNot, wn } from "../words";
import { stepsOf } from "./board";
import { type Primary, primaryOf } from "./moving";
import { Broken } from "./preview";
import { Tables } from "./tables";
import { Undo } from "./undo";
import type { ConsolePack } from "../shown";

const WRITING_MS = 20_000;

interface Pending {
  phase: string;
  preview: MovePreview;
}

/** Whose text changed a moment ago: they are told about, never stopped. */
function writingNow(pages: readonly [string, number, number][], now_ms: number): number {
  return new Set(pages.filter(([, , at_ms]) => now_ms - at_ms < WRITING_MS).map(([page]) => page.split("/").at(-1)))
    .size;
}

function Consequences({ preview }: { preview: MovePreview }) {
  const desk = useDesk();
  const pages = desk.session.views.moderators<{ pages: [string, number, number][] }>("~pages")?.body.pages ?? [];
  const typing = writingNow(pages, desk.session.clock.now());
  const title = desk.title(preview.phase);
  const lines = [
    preview.left && wn("move.leaves", preview.people, { title: desk.title(preview.left) }),
    preview.left && preview.not_done > 0 && wn("move.not_done", preview.not_done),
    typing > 0 && wn("move.typing", typing),
    preview.reopened ? w("move.reopened", { title }) : w("move.opens", { title, n: preview.minutes }),
    preview.skipped.length > 0 && w("move.passes", { titles: listed(preview.skipped.map((one) => desk.title(one))) }),
    w("move.undo_note"),
  ].filter((line): line is string => typeof line === "string");
  return (
    <>
      <ul class="consequences">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {preview.forms.map((formed) => (
        <WillSit key={formed.grouping} formed={formed} />
      ))}
    </>
  );
}

/** Exactly these groups will be formed: what they cannot keep is said first, who sits where lies folded behind it. */
function WillSit({ formed }: { formed: Formed }) {
  return (
    <div class="will-sit">
      <details>
        <summary>{wn("move.forms", formed.groups.length, { grouping: formed.grouping })}</summary>
        <Tables groups={formed.groups} />
      </details>
      {formed.broken.length > 0 && <Broken broken={formed.broken} />}
    </div>
  );
}

function Sure({ pending, onDone }: { pending: Pending; onDone: () => void }) {
  const desk = useDesk();
  const { preview } = pending;
  const people = wn("move.people", preview.people);
  const go = async (): Promise<void> => {
    const groups = Object.fromEntries(preview.forms.map((formed) => [formed.grouping, formed.groups]));
    const moved = await desk.wish({ type: "MoveRoom", phase: pending.phase, left: preview.left, groups });
    if (moved) {
      desk.selected.value = null;
      announce(desk.title(pending.phase));
    }
    onDone();
  };
  const stay = useRef<HTMLDivElement>(null);
  // Before the next key: a focus that arrives late would take it away from the button that was reached meanwhile.
  useLayoutEffect(() => stay.current?.focus(), []);
  return (
    <div
      class="sure"
      role="group"
      aria-label={w("move.what")}
      tabIndex={-1}
      ref={stay}
      onKeyDown={(event) => {
        if (event.key === "Escape") onDone();
      }}
    >
      <h3>{w("move.what")}</h3>
      <Consequences preview={preview} />
      <div class="row">
        <Button kind="primary" onPress={() => void go()}>
          {preview.left ? w("move.sure", { people }) : w("move.sure_begin")}
        </Button>
        <Button onPress={onDone}>{w("move.stay")}</Button>
      </div>
    </div>
  );
}

function labelOf(primary: Primary, people: string, title: (phase: string) => string): string {
  switch (primary.does) {
    case "begin":
      return w("move.begin", { title: title(primary.phase), people });
    case "move":
      return w("move.to", { title: title(primary.phase), people });
    case "step":
      return w("move.step", { title: primary.title });
    case "nothing":
      return w("move.end");
  }
}

interface MoveBarProps {
  room: RoomShown;
  moderators: ModeratorsShown;
  words: ConsolePack;
}

/** A co-moderator moves no room: what they may take back is their own. */
export function MoveBar(props: MoveBarProps) {
  const desk = useDesk();
  if (desk.leads) return <Moving {...props} />;
  return (
    <div class="move-bar">
      <p class="quiet">{w("move.not_yours")}</p>
      <Undo moderators={props.moderators} />
    </div>
  );
}

function Moving({ room, moderators, words }: MoveBarProps) {
  const desk = useDesk();
  const pending = useSignal<Pending | null>(null);
  const steps = room.at ? stepsOf(room, words, room.at) : [];
  const step = Math.min(room.step ?? 0, Math.max(0, steps.length - 1));
  const primary = primaryOf(room.phases, room.at, desk.selected.value, steps, step);
  const joined = moderators.people.filter((one) => (one.state ?? "joined") === "joined").length;
  const people = wn("move.people", desk.board.value?.here || joined);
  const looking = desk.selected.value !== null && desk.selected.value !== room.at;
  const next = following(room.phases, room.at);
  const previous = steps[step - 1];
  useEffect(() => {
    // A preview of what would have happened is no longer true once the room or the moderator's eye has moved.
    pending.value = null;
  }, [room.at, room.step, desk.selected.value, pending]);
  const ask = async (phase: string): Promise<void> => {
    try {
      pending.value = { phase, preview: await desk.session.ask<MovePreview>("", { type: "PreviewMove", phase }) };
    } catch {
      say(whyNot("unreachable"));
    }
  };
  const toStep = (to: number): void => {
    void desk.wish({ type: "MoveStep", phase: room.at, step: to, left: step });
  };
  const press = (): void => {
    if (primary.does === "step") toStep(primary.step);
    else if (primary.does !== "nothing") void ask(primary.phase);
  };
  const closed = room.life === "closed";
  return (
    <div class="move-bar">
      {pending.value ? (
        <Sure pending={pending.value} onDone={() => (pending.value = null)} />
      ) : (
        <div class="row">
          {primary.does !== "nothing" && !closed && (
            <Button kind="primary" large class="the-one" onPress={press}>
              {labelOf(primary, people, (phase) => desk.title(phase))}
            </Button>
          )}
          <Undo moderators={moderators} />
        </div>
      )}
      {!pending.value && !looking && !closed && (
        <div class="row second">
          {!looking && primary.does === "step" && next && (
            <Button kind="plain" onPress={() => void ask(next.id)}>
              {w("move.on", { title: desk.title(next.id) })}
            </Button>
          )}
          {!looking && previous && (
            <Button kind="plain" onPress={() => toStep(step - 1)}>
              {w("move.step_back", { title: previous.title })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
