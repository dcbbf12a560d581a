/** No more letters than the field holds: what does not fit is cut where it is typed, and nothing of what stands there. */

import { EditorState, type Extension, type Text, type Transaction, type TransactionSpec } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { fitting, letters } from "../change";
import { fromShared } from "./sync";

const count = (text: Text): number => letters(text.toString());

interface Piece {
  from: number;
  to: number;
  insert: string;
}

function pieces(transaction: Transaction): Piece[] {
  const found: Piece[] = [];
  transaction.changes.iterChanges((from, to, _fromB, _toB, inserted) => {
    found.push({ from, to, insert: inserted.toString() });
  });
  return found;
}

function replaced(transaction: Transaction, changed: Piece[]): TransactionSpec {
  const changes = transaction.startState.changes(changed);
  const last = changed.at(-1);
  const spec: TransactionSpec = { changes, scrollIntoView: true, userEvent: "input" };
  // With `before` true the caret stands behind what was inserted.
  return last ? { ...spec, selection: { anchor: changes.mapPos(last.to, 1) } } : spec;
}

/** A composing input method must not be contradicted; what it put in too much is taken back when it is done. */
const composing = (transaction: Transaction): boolean => transaction.isUserEvent("input.type.compose");

export function budget(hard: number, full: () => void): Extension {
  const cut = EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.annotation(fromShared) || composing(transaction)) return transaction;
    const after = count(transaction.newDoc);
    if (after <= hard || after <= count(transaction.startState.doc)) return transaction;
    full();
    const changed = pieces(transaction);
    const typed = changed.reduce((sum, piece) => sum + letters(piece.insert), 0);
    let room = Math.max(0, hard - (after - typed));
    for (const piece of changed) {
      piece.insert = fitting(piece.insert, room);
      room -= letters(piece.insert);
    }
    return replaced(transaction, changed);
  });
  let before = 0;
  const trim = EditorView.domEventHandlers({
    compositionstart: (_event, view) => {
      before = count(view.state.doc);
      return false;
    },
    compositionend: (_event, view) => {
      setTimeout(() => {
        if (view.compositionStarted) return;
        const surplus = Math.min(count(view.state.doc) - Math.max(hard, before), view.state.selection.main.head);
        if (surplus <= 0) return;
        full();
        const { head } = view.state.selection.main;
        const kept = [...view.state.sliceDoc(0, head)].slice(0, -surplus).join("");
        view.dispatch({ changes: { from: kept.length, to: head } });
      }, 0);
      return false;
    },
  });
  return [cut, trim];
}

const joined = (typed: string): string => (typed.trim() === "" ? "" : typed.replace(/\s*\n\s*/g, " "));

/** A field of one line: a pasted paragraph becomes a sentence. */
export const oneLine: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.annotation(fromShared)) return transaction;
  if (transaction.newDoc.lines <= transaction.startState.doc.lines) return transaction;
  const changed = pieces(transaction).map((piece) => ({ ...piece, insert: joined(piece.insert) }));
  return replaced(transaction, changed);
});
