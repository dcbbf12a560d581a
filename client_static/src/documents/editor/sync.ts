/**
 * A CodeMirror view and a shared text, kept equal. What is typed goes into the text at once; what others write is held
 * back while a letter is being composed, since an input method loses its place when its line changes under it.
 */

import { Annotation, ChangeSet, type Extension, Prec, type TransactionSpec } from "@codemirror/state";
import { EditorView, keymap, type PluginValue, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import * as Y from "yjs";
import { changeOf } from "../change";

const LOOK_AGAIN_MS = 60;
/** An input method that rests so long is not in the middle of a letter. */
const RESTED_MS = 4_000;
const ONE_UNDO_MS = 600;

/** Changes that the shared text brought; everything else was done here. */
export const fromShared = Annotation.define<boolean>();

/** The origin of what this person does beside typing (takes a suggestion, brings an old version back): undone like typing. */
export const BY_HAND = {};

function changesOf(event: Y.YTextEvent): { from: number; to?: number; insert?: string }[] {
  const changes: { from: number; to?: number; insert?: string }[] = [];
  let at = 0;
  for (const { retain, delete: removed, insert } of event.delta) {
    if (retain !== undefined) at += retain;
    else if (removed !== undefined) {
      changes.push({ from: at, to: at + removed });
      at += removed;
    } else if (typeof insert === "string") changes.push({ from: at, insert });
  }
  return changes;
}

function written(text: Y.Text, changes: ChangeSet, origin: unknown): void {
  text.doc?.transact(() => {
    changes.iterChanges((fromA, toA, fromB, _toB, inserted) => {
      if (toA > fromA) text.delete(fromB, toA - fromA);
      if (inserted.length > 0) text.insert(fromB, inserted.toString());
    });
  }, origin);
}

export class Sync implements PluginValue {
  /** What others wrote since the composition began: from the view's text to the shared one. */
  private held: ChangeSet | null = null;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private typed_ms = 0;

  constructor(
    private readonly view: EditorView,
    private readonly text: Y.Text,
    private readonly undo: Y.UndoManager,
  ) {
    undo.addTrackedOrigin(this);
    text.observe(this.heard);
  }

  update(update: ViewUpdate): void {
    for (const transaction of update.transactions) {
      if (!transaction.docChanged || transaction.annotation(fromShared)) continue;
      this.typed_ms = Date.now();
      const { changes } = transaction;
      // changes, then held.map(changes), is the same text as held, then changes.map(held, before).
      this.write(this.held ? changes.map(this.held, true) : changes);
      this.held = this.held?.map(changes) ?? null;
    }
  }

  /** CodeMirror never calls a plugin again that has thrown: from then on nothing that is typed would be sent. */
  private write(changes: ChangeSet, repairs = true): void {
    try {
      written(this.text, changes, this);
    } catch (error) {
      console.error("somebody who listens to this text failed", error);
      if (repairs) queueMicrotask(() => this.repair());
    }
  }

  /** Whatever is on the screen is in the shared text. */
  private repair(): void {
    if (this.held) return;
    const change = changeOf(this.text.toString(), this.view.state.doc.toString());
    if (!change) return;
    const { at, removed, inserted } = change;
    const spec = { from: at, to: at + removed, insert: inserted };
    this.write(ChangeSet.of(spec, this.text.length, "\n"), false);
  }

  destroy(): void {
    clearTimeout(this.waiting);
    this.text.unobserve(this.heard);
    this.undo.trackedOrigins.delete(this);
  }

  private readonly heard = (event: Y.YTextEvent, transaction: Y.Transaction): void => {
    if (transaction.origin === this) return;
    const length = this.held?.newLength ?? this.view.state.doc.length;
    const change = ChangeSet.of(changesOf(event), length, "\n");
    this.held = this.held ? this.held.compose(change) : change;
    this.release(transaction.origin === this.undo);
  };

  private release(undone = false): void {
    clearTimeout(this.waiting);
    if (!this.held) return;
    if (this.view.compositionStarted && Date.now() - this.typed_ms < RESTED_MS) {
      this.waiting = setTimeout(() => this.release(), LOOK_AGAIN_MS);
      return;
    }
    const changes = this.held;
    this.held = null;
    const spec: TransactionSpec = { changes, annotations: fromShared.of(true), filter: false };
    if (undone) {
      let at = 0;
      changes.iterChangedRanges((_fromA, _toA, _fromB, toB) => (at = toB));
      Object.assign(spec, { selection: { anchor: at }, scrollIntoView: true });
    }
    this.view.dispatch(spec);
  }
}

export interface Shared {
  extension: Extension;
  undo: Y.UndoManager;
  close: () => void;
}

/** The view's text must be the shared one when it is made. Undo takes back what was done here, nothing of others. */
export function shared(text: Y.Text): Shared {
  const undo = new Y.UndoManager(text, { trackedOrigins: new Set([BY_HAND]), captureTimeout: ONE_UNDO_MS });
  // Taking a suggestion over is a step of its own, also right after the last letter.
  const apart = (transaction: Y.Transaction): void => {
    if (transaction.origin === BY_HAND) undo.stopCapturing();
  };
  text.doc?.on("beforeTransaction", apart);
  const close = (): void => {
    text.doc?.off("beforeTransaction", apart);
    undo.destroy();
  };
  const back = (): boolean => undo.undo() !== null || true;
  const again = (): boolean => undo.redo() !== null || true;
  const keys = [
    { key: "Mod-z", run: back, preventDefault: true },
    { key: "Mod-y", mac: "Mod-Shift-z", run: again, preventDefault: true },
    { key: "Mod-Shift-z", run: again, preventDefault: true },
  ];
  const menu = EditorView.domEventHandlers({
    beforeinput: (event) => {
      if (event.inputType === "historyUndo") return back();
      if (event.inputType === "historyRedo") return again();
      return false;
    },
  });
  const plugin = ViewPlugin.define((view) => new Sync(view, text, undo));
  return { extension: [plugin, Prec.high(keymap.of(keys)), menu], undo, close };
}
