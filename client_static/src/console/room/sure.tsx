/** What a move would do, said before it is done: to whom, to their words, and who will sit where. */

import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { listed } from "../../locales";
import { announce } from "../../ui/announcer";
import { Button } from "../../ui/parts";
import { useDesk } from "../desk";
import type { Formed, MovePreview } from "../shown";
import { capital, w, wn } from "../words";
import { comingBetween } from "./moving";
import { groupingWords } from "./group_names";
import { Broken } from "./preview";
import { Tables } from "./tables";

const WRITING_MS = 20_000;

/** What the moderator has pressed and not yet confirmed. */
export type Pending = { does: "move"; phase: string; preview: MovePreview } | { does: "end"; label: string };

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
        <WillSit key={formed.grouping} phase={preview.phase} formed={formed} />
      ))}
    </>
  );
}

/** Exactly these groups will be formed: what they cannot keep is said first, who sits where lies folded behind it. */
function WillSit({ phase, formed }: { phase: string; formed: Formed }) {
  const name = capital(groupingWords(useDesk(), phase, formed.grouping));
  return (
    <div class="will-sit">
      <details>
        <summary>{wn("move.forms", formed.groups.length, { name })}</summary>
        <Tables groups={formed.groups} />
      </details>
      {formed.broken.length > 0 && <Broken broken={formed.broken} />}
    </div>
  );
}

interface AskedProps {
  children: ComponentChildren;
  yes: string;
  onYes: () => void;
  onNo: () => void;
}

function Asked({ children, yes, onYes, onNo }: AskedProps) {
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
        if (event.key === "Escape") onNo();
      }}
    >
      <h3>{w("move.what")}</h3>
      {children}
      <div class="row">
        <Button kind="primary" onPress={onYes}>
          {yes}
        </Button>
        <Button onPress={onNo}>{w("move.stay")}</Button>
      </div>
    </div>
  );
}

function SureOfMove({ phase, preview, onDone }: { phase: string; preview: MovePreview; onDone: () => void }) {
  const desk = useDesk();
  const people = wn("move.people", preview.people);
  const go = async (): Promise<void> => {
    const groups = Object.fromEntries(preview.forms.map((formed) => [formed.grouping, formed.groups]));
    if (await desk.wish({ type: "MoveRoom", phase, left: preview.left, groups })) {
      desk.selected.value = null;
      announce(desk.title(phase));
    }
    onDone();
  };
  return (
    <Asked yes={preview.left ? w("move.sure", { people }) : w("move.sure_begin")} onYes={() => void go()} onNo={onDone}>
      <Consequences preview={preview} />
    </Asked>
  );
}

/** Ending a meeting takes nothing from anybody, and says so. */
function SureOfEnd({ label, onDone }: { label: string; onDone: () => void }) {
  const desk = useDesk();
  const room = desk.room.value;
  const coming = comingBetween(room?.phases ?? [], room?.at ?? null).map((one) => desk.title(one.id));
  const end = async (): Promise<void> => {
    if (await desk.wish({ type: "ChangeLife", life: "follow_up" })) announce(w("move.ended"));
    onDone();
  };
  return (
    <Asked yes={w("move.yes", { label })} onYes={() => void end()} onNo={onDone}>
      <ul class="consequences">
        <li>{w("move.end_reads")}</li>
        <li>{w("move.end_open", { title: desk.title(room?.at) })}</li>
        {coming.length > 0 && <li>{w("move.end_coming", { titles: listed(coming) })}</li>}
        <li>{w("move.end_back")}</li>
      </ul>
    </Asked>
  );
}

export function Sure({ pending, onDone }: { pending: Pending; onDone: () => void }) {
  return pending.does === "end" ? (
    <SureOfEnd label={pending.label} onDone={onDone} />
  ) : (
    <SureOfMove phase={pending.phase} preview={pending.preview} onDone={onDone} />
  );
}
