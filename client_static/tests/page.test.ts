import { signal } from "@preact/signals";
import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import type { Copy, Loaded } from "../src/documents/copy";
import { lacks } from "../src/documents/lack";
import { OpenPage, type Wire } from "../src/documents/page";
import type { Refused, Right } from "../src/protocol/frames";

/** The other side: a document, its entries, and what may go wrong on the way. */
class Server {
  doc = new Y.Doc();
  refusal: Refused | null = null;
  readonly live = signal(true);
  entries: Uint8Array[] = [];
  right: Right = "write";
  mishaps: ("lost" | "answer lost" | Refused)[] = [];
  held: (() => void)[] | null = null;

  readonly wire: Wire = {
    live: this.live,
    open: async (page, vector) =>
      this.refusal ?? {
        t: "page",
        page,
        right: this.right,
        update: Y.encodeStateAsUpdate(this.doc, vector),
        vector: Y.encodeStateVector(this.doc),
        upto: "0-0",
      },
    update: async (_page, u) => {
      const mishap = this.mishaps.shift();
      if (mishap === "lost") throw new Error("timeout");
      if (typeof mishap === "object") return mishap;
      if (this.held) await new Promise<void>((go) => this.held?.push(go));
      this.entries.push(u);
      Y.applyUpdate(this.doc, u);
      if (mishap === "answer lost") throw new Error("timeout");
      return { t: "saved", id: `${this.entries.length}-0` };
    },
    saved: () => undefined,
  };

  /** Whoever opens a page waits for the answer until this is called. */
  holdsTheDoor(): () => void {
    let answer: () => void = () => undefined;
    const waiting = new Promise<void>((go) => (answer = go));
    const { open } = this.wire;
    this.wire.open = async (page, vector) => {
      await waiting;
      return open(page, vector);
    };
    return answer;
  }

  get text(): string {
    return this.doc.getText("t").toString();
  }
}

/** A device that holds what it is given, and remembers what it was told. */
class Device implements Copy {
  readonly keeps = signal(true);
  right: Right | null = null;
  unsent = false;
  left: Uint8Array | null = null;
  gone = false;
  delay = Promise.resolve();

  async load(doc: Y.Doc): Promise<Loaded> {
    await this.delay;
    if (this.left) Y.applyUpdate(doc, this.left, this);
    return { right: this.right, unsent: this.unsent };
  }
  async recall(): Promise<boolean> {
    return this.unsent;
  }
  knows(): boolean {
    return false;
  }
  settled(): void {
    this.unsent = false;
  }
  allowed(right: Right): void {
    this.right = right;
  }
  forget(): void {
    this.gone = true;
  }
  async discard(): Promise<void> {
    this.gone = true;
  }
  close(): void {}
}

/** What was typed in an earlier load, and never sent. */
function leftUnsent(words: string): Device {
  const doc = new Y.Doc();
  doc.getText("t").insert(0, words);
  const device = new Device();
  device.left = Y.encodeStateAsUpdate(doc);
  device.unsent = true;
  return device;
}

let server: Server;

async function open(device: Copy = new Device()): Promise<OpenPage> {
  const page = new OpenPage("write/vignette/p1", server.wire, device);
  await expect.poll(() => page.mark.value).not.toBe("opening");
  return page;
}

beforeEach(() => {
  server = new Server();
});

