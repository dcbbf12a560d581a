/** Copies that earlier editions of this client kept: a database for each page, as y-indexeddb lays them out. */

import * as Y from "yjs";
import type { Copies } from "./copies";

const ROWS = "updates";
const PATIENCE_MS = 2_000;

/** Null when there is none of that name, or it cannot be read now: then it stays for another day. */
function rowsOf(name: string): Promise<Uint8Array[] | null> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    const patience = setTimeout(() => resolve(null), PATIENCE_MS);
    const end = (rows: Uint8Array[] | null): void => {
      clearTimeout(patience);
      resolve(rows);
    };
    // Opening makes what is not there, unless its making is stopped.
    request.onupgradeneeded = () => request.transaction?.abort();
    request.onerror = () => end(null);
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      if (!database.objectStoreNames.contains(ROWS)) {
        database.close();
        return end([]);
      }
      const all = database.transaction(ROWS).objectStore(ROWS).getAll() as IDBRequest<Uint8Array[]>;
      all.onerror = () => end(null);
      all.onsuccess = () => {
        database.close();
        end(all.result);
      };
    };
  });
}

/** Take one page over. Nobody knows whether it was sent, so that the server is asked. */
async function takenOver(copies: Copies, name: string, page: string): Promise<boolean> {
  const rows = await rowsOf(name);
  if (rows === null) return false;
  if (rows.length > 0) await copies.write(page, Y.mergeUpdates(rows), "unsent");
  // Only now: had the tab been closed in between, the next would find them here again.
  indexedDB.deleteDatabase(name);
  return true;
}

/** Every page that is kept in the old way under `prefix`. */
export async function takeOver(copies: Copies, prefix: string): Promise<void> {
  const known = await indexedDB.databases();
  for (const { name } of known) {
    if (name?.startsWith(prefix)) await takenOver(copies, name, name.slice(prefix.length));
  }
}

/** The same for one page, where a browser does not tell what it keeps. */
export async function takeOverPage(copies: Copies, prefix: string, page: string): Promise<void> {
  if (typeof indexedDB !== "undefined") await takenOver(copies, `${prefix}${page}`, page);
}
