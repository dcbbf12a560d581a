import { signal } from "@preact/signals";
import { beforeEach, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { lacks } from "../src/documents/lack";
import { OpenPage, type Wire } from "../src/documents/page";
import type { Refused, Right } from "../src/protocol/frames";

/** The other side: a document, its entries, and what may go wrong on the way. */
class Server {
  readonly doc = new Y.Doc();
  readonly live = signal(true);
  entries: Uint8Array[] = [];
  right: Right = "write";
  mishaps: ("lost" | "answer lost" | Refused)[] = [];
  held: (() => void)[] | null = null;

  readonly wire: Wire = {
    live: this.live,
    open: async (page, vector) => ({
      t: "page",
      page,
      right: this.right,
      update: Y.encodeStateAsUpdate(this.doc, vector),
      vector: Y.encodeStateVector(this.doc),
      upto: "0-0",
    }),
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

  get text(): string {
    return this.doc.getText("t").toString();
  }
}

const nothingKept = async (): Promise<void> => undefined;
let server: Server;

async function open(keep: (doc: Y.Doc) => Promise<void> = nothingKept): Promise<OpenPage> {
  const page = new OpenPage("write/vignette/p1", server.wire, keep);
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
    const left = new Y.Doc();
    left.getText("t").insert(0, "before the reload");
    await open(async (doc) => Y.applyUpdate(doc, Y.encodeStateAsUpdate(left)));
    await expect.poll(() => server.text).toBe("before the reload");
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
