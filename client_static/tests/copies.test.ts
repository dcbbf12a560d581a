import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import { Copies, upgraded } from "../src/documents/copies";
import { DeviceCopy } from "../src/documents/copy";
import { takeOver } from "../src/documents/legacy";
import { openDrawer, StorageDrawer } from "../src/session/drawer";
import { Database } from "../src/session/database";
import { earlierKeys, keepSeat, keyOf } from "../src/session/seats";

const PAGE = "write/vignette/p1";
const NAME = "boundary-crossing-pages";

const pages = (): Database => new Database(NAME, 1, upgraded);
const copiesOf = (load: string, database = pages(), owner = "w1/p1"): Copies =>
  new Copies(database, Promise.resolve(owner), load);

interface Load {
  doc: Y.Doc;
  copy: DeviceCopy;
  unsent: boolean;
}

/** One load of the page on a device. */
async function loaded(copies: Copies, late?: () => void): Promise<Load> {
  const doc = new Y.Doc();
  const copy = new DeviceCopy(copies, PAGE, late ? { late } : {});
  const { unsent } = await copy.load(doc);
  return { doc, copy, unsent };
}

const says = ({ doc }: Load): string => doc.getText("t").toString();
const type = ({ doc }: Load, words: string): void => doc.getText("t").insert(doc.getText("t").length, words);

async function keptNow(): Promise<string> {
  const doc = new Y.Doc();
  for (const update of (await copiesOf("look").read(PAGE)).updates) Y.applyUpdate(doc, update);
  return doc.getText("t").toString();
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe("the copy of a page", () => {
  test("brings back every word of an earlier load, and says that they were not sent", async () => {
    const before = await loaded(copiesOf("a"));
    for (const letter of "typed underground") type(before, letter);
    await expect.poll(keptNow).toBe("typed underground");
    const after = await loaded(copiesOf("b"));
    expect(says(after)).toBe("typed underground");
    expect(after.unsent).toBe(true);
    expect(await copiesOf("b").waiting()).toEqual([{ page: PAGE, unsent: { a: expect.any(Number) as number } }]);
  });

  test("waits for nothing once its words are sent", async () => {
    const before = await loaded(copiesOf("a"));
    type(before, "one");
    await expect.poll(keptNow).toBe("one");
    const after = await loaded(copiesOf("b"));
    after.copy.settled();
    await expect.poll(() => copiesOf("c").waiting()).toEqual([]);
    expect(await keptNow()).toBe("one");
  });

  test("leaves to another tab what that one has typed since", async () => {
    const tab = await loaded(copiesOf("a"));
    type(tab, "one");
    await expect.poll(keptNow).toBe("one");
    const other = await loaded(copiesOf("b"));
    type(tab, " two");
    await expect.poll(keptNow).toBe("one two");
    other.copy.settled();
    await expect.poll(async () => (await copiesOf("c").waiting()).map(({ page }) => page)).toEqual([PAGE]);
    expect(await other.copy.recall()).toBe(true);
    expect(says(other)).toBe("one two");
    other.copy.settled();
    await expect.poll(() => copiesOf("c").waiting()).toEqual([]);
  });

  test("never throws into the document, and is whole again when the browser had closed it", async () => {
    const database = pages();
    const tab = await loaded(copiesOf("a", database));
    type(tab, "before ");
    await expect.poll(keptNow).toBe("before ");
    await new Promise((resolve) => {
      const removing = indexedDB.deleteDatabase(NAME);
      removing.onsuccess = resolve;
    });
    type(tab, "after");
    expect(says(tab)).toBe("before after");
    await expect.poll(keptNow).toBe("before after");
    expect(tab.copy.keeps.value).toBe(true);
  });

  test("says when the device is full, and keeps all of it when there is room again", async () => {
    const tab = await loaded(copiesOf("a"));
    type(tab, "before ");
    await expect.poll(keptNow).toBe("before ");
    const full = vi.spyOn(IDBObjectStore.prototype, "add").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    type(tab, "while full ");
    await expect.poll(() => tab.copy.keeps.value).toBe(false);
    type(tab, "still full ");
    full.mockRestore();
    await expect.poll(() => tab.copy.keeps.value, { timeout: 3_000 }).toBe(true);
    await expect.poll(keptNow).toBe("before while full still full ");
  });

  test("of a database that is refused is empty, says so, and holds nobody up", async () => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("denied", "SecurityError");
    });
    const tab = await loaded(copiesOf("a"));
    expect(tab.copy.keeps.value).toBe(false);
    type(tab, "typed all the same");
    expect(says(tab)).toBe("typed all the same");
  });

  test("of a database that hangs is given up after two seconds, and taken in when it comes after all", async () => {
    const left = await loaded(copiesOf("a"));
    type(left, "left behind");
    await expect.poll(keptNow).toBe("left behind");
    const open = indexedDB.open.bind(indexedDB);
    const answers: (() => void)[] = [];
    vi.spyOn(indexedDB, "open").mockImplementation((name, version) => {
      const request = {} as IDBOpenDBRequest;
      answers.push(() => {
        const real = open(name, version);
        real.onsuccess = () => {
          Object.defineProperty(request, "result", { value: real.result });
          request.onsuccess?.(new Event("success"));
        };
      });
      return request;
    });
    const late = vi.fn();
    const began = Date.now();
    const tab = await loaded(copiesOf("b"), late);
    expect(Date.now() - began).toBeLessThan(2_500);
    type(tab, "typed meanwhile, ");
    for (const answer of answers) answer();
    await expect.poll(() => tab.copy.keeps.value, { timeout: 4_000 }).toBe(true);
    expect(late).toHaveBeenCalledOnce();
    expect(says(tab)).toContain("left behind");
    vi.restoreAllMocks();
    await expect.poll(keptNow).toBe(says(tab));
  }, 15_000);

  test("is folded when it has grown, and says the same", async () => {
    const tab = await loaded(copiesOf("a"));
    for (let number = 0; number < 80; number += 1) {
      type(tab, `${number} `);
      await new Promise((resolve) => setTimeout(resolve));
    }
    await expect.poll(async () => (await copiesOf("b").read(PAGE)).updates.length).toBeGreaterThan(60);
    await expect.poll(async () => (await copiesOf("b").read(PAGE)).updates.length).toBe(1);
    expect(await keptNow()).toBe(says(tab));
  });

  test("of a page that is no longer ours goes, unless it holds words that nobody else has", async () => {
    const [copies, tab] = [copiesOf("a"), await loaded(copiesOf("a"))];
    type(tab, "mine");
    await expect.poll(keptNow).toBe("mine");
    await copies.forget(PAGE);
    expect(await keptNow()).toBe("mine");
    tab.copy.settled();
    await expect.poll(() => copies.waiting()).toEqual([]);
    await copies.forgetSaved();
    expect(await keptNow()).toBe("");
  });

  test("goes with its unsent words when their writer lets them go", async () => {
    const tab = await loaded(copiesOf("a"));
    type(tab, "mine");
    await tab.copy.discard();
    expect(await keptNow()).toBe("");
    expect(await copiesOf("b").waiting()).toEqual([]);
  });
});

