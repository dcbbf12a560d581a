/** A database of the browser that is opened when it is needed, opened again when it was closed, and never waited for long. */

import { type ReadonlySignal, signal } from "@preact/signals";

/** Some browsers neither open a damaged database nor say no: after this we go on without. */
const PATIENCE_MS = 2_000;

type Work<T> = (transaction: IDBTransaction) => () => T;

function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("the browser's database does not answer")), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

function opened(name: string, version: number, upgrade: (database: IDBDatabase) => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => upgrade(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's database refused"));
  });
}

function done<T>(database: IDBDatabase, stores: string[], mode: IDBTransactionMode, work: Work<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, mode);
    const failed = (): void => reject(transaction.error ?? new Error("the browser's database refused"));
    transaction.onabort = failed;
    transaction.onerror = failed;
    const result = work(transaction);
    transaction.oncomplete = () => resolve(result());
  });
}

export class Database {
  private readonly working = signal(true);
  /** Whether what was asked last was done. */
  readonly works: ReadonlySignal<boolean> = this.working;
  private opening: Promise<IDBDatabase> | null = null;
  private overdue = false;
  /** How often it was opened: after another time, what was in it may be gone. */
  openings = 0;

  constructor(
    private readonly name: string,
    private readonly version: number,
    private readonly upgrade: (database: IDBDatabase) => void,
  ) {}

  /** One transaction; what `work` returns is asked for the result when it is complete. Rejects, and never throws. */
  async run<T>(stores: string[], mode: IDBTransactionMode, work: Work<T>): Promise<T> {
    try {
      const result = await this.tried(stores, mode, work);
      this.working.value = true;
      return result;
    } catch (error) {
      this.working.value = false;
      throw error;
    }
  }

  private async tried<T>(stores: string[], mode: IDBTransactionMode, work: Work<T>): Promise<T> {
    const database = await this.open();
    try {
      return await within(done(database, stores, mode, work), PATIENCE_MS);
    } catch (error) {
      if ((error as Partial<DOMException>).name !== "InvalidStateError") throw error;
      // The browser had closed it under us, which says nothing about the next.
      this.opening = null;
      return within(done(await this.open(), stores, mode, work), PATIENCE_MS);
    }
  }

  private async open(): Promise<IDBDatabase> {
    const opening = (this.opening ??= this.request());
    // Whoever comes while one is long overdue need not wait as long again.
    if (this.overdue) return within(opening, 0);
    try {
      return await within(opening, PATIENCE_MS);
    } catch (error) {
      this.overdue = this.opening === opening;
      throw error;
    }
  }

  private request(): Promise<IDBDatabase> {
    const opening = opened(this.name, this.version, this.upgrade).then(
      (database) => {
        this.overdue = false;
        this.openings += 1;
        database.onclose = () => (this.opening = null);
        // Another page wants to change or remove it: holding on would stop that page for ever.
        database.onversionchange = () => {
          database.close();
          this.opening = null;
        };
        return database;
      },
      (error: unknown) => {
        this.overdue = false;
        this.opening = null;
        throw error;
      },
    );
    return opening;
  }
}
