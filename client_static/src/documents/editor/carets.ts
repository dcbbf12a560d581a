/** The carets of co-writers with their names, and the passages that somebody remarked on, drawn into the text. */

import { type Extension, type Range, StateEffect } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from "@codemirror/view";
import * as Y from "yjs";
import type { Caret, Nearby, Neighbour } from "./nearby";

const INKS = 5;

const redraw = StateEffect.define<null>();

/** The same ink for the same person on every screen. */
export function inkOf(person: string): number {
  let sum = 0;
  for (const letter of person) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return (sum % INKS) + 1;
}

class Flag extends WidgetType {
  constructor(
    private readonly name: string,
    private readonly ink: number,
  ) {
    super();
  }

  override eq(other: Flag): boolean {
    return other.name === this.name && other.ink === this.ink;
  }

  override toDOM(): HTMLElement {
    const caret = document.createElement("span");
    caret.className = `co-caret ink-${this.ink}`;
    caret.setAttribute("aria-hidden", "true");
    const name = document.createElement("span");
    name.className = "co-name";
    name.textContent = this.name;
    caret.append("\u2060", name);
    return caret;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

export interface Passage {
  id: string;
  from: number;
  to: number;
}

export interface Surroundings {
  text: Y.Text;
  field: string;
  nearby: Nearby;
  nameOf: (person: string) => string;
  passages: () => readonly Passage[];
}

function placed(around: Surroundings, json: unknown): number | null {
  const { doc } = around.text;
  if (!doc) return null;
  const found = Y.createAbsolutePositionFromRelativePosition(Y.createRelativePositionFromJSON(json), doc);
  return found?.type === around.text ? found.index : null;
}

function drawn(around: Surroundings, { person, caret }: Neighbour, length: number): Range<Decoration>[] {
  if (caret?.field !== around.field) return [];
  const anchor = placed(around, caret.anchor);
  const head = placed(around, caret.head);
  if (anchor === null || head === null || Math.max(anchor, head) > length) return [];
  const ink = inkOf(person);
  const widget = new Flag(around.nameOf(person), ink);
  const marks = [Decoration.widget({ widget, side: head > anchor ? -1 : 1 }).range(head)];
  const from = Math.min(anchor, head);
  const to = Math.max(anchor, head);
  if (to > from) marks.push(Decoration.mark({ class: `co-selected ink-${ink}` }).range(from, to));
  return marks;
}

function all(around: Surroundings, view: EditorView): DecorationSet {
  const { length } = view.state.doc;
  const marks = around.nearby.people.peek().flatMap((one) => drawn(around, one, length));
  for (const { from, to } of around.passages()) {
    if (to > from && to <= length) marks.push(Decoration.mark({ class: "remarked" }).range(from, to));
  }
  return Decoration.set(marks, true);
}

/** Where this person's caret is, told to the others of the page. */
function tell(around: Surroundings, view: EditorView): void {
  const { anchor, head } = view.state.selection.main;
  if (!view.hasFocus || Math.max(anchor, head) > around.text.length) {
    around.nearby.show(around.field, null);
    return;
  }
  const at = (index: number): unknown =>
    Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(around.text, index));
  const caret: Caret = { field: around.field, anchor: at(anchor), head: at(head) };
  around.nearby.show(around.field, caret);
}

export function redrawn(view: EditorView): void {
  // A mark put into the line of an unfinished letter would end its composition.
  if (!view.compositionStarted) view.dispatch({ effects: redraw.of(null) });
}

export function carets(around: Surroundings): Extension {
  return ViewPlugin.define(
    (view) => {
      const plugin = {
        decorations: all(around, view),
        update(update: ViewUpdate): void {
          const asked = update.transactions.some((one) => one.effects.some((effect) => effect.is(redraw)));
          if (asked && !view.compositionStarted) plugin.decorations = all(around, update.view);
          else if (update.docChanged) plugin.decorations = plugin.decorations.map(update.changes);
          if (update.selectionSet || update.docChanged || update.focusChanged) tell(around, update.view);
        },
        destroy: around.nearby.people.subscribe(() => queueMicrotask(() => view.dom.isConnected && redrawn(view))),
      };
      return plugin;
    },
    { decorations: (plugin) => plugin.decorations },
  );
}
