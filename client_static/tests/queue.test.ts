import "fake-indexeddb/auto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Accepted, CommandFrame, Refused } from "../src/protocol/frames";
import { type Drawer, MemoryDrawer, openDrawer, StorageDrawer } from "../src/session/drawer";
import { Queue, type Send } from "../src/session/queue";

class Server {
  readonly log: CommandFrame[] = [];
  readonly heard: CommandFrame[] = [];
  /** What happens to the next frames before the rules see them. */
  mishaps: ("lost" | "answer lost" | "away" | "refused")[] = [];

  readonly send: Send = async (frame): Promise<Accepted | Refused> => {
    this.heard.push(frame);
    const mishap = this.mishaps.shift();
    if (mishap === "lost") throw new Error("timeout");
    if (mishap === "away") return { t: "no", code: "away", then: "retry", after_ms: 1 };
    if (mishap === "refused") return { t: "no", code: "no_votes_left" };
    const repeat = this.log.some((one) => one.device === frame.device && one.n === frame.n);
    if (!repeat) this.log.push(frame);
    if (mishap === "answer lost") throw new Error("timeout");
    return { t: "ok", seq: this.log.length, ...(repeat ? { repeat } : {}) };
  };
}

const CAST = { type: "CastVote" };
let drawer: Drawer;
let server: Server;
let time = 0;

function load(
  device: string,
  over: Drawer = drawer,
  orphaned?: (frame: CommandFrame, refusal: Refused) => void,
): Queue {
  const wait = async (): Promise<void> => undefined;
  time += 1000;
  let tick = time;
  const now = (): number => tick++;
  return new Queue({
    drawer: over,
    seat: "w1/p1",
    device,
    send: server.send,
    now,
    wait,
    ...(orphaned ? { orphaned } : {}),
  });
}

beforeEach(() => {
  drawer = new MemoryDrawer();
  server = new Server();
});

describe("wishes", () => {
  test("leave in the order in which they were made, numbered from 1", async () => {
    const queue = load("a");
    const outcomes = [queue.submit("s", CAST), queue.submit("s", CAST), queue.submit("s", CAST)];
    queue.connect();
    await Promise.all(outcomes);
    expect(server.log.map((frame) => frame.n)).toEqual([1, 2, 3]);
    expect(queue.pending.value).toBe(0);
  });

  test("whose answer was lost are sent again under the same number and count once", async () => {
    const queue = load("a");
    server.mishaps = ["answer lost", "lost"];
    queue.connect();
    expect(await queue.submit("s", CAST)).toEqual({ t: "ok", seq: 1, repeat: true });
    expect(server.heard.map((frame) => frame.n)).toEqual([1, 1, 1]);
    expect(server.log).toHaveLength(1);
  });

  test("that must be retried hold back those behind them", async () => {
    const queue = load("a");
    server.mishaps = ["away", "away"];
    queue.connect();
    await Promise.all([queue.submit("s", CAST), queue.submit("s", CAST)]);
    expect(server.heard.map((frame) => frame.n)).toEqual([1, 1, 1, 2]);
  });

  test("that are refused for good tell whoever made them and are forgotten", async () => {
    const queue = load("a");
    server.mishaps = ["refused"];
    queue.connect();
    expect(await queue.submit("s", CAST)).toEqual({ t: "no", code: "no_votes_left" });
    expect(await drawer.all("")).toEqual([]);
  });

  test("made offline wait and go out once there is a connection", async () => {
    const queue = load("a");
    const outcome = queue.submit("s", CAST);
    await Promise.resolve();
    expect(server.heard).toEqual([]);
    expect(queue.pending.value).toBe(1);
    queue.connect();
    await outcome;
    expect(server.log).toHaveLength(1);
  });
});

describe.each([
  ["the database", () => openDrawer()],
  ["the small storage", async () => new StorageDrawer(localStorage)],
])("a reload with %s", (_name, open) => {
  beforeEach(async () => {
    drawer = await open();
    for (const [key] of await drawer.all("")) await drawer.remove(key);
  });

  test("sends what was left with its own device and number, before anything new", async () => {
    const before = load("a");
    void before.submit("s", CAST);
    void before.submit("s", { type: "Second" });
    await expect.poll(async () => (await drawer.all("")).length).toBe(2);
    const after = load("b");
    await after.recover();
    expect(after.pending.value).toBe(2);
    const fresh = after.submit("s", { type: "Third" });
    after.connect();
    await fresh;
    expect(server.log.map(({ device, n }) => `${device}${n}`)).toEqual(["a1", "a2", "b1"]);
    expect(await drawer.all("")).toEqual([]);
  });

  test("in the middle of an answer does not count twice", async () => {
    const before = load("a");
    server.mishaps = ["answer lost"];
    void before.submit("s", CAST);
    before.connect();
    await expect.poll(() => server.log.length).toBe(1);
    before.disconnect();
    const after = load("b");
    await after.recover();
    after.connect();
    await expect.poll(async () => (await drawer.all("")).length).toBe(0);
    expect(server.log).toHaveLength(1);
  });

  test("surfaces what is refused although nobody awaits it", async () => {
    void load("a").submit("s", CAST);
    await expect.poll(async () => (await drawer.all("")).length).toBe(1);
    const surfaced: string[] = [];
    const after = load("b", drawer, (_frame, refusal) => surfaced.push(refusal.code));
    server.mishaps = ["refused"];
    await after.recover();
    after.connect();
    await expect.poll(() => surfaced).toEqual(["no_votes_left"]);
  });

  test("of another seat on this device leaves these alone", async () => {
    void load("a").submit("s", CAST);
    await expect.poll(async () => (await drawer.all("")).length).toBe(1);
    const other = new Queue({ drawer, seat: "w1/p2", device: "b", send: server.send });
    await other.recover();
    expect(other.pending.value).toBe(0);
  });
});
