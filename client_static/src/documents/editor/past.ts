/** An earlier state of a page: read from its update, and brought back as new writing, so that nobody's words are undone. */

import * as Y from "yjs";
import { changeOf } from "../change";

export type Fields = Readonly<Record<string, string>>;

export function fieldsThen(update: Uint8Array, names: readonly string[]): Fields {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  const fields = Object.fromEntries(names.map((name) => [name, doc.getText(name).toString()]));
  doc.destroy();
  return fields;
}

/** Only what differs is written, so that carets and remarks on unchanged words stay. */
export function bringBack(doc: Y.Doc, then: Fields, origin?: unknown): void {
  doc.transact(() => {
    for (const [name, words] of Object.entries(then)) {
      const text = doc.getText(name);
      const change = changeOf(text.toString(), words);
      if (!change) continue;
      if (change.removed > 0) text.delete(change.at, change.removed);
      if (change.inserted) text.insert(change.at, change.inserted);
    }
  }, origin);
}
