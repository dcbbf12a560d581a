/** What this device keeps of a person's pages: every update, the last right, and which pages hold words not yet sent. */

import * as Y from "yjs";
import type { Right } from "../protocol/frames";
import type { Database } from "../session/database";

export const UPDATES = "updates";
export const PAGES = "pages";
const BY_PAGE = "page";
/** Updates of a page after which they are worth folding into one. */
const FOLD_ABOVE = 60;

/** By load of the page that typed them: how often it has noted words that were not sent. */
export type Unsent = Readonly<Record<string, number>>;

interface Row {
  page: string;
  u: Uint8Array;
}

interface Note {
  right?: Right;
  unsent?: Unsent;
}

/** What is kept of one page. */
export interface Kept {
  updates: readonly Uint8Array[];
  right: Right | null;
  unsent: Unsent;
}

export interface Waiting {
  page: string;
  unsent: Unsent;
}

export function upgraded(database: IDBDatabase): void {
  const updates = database.createObjectStore(UPDATES, { autoIncrement: true });
  updates.createIndex(BY_PAGE, BY_PAGE);
  database.createObjectStore(PAGES);
}

const startingWith = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

function isUnsent(note: Note | undefined): boolean {
  return Object.keys(note?.unsent ?? {}).length > 0;
}

/** All of it as one update, what waits for an update that has not come included. */
function folded(rows: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc();
  for (const row of rows) Y.applyUpdate(doc, row);
  const whole = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return whole;
}

function changed(pages: IDBObjectStore, key: string, change: (note: Note) => Note): void {
  const request = pages.get(key) as IDBRequest<Note | undefined>;
  request.onsuccess = () => void pages.put(change(request.result ?? {}), key);
}

export class Copies {
  /** `owner`: whose copies, once that is known. `load`: this load of the page, since two tabs may write one page. */
  constructor(
    private readonly database: Database,
    private readonly owner: Promise<string>,
    readonly load: string,
  ) {}

  /** Changes when the browser had closed the database, and perhaps emptied it. */
  get openings(): number {
    return this.database.openings;
  }

  private async key(page: string): Promise<string> {
    return `${await this.owner}/${page}`;
  }

  async read(page: string): Promise<Kept> {
    const key = await this.key(page);
    const kept = await this.database.run([UPDATES, PAGES], "readonly", (transaction) => {
      const rows = transaction.objectStore(UPDATES).index(BY_PAGE).getAll(key) as IDBRequest<Row[]>;
      const note = transaction.objectStore(PAGES).get(key) as IDBRequest<Note | undefined>;
      return () => ({
        updates: rows.result.map((row) => row.u),
        right: note.result?.right ?? null,
        unsent: note.result?.unsent ?? {},
      });
    });
    if (kept.updates.length > FOLD_ABOVE) {
      // Folding is tidying: a page is read all the same.
      this.fold(page).catch((error: unknown) => console.info("this page's copy could not be folded", error));
    }
    return kept;
  }

  /** Keep an update, and note in the same breath whether it waits to be sent. */
  async write(
    page: string,
    update: Uint8Array | null,
    noted: "unsent" | "sent" | null,
    known: Unsent = {},
  ): Promise<void> {
    const key = await this.key(page);
    return this.database.run([UPDATES, PAGES], "readwrite", (transaction) => {
      if (update) transaction.objectStore(UPDATES).add({ page: key, u: update } satisfies Row);
      const pages = transaction.objectStore(PAGES);
      if (noted === "unsent") {
        changed(pages, key, ({ unsent = {}, ...note }) => ({
          ...note,
          unsent: { ...unsent, [this.load]: (unsent[this.load] ?? 0) + 1 },
        }));
      }
      if (noted === "sent") changed(pages, key, (note) => this.without(note, known));
      return () => undefined;
    });
  }

  /** What other loads have noted since we read their words is theirs to send. */
  private without(note: Note, known: Unsent): Note {
    const unsent = Object.entries(note.unsent ?? {}).filter(([load, n]) => load !== this.load && known[load] !== n);
    return { ...note, unsent: Object.fromEntries(unsent) };
  }

