/** What this browser keeps for us, or, where its storage is blocked, what this page remembers while it is open. */

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** A storage that is blocked throws even when it is only named; what it refuses lives as long as the page. */
export function shelfOf(storage: () => Shelf): Shelf {
  const held = new Map<string, string>();
  const tried = <T>(use: (shelf: Shelf) => T, otherwise: T): T => {
    try {
      return use(storage());
    } catch {
      return otherwise;
    }
  };
  return {
    getItem: (key) => held.get(key) ?? tried((shelf) => shelf.getItem(key), null),
    setItem: (key, value) => {
      held.delete(key);
      const written = tried((shelf) => {
        shelf.setItem(key, value);
        return true;
      }, false);
      if (!written) held.set(key, value);
    },
    removeItem: (key) => {
      held.delete(key);
      tried((shelf) => shelf.removeItem(key), undefined);
    },
  };
}

/** By the whole browser, across visits. */
export const kept = shelfOf(() => localStorage);

/** By this tab alone, across reloads. */
export const keptHere = shelfOf(() => sessionStorage);