describe("somebody who comes back", () => {
  test("by another link finds what the earlier one left, and it is sent", async () => {
    const before = await loaded(copiesOf("a", pages(), "w1/firsttoken12"));
    type(before, "typed under the old link");
    await expect.poll(() => copiesOf("x", pages(), "w1/firsttoken12").waiting()).toHaveLength(1);
    const mine = copiesOf("b");
    await mine.adopt("w1/firsttoken12");
    const after = await loaded(mine);
    expect([says(after), after.unsent]).toEqual(["typed under the old link", true]);
    expect(await copiesOf("x", pages(), "w1/firsttoken12").waiting()).toEqual([]);
  });

  test("is known by the person, and by every token of theirs on this device", () => {
    const first = { workshop: "w1", token: "firsttoken12345678", role: "person", id: "p1" } as const;
    const second = { ...first, token: "secondtoken12345678" };
    for (const seat of [first, second, { ...first, token: "othertoken12345678", id: "p2" }]) keepSeat(seat);
    expect(keyOf(second)).toBe("w1/p1");
    expect(earlierKeys(second)).toEqual(["w1/secondtoken1", "w1/firsttoken12"]);
  });

  test("with an earlier edition's databases finds every word in them", async () => {
    const doc = new Y.Doc();
    const old = new IndexeddbPersistence(`bc/w1/firsttoken12/${PAGE}`, doc);
    await old.whenSynced;
    doc.getText("t").insert(0, "kept by the edition before");
    await old.destroy();
    const mine = copiesOf("b");
    await takeOver(mine, "bc/w1/firsttoken12/");
    expect(await keptNow()).toBe("kept by the edition before");
    expect((await mine.waiting()).map(({ page }) => page)).toEqual([PAGE]);
    await expect.poll(async () => (await indexedDB.databases()).map(({ name }) => name)).toEqual([NAME]);
  });
});

test("what a load without a database left in the small storage is found by one that has it", async () => {
  await new StorageDrawer(localStorage).put("w1/p1/wish/1", { n: 1 });
  const drawer = await openDrawer();
  expect(await drawer.all("w1/p1/")).toEqual([["w1/p1/wish/1", { n: 1 }]]);
  expect(await new StorageDrawer(localStorage).all("")).toEqual([]);
});

test("a drawer whose database hangs is opened elsewhere", async () => {
  vi.spyOn(indexedDB, "open").mockImplementation(() => ({}) as IDBOpenDBRequest);
  expect(await openDrawer()).toBeInstanceOf(StorageDrawer);
});
