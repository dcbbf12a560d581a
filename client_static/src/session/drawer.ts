/** A small drawer of records that survives a reload: IndexedDB, else localStorage, else this page's memory. */

export interface Drawer {
  put(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<void>;
  /** Every record whose key starts with `prefix`, ordered by key. */
  all(prefix: string): Promise<[string, unknown][]>;
}

const DATABASE = "boundary-crossing";
const STORE = "drawer";

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's database refused"));
  });
}

class DatabaseDrawer implements Drawer {
  constructor(private readonly database: IDBDatabase) {}

  private written(change: (store: IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(STORE, "readwrite");
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("the browser's database refused"));
      change(transaction.objectStore(STORE));
    });
  }

  put(key: string, value: unknown): Promise<void> {
    return this.written((store) => store.put(value, key));
  }

  remove(key: string): Promise<void> {
    return this.written((store) => store.delete(key));
  }

  async all(prefix: string): Promise<[string, unknown][]> {
    const store = this.database.transaction(STORE).objectStore(STORE);
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const keys = done(store.getAllKeys(range));
    const values = done(store.getAll(range) as IDBRequest<unknown[]>);
    const found = await values;
    return (await keys).map((key, at) => [String(key), found[at]]);
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

export async function openDrawer(): Promise<Drawer> {
  try {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    return new DatabaseDrawer(await done(request));
  } catch (error) {
    console.info("no database here, trying the small storage", error);
  }
  try {
    localStorage.setItem(`${STORE}?`, "1");
    localStorage.removeItem(`${STORE}?`);
    return new StorageDrawer(localStorage);
  } catch (error) {
    console.info("no storage here, this page must stay open until everything is sent", error);
    return new MemoryDrawer();
  }
}