describe("a page", () => {
  test("sends the first edit at once and the next ones merged behind its answer", async () => {
    const page = await open();
    server.held = [];
    page.text("t").insert(0, "a");
    await expect.poll(() => server.held?.length).toBe(1);
    for (const letter of "bcdef") page.text("t").insert(page.text("t").length, letter);
    expect(page.mark.value).toBe("saving");
    const [go] = server.held;
    server.held = null;
    go?.();
    await expect.poll(() => page.mark.value).toBe("saved");
    expect(server.entries).toHaveLength(2);
    expect(server.text).toBe("abcdef");
  });

  test("that was written offline merges with what others wrote", async () => {
    const page = await open();
    server.live.value = false;
    page.text("t").insert(0, "mine");
    expect(page.mark.value).toBe("offline");
    server.doc.getText("t").insert(0, "theirs");
    server.live.value = true;
    await expect.poll(() => page.mark.value).toBe("saved");
    expect(server.text).toBe(page.text("t").toString());
    expect(server.text).toContain("mine");
    expect(server.text).toContain("theirs");
  });

  test("that an earlier load left unsent is sent by the next", async () => {
    const device = leftUnsent("before the reload");
    const page = await open(device);
    await expect.poll(() => server.text).toBe("before the reload");
    await expect.poll(() => page.mark.value).toBe("saved");
    expect(device.unsent).toBe(false);
  });

  test("that an earlier load left unsent waits, and says so, before any server has answered", async () => {
    server.live.value = false;
    const page = await open(leftUnsent("underground"));
    expect(page.dirty.value).toBe(true);
    expect(page.mark.value).toBe("offline");
  });

  test("that was never opened can be written without a network", async () => {
    server.live.value = false;
    const page = await open();
    expect(page.ready.value).toBe(true);
    page.text("t").insert(0, "first words");
    server.live.value = true;
    await expect.poll(() => server.text).toBe("first words");
  });

  test("takes the first letter of whoever is quicker than the server", async () => {
    const answer = server.holdsTheDoor();
    const page = new OpenPage("write/vignette/p1", server.wire, new Device());
    await page.loaded;
    expect(page.locked.value).toBe(true);
    page.takeInHand();
    await expect.poll(() => page.locked.value).toBe(false);
    page.text("t").insert(0, "I");
    answer();
    await expect.poll(() => server.text).toBe("I");
  });

  test("that is not theirs to write keeps the letters of whoever was quicker than the answer", async () => {
    server.right = "read";
    const answer = server.holdsTheDoor();
    const page = new OpenPage("write/vignette/p1", server.wire, new Device());
    page.takeInHand();
    await expect.poll(() => page.locked.value).toBe(false);
    page.text("t").insert(0, "I");
    answer();
    await expect.poll(() => page.mark.value).toBe("kept");
    expect(page.locked.value).toBe(true);
    expect(page.words()).toEqual({ t: "I" });
    expect(server.text).toBe("");
  });

  test("that could only be read stays locked without a network", async () => {
    server.live.value = false;
    const device = new Device();
    device.right = "read";
    const page = await open(device);
    expect(page.right.value).toBe("read");
  });

  test("whose server was put back to an older state brings its words back", async () => {
    const page = await open();
    page.text("t").insert(0, "before ");
    await expect.poll(() => page.mark.value).toBe("saved");
    const older = Y.encodeStateAsUpdate(server.doc);
    page.text("t").insert(7, "after");
    await expect.poll(() => page.mark.value).toBe("saved");
    server.doc = new Y.Doc();
    Y.applyUpdate(server.doc, older);
    page.received({ page: page.page, u: older, id: "1-0", vector: Y.encodeStateVector(server.doc) });
    await expect.poll(() => server.text).toBe("before after");
    await expect.poll(() => page.mark.value).toBe("saved");
  });

  test("that is taken from its writer leaves no copy, unless it holds words that nobody else has", async () => {
    const [saved, unsent] = [new Device(), leftUnsent("mine alone")];
    const one = await open(saved);
    one.allowed({ page: one.page, right: "none" });
    expect(saved.gone).toBe(true);
    server.refusal = { t: "no", code: "not_your_page", then: "stop" };
    const other = await open(unsent);
    await expect.poll(() => other.mark.value).toBe("kept");
    expect(other.refused.value).toBe("not_your_page");
    expect(unsent.gone).toBe(false);
  });

  test("that is taken away under a writing hand can be written until the hand leaves it, and keeps those words", async () => {
    const [quiet, writing] = [new Device(), new Device()];
    const [one, other] = [await open(quiet), await open(writing)];
    for (const page of [one, other]) {
      page.takeInHand();
      page.allowed({ page: page.page, right: "none" });
      expect(page.locked.value).toBe(false);
    }
    expect(quiet.gone).toBe(false);
    other.text("t").insert(0, "to the end of the sentence");
    for (const page of [one, other]) page.letGo();
    expect(one.locked.value && other.locked.value).toBe(true);
    expect(quiet.gone).toBe(true);
    expect(writing.gone).toBe(false);
    expect(other.mark.value).toBe("kept");
  });

  test("that gets an update which cannot be read asks for the whole of it", async () => {
    const page = await open();
    server.doc.getText("t").insert(0, "theirs");
    page.received({ page: page.page, u: new Uint8Array([1, 2, 3]), id: "1-0" });
    await expect.poll(() => page.text("t").toString(), { timeout: 4_000 }).toBe("theirs");
  });

  test("whose answer was lost is not written twice", async () => {
    const page = await open();
    server.mishaps = ["answer lost"];
    page.text("t").insert(0, "once");
    server.live.value = false;
    server.live.value = true;
    await expect.poll(() => page.mark.value).toBe("saved");
    expect(server.text).toBe("once");
  });

  test("that is opened again unchanged writes nothing, even after deletions", async () => {
    const page = await open();
    page.text("t").insert(0, "abc");
    page.text("t").delete(1, 1);
    await expect.poll(() => page.mark.value).toBe("saved");
    const written = server.entries.length;
    server.live.value = false;
    server.live.value = true;
    await expect.poll(() => page.mark.value).toBe("saved");
    expect(server.entries).toHaveLength(written);
  });

  test("whose offline deletion is its only change still sends it", async () => {
    const page = await open();
    page.text("t").insert(0, "abc");
    await expect.poll(() => page.mark.value).toBe("saved");
    server.live.value = false;
    page.text("t").delete(0, 1);
    server.live.value = true;
    await expect.poll(() => server.text).toBe("bc");
  });

  test("that was closed under the hand keeps the words as a draft, and sends them when it is opened again", async () => {
    const page = await open();
    server.mishaps = [{ t: "no", code: "phase_closed", then: "stop" }];
    page.text("t").insert(0, "the last sentence");
    await expect.poll(() => page.mark.value).toBe("kept");
    expect(page.right.value).toBe("read");
    expect(page.text("t").toString()).toBe("the last sentence");
    page.allowed({ page: page.page, right: "write" });
    await expect.poll(() => server.text).toBe("the last sentence");
    expect(page.mark.value).toBe("saved");
  });

  test("whose right ends in the middle of a sentence still offers what was typed before", async () => {
    const page = await open();
    server.held = [];
    page.text("t").insert(0, "me");
    await expect.poll(() => server.held?.length).toBe(1);
    page.text("t").insert(2, "et");
    page.allowed({ page: page.page, right: "read" });
    const [go] = server.held;
    server.held = null;
    go?.();
    await expect.poll(() => server.text).toBe("meet");
    await expect.poll(() => page.mark.value).toBe("saved");
  });

  test("whose last letters came too late says that they are kept, and never goes on saving", async () => {
    const page = await open();
    server.held = [];
    page.text("t").insert(0, "me");
    await expect.poll(() => server.held?.length).toBe(1);
    page.text("t").insert(2, "et");
    page.allowed({ page: page.page, right: "read" });
    server.mishaps = [{ t: "no", code: "read_only", then: "stop" }];
    const [go] = server.held;
    server.held = null;
    go?.();
    await expect.poll(() => page.mark.value).toBe("kept");
    expect(page.text("t").toString()).toBe("meet");
  });

  test("that may only be read sends nothing", async () => {
    server.right = "read";
    server.doc.getText("t").insert(0, "theirs");
    const page = await open();
    expect(page.text("t").toString()).toBe("theirs");
    expect(server.entries).toEqual([]);
    expect(page.mark.value).toBe("saved");
  });
});

test("a difference without news is none", () => {
  const one = new Y.Doc();
  one.getText("t").insert(0, "abc");
  one.getText("t").delete(0, 1);
  const vector = Y.encodeStateVector(one);
  const answered = Y.encodeStateAsUpdate(one, vector);
  expect(lacks(Y.encodeStateAsUpdate(one, vector), answered)).toBe(false);
  one.getText("t").delete(0, 1);
  expect(lacks(Y.encodeStateAsUpdate(one, vector), answered)).toBe(true);
});