  async allow(page: string, right: Right): Promise<void> {
    const key = await this.key(page);
    return this.database.run([PAGES], "readwrite", (transaction) => {
      changed(transaction.objectStore(PAGES), key, (note) => ({ ...note, right }));
      return () => undefined;
    });
  }

  /** The pages with words that were not sent, whichever load typed them. */
  async waiting(): Promise<Waiting[]> {
    const owner = await this.owner;
    return this.database.run([PAGES], "readonly", (transaction) => {
      const pages = transaction.objectStore(PAGES);
      const range = startingWith(`${owner}/`);
      const keys = pages.getAllKeys(range);
      const notes = pages.getAll(range) as IDBRequest<Note[]>;
      return () =>
        keys.result.flatMap((key, at) => {
          const note = notes.result[at];
          const page = String(key).slice(owner.length + 1);
          return isUnsent(note) ? [{ page, unsent: note?.unsent ?? {} }] : [];
        });
    });
  }

  /** Fewer rows, the same words; only what was read is removed. */
  async fold(page: string): Promise<void> {
    const key = await this.key(page);
    return this.database.run([UPDATES], "readwrite", (transaction) => {
      const store = transaction.objectStore(UPDATES);
      const keys = store.index(BY_PAGE).getAllKeys(key);
      const rows = store.index(BY_PAGE).getAll(key) as IDBRequest<Row[]>;
      rows.onsuccess = () => {
        store.add({ page: key, u: folded(rows.result.map((row) => row.u)) } satisfies Row);
        for (const old of keys.result) store.delete(old);
      };
      return () => undefined;
    });
  }

  /** Throw the copy of a page away: one with words that were not sent only when its writer says so. */
  async forget(page: string, also: "unsent" | "" = ""): Promise<void> {
    const key = await this.key(page);
    return this.database.run([UPDATES, PAGES], "readwrite", (transaction) => {
      const pages = transaction.objectStore(PAGES);
      const note = pages.get(key) as IDBRequest<Note | undefined>;
      note.onsuccess = () => {
        if (isUnsent(note.result) && also !== "unsent") return;
        pages.delete(key);
        const rows = transaction.objectStore(UPDATES);
        const keys = rows.index(BY_PAGE).getAllKeys(key);
        keys.onsuccess = () => {
          for (const row of keys.result) rows.delete(row);
        };
      };
      return () => undefined;
    });
  }

  /** Every page of this owner that the server has all of. */
  async forgetSaved(): Promise<void> {
    const owner = await this.owner;
    const pages = await this.database.run([PAGES], "readonly", (transaction) => {
      const keys = transaction.objectStore(PAGES).getAllKeys(startingWith(`${owner}/`));
      return () => keys.result.map((key) => String(key).slice(owner.length + 1));
    });
    for (const page of pages) await this.forget(page);
  }

  /** Take over what another seat of the same person kept here. What it had not sent, this one sends. */
  async adopt(other: string): Promise<void> {
    const owner = await this.owner;
    return this.database.run([UPDATES, PAGES], "readwrite", (transaction) => {
      const [rows, pages] = [transaction.objectStore(UPDATES), transaction.objectStore(PAGES)];
      const notes = pages.openCursor(startingWith(`${other}/`));
      notes.onsuccess = () => {
        const cursor = notes.result;
        if (!cursor) return;
        const key = String(cursor.key);
        const to = `${owner}/${key.slice(other.length + 1)}`;
        const theirs = cursor.value as Note;
        changed(pages, to, (note) => ({ ...theirs, ...note, unsent: { ...theirs.unsent, ...note.unsent } }));
        cursor.delete();
        const moved = rows.index(BY_PAGE).openCursor(key);
        moved.onsuccess = () => {
          if (!moved.result) return;
          moved.result.update({ ...(moved.result.value as Row), page: to });
          moved.result.continue();
        };
        cursor.continue();
      };
      return () => undefined;
    });
  }
}
