/** A small drawer of records that survives a reload: IndexedDB, else localStorage, else this page's memory. */

import { Database } from "./database";

export interface Drawer {
  put(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  /** Every record whose key starts with `prefix`, ordered by key. */
  all(prefix: string): Promise<[string, unknown][]>;
}

const DATABASE = "boundary-crossing";
const STORE = "drawer";

class DatabaseDrawer implements Drawer {
  private readonly database = new Database(DATABASE, 1, (database) => database.createObjectStore(STORE));

  private changed(change: (store: IDBObjectStore) => void): Promise<void> {
    return this.database.run([STORE], "readwrite", (transaction) => {
      change(transaction.objectStore(STORE));
      return () => undefined;
    });
  }

  put(key: string, value: unknown): Promise<void> {
    return this.changed((store) => store.put(value, key));
  }

  remove(key: string): Promise<void> {
    return this.changed((store) => store.delete(key));
  }

  all(prefix: string): Promise<[string, unknown][]> {
    return this.database.run([STORE], "readonly", (transaction) => {
      const store = transaction.objectStore(STORE);
      const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
      const keys = store.getAllKeys(range);
      const values = store.getAll(range) as IDBRequest<unknown[]>;
      return () => keys.result.map((key, at) => [String(key), values.result[at]]);
    });
  }
}

/** What private windows of some browsers leave us. Values must survive JSON. */
export class StorageDrawer implements Drawer {
  constructor(private readonly storage: Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">) {}

  async put(key: string, value: unknown): Promise<void> {
    this.storage.setItem(`${STORE}:${key}`, JSON.stringify(value));
  }

  async remove(key: string): Promise<void> {
    this.storage.removeItem(`${STORE}:${key}`);
  }

  async all(prefix: string): Promise<[string, unknown][]> {
    const found: [string, unknown][] = [];
    for (let at = 0; at < this.storage.length; at += 1) {
      const key = this.storage.key(at);
      if (!key?.startsWith(`${STORE}:${prefix}`)) continue;
      const text = this.storage.getItem(key);
      if (text !== null) found.push([key.slice(STORE.length + 1), JSON.parse(text) as unknown]);
    }
    return found.sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

export class MemoryDrawer implements Drawer {
  private readonly records = new Map<string, unknown>();

  async put(key: string, value: unknown): Promise<void> {
    this.records.set(key, value);
  }

  async remove(key: string): Promise<void> {
    this.records.delete(key);
  }

  async all(prefix: string): Promise<[string, unknown][]> {
    return [...this.records].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1));
  }
}

/** Move every record. What is there already under its key stays. */
async function emptied(from: Drawer, into: Drawer): Promise<void> {
  for (const [key, value] of await from.all("")) {
    if ((await into.all(key)).every(([known]) => known !== key)) await into.put(key, value);
    await from.remove(key);
  }
}

function smallStorage(): StorageDrawer | null {
  try {
    localStorage.setItem(`${STORE}?`, "1");
    localStorage.removeItem(`${STORE}?`);
    return new StorageDrawer(localStorage);
  } catch (error) {
    console.info("no storage here, this page must stay open until everything is sent", error);
    return null;
  }
}

export async function openDrawer(): Promise<Drawer> {
  const small = smallStorage();
  const drawer = new DatabaseDrawer();
  try {
    await drawer.all("?");
    // An earlier load may have found the database shut, and left its wishes in the small storage.
    if (small) await emptied(small, drawer);
    return drawer;
  } catch (error) {
    console.info("no database here, trying the small storage", error);
    return small ?? new MemoryDrawer();
  }
}
