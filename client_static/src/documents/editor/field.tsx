/** A field that several people write at once: bound to its page, counted, marked with who sees it, with remarks beside it. */

import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { listed, t } from "../../locales";
import { useSession } from "../../session/context";
import { nameOf } from "../../state/day";
import { announce } from "../../ui/announcer";
import { type Seen, SeenBy } from "../../ui/parts";
import { letters, words as counted } from "../change";
import { TextMark } from "../field";
import { Masked, useMask } from "../mask";
import { usePage } from "../pages";
import { type Mounted, mount } from "./mount";
import { redrawn } from "./carets";
import { leaveNearby, type Nearby, takeNearby } from "./nearby";
import { passageOf, remarks, remarksOf } from "./remarks";
import { Remarks } from "./beside";
import { w, wn } from "./words";
import "./editor.css";

export interface SharedFieldProps {
  page: string;
  name: string;
  label: string;
  seen: Seen | readonly Seen[];
  hint?: string;
  example?: string;
  soft?: number;
  hard?: number;
  line?: boolean;
  /** How many words read well; advice, never a limit. */
  target?: readonly [number, number];
  lang?: string;
  /** Whether this person is the author, who has the last word; absent where nobody remarks. */
  author?: boolean;
}

const NEARLY = 40;

function limits(length: number, { soft, hard }: SharedFieldProps): string {
  if (hard !== undefined && length >= hard) return t("field.full");
  if (soft !== undefined && length > soft) return t("field.long", { n: length - soft });
  if (hard !== undefined && hard - length <= NEARLY) return t("field.left", { n: hard - length });
  return "";
}

function Foot({ text, ...props }: SharedFieldProps & { text: string }) {
  const { target } = props;
  const full = limits(letters(text), props);
  const words = target ? w("words.target", { n: counted(text), from: target[0], to: target[1] }) : "";
  return <span class="numerals">{full || (counted(text) > 0 ? words : "")}</span>;
}

function AlsoHere({ nearby, field }: { nearby: Nearby; field: string }) {
  const session = useSession();
  const here = nearby.people.value.filter((one) => one.caret?.field === field);
  const names = [...new Set(here.map((one) => nameOf(session.views, one.person).name || w("somebody")))];
  if (names.length === 0) return null;
  return <span class="also-here">{wn("also_here", names.length, { names: listed(names) })}</span>;
}

/** The text as it reads now, for what stands around the editor. */
export function useText(page: string, field: string): string {
  const session = useSession();
  const open = usePage(session, page);
  const value = useSignal(open.text(field).toString());
  useEffect(() => {
    const text = open.text(field);
    const look = (): void => {
      value.value = text.toString();
    };
    look();
    text.observe(look);
    return () => text.unobserve(look);
  }, [open, field, value]);
  return value.value;
}

function useEditor(props: SharedFieldProps, id: string) {
  const session = useSession();
  const page = usePage(session, props.page);
  const box = useRef<HTMLDivElement>(null);
  const mounted = useSignal<Mounted | null>(null);
  const nearby = useSignal<Nearby | null>(null);
  const selected = useSignal(false);
  const { locked } = page;
  useEffect(() => {
    const parent = box.current;
    if (!parent) return undefined;
    const others = takeNearby(session, page);
    const text = page.text(props.name);
    const passages = () =>
      remarks(page.doc, props.name)
        .filter((one) => one.state === "open")
        .flatMap((one) => ({ id: one.id, from: -1, to: -1, ...passageOf(text, one) }));
    const made = mount(
      parent,
      {
        around: {
          text,
          field: props.name,
          nearby: others,
          nameOf: (person) => nameOf(session.views, person).name || w("somebody"),
          passages,
        },
        label: props.label,
        describedBy: `${id}-hint ${id}-count`,
        ...(props.example ? { hint: props.example } : {}),
        ...(props.hard === undefined ? {} : { hard: props.hard }),
        ...(props.line ? { line: true } : {}),
        ...(props.lang ? { lang: props.lang } : {}),
        full: () => announce(w("full")),
        selected: (some) => (selected.value = some),
      },
      locked.peek(),
    );
    const look = (): void => redrawn(made.view);
    remarksOf(page.doc).observe(look);
    mounted.value = made;
    nearby.value = others;
    const unlock = locked.subscribe((closed) => made.lock(closed));
    return () => {
      unlock();
      remarksOf(page.doc).unobserve(look);
      mounted.value = null;
      made.close();
      leaveNearby(page);
    };
    // Made anew only for another text: the rest of the properties never changes while a field is on screen.
  }, [page, props.name, props.lang]);
  return { page, box, mounted, nearby, selected, locked };
}

function Undo({ mounted }: { mounted: Mounted }) {
  const steps = useSignal({ back: false, again: false });
  useEffect(() => {
    const { undo } = mounted;
    const look = (): void => {
      steps.value = { back: undo.undoStack.length > 0, again: undo.redoStack.length > 0 };
    };
    look();
    for (const event of ["stack-item-added", "stack-item-popped", "stack-cleared"] as const) undo.on(event, look);
    return () => {
      for (const event of ["stack-item-added", "stack-item-popped", "stack-cleared"] as const) undo.off(event, look);
    };
  }, [mounted, steps]);
  if (!steps.value.back && !steps.value.again) return null;
  return (
    <span class="undo no-print">
      <button type="button" aria-label={w("undo")} disabled={!steps.value.back} onClick={() => mounted.undo.undo()}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M6 3.5L2.5 7 6 10.5M3 7h6.5a3.5 3.5 0 0 1 0 7H7" />
        </svg>
      </button>
      <button type="button" aria-label={w("redo")} disabled={!steps.value.again} onClick={() => mounted.undo.redo()}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M10 3.5L13.5 7 10 10.5M13 7H6.5a3.5 3.5 0 0 0 0 7H9" />
        </svg>
      </button>
    </span>
  );
}

/** A field belongs to one page for as long as it stands: words meant for one table must never reach the next. */
export function SharedField(props: SharedFieldProps) {
  const masked = useMask(props.page, props.seen);
  if (masked !== null) return <Masked label={props.label} seen={props.seen} words={masked} />;
  return <OwnField key={`${props.page}#${props.name}`} {...props} />;
}

function OwnField(props: SharedFieldProps) {
  const id = useId();
  const { page, box, mounted, nearby, selected, locked } = useEditor(props, id);
  const text = useText(props.page, props.name);
  return (
    <div class="field shared-field">
      <div class="above">
        <span class="label" id={`${id}-label`} onClick={() => mounted.value?.view.focus()}>
          {props.label}
        </span>
        <SeenBy who={props.seen} />
      </div>
      {props.hint && (
        <span class="hint" id={`${id}-hint`}>
          {props.hint}
        </span>
      )}
      <div
        class={`input book paper ${props.line ? "one-line" : ""}`}
        data-field={props.name}
        data-locked={locked.value}
        aria-busy={page.mark.value === "opening"}
        onFocusIn={() => page.takeInHand()}
        onFocusOut={() => page.letGo()}
        ref={box}
      />
      <div class="below">
        <span id={`${id}-count`}>
          <Foot {...props} text={text} />
          {nearby.value && <AlsoHere nearby={nearby.value} field={props.name} />}
        </span>
        <span class="row">
          <TextMark page={page} />
          {mounted.value && !locked.value && <Undo mounted={mounted.value} />}
        </span>
      </div>
      {props.author !== undefined && mounted.value && (
        <Remarks
          page={page}
          field={props.name}
          author={props.author}
          mounted={mounted.value}
          selected={selected.value && !locked.value}
          hard={props.hard}
        />
      )}
    </div>
  );
}
