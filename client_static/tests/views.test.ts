import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ViewFrame } from "../src/protocol/frames";
import { MemoryDrawer } from "../src/session/drawer";
import { Views } from "../src/state/views";

const SEAT = "w1/p1";

const told = (seq: number, aim: string): ViewFrame => ({ a: "person:p1", p: "arrival", seq, body: { aim } });

async function keptOf(drawer: MemoryDrawer): Promise<unknown> {
  const again = new Views(drawer, SEAT);
  await again.recover();
  return again.mine("arrival")?.body;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the first change is kept at once, and what follows it closely a moment later", async () => {
  const drawer = new MemoryDrawer();
  const views = new Views(drawer, SEAT);
  views.receive(told(1, "one"));
  views.receive(told(2, "two"));
  expect(await keptOf(drawer)).toEqual({ aim: "one" });
  vi.advanceTimersByTime(100);
  expect(await keptOf(drawer)).toEqual({ aim: "two" });
});

test("whoever turns away has what they saw last on the device", async () => {
  const drawer = new MemoryDrawer();
  const views = new Views(drawer, SEAT);
  views.receive(told(1, "one"));
  views.receive(told(2, "two"));
  views.keepNow();
  expect(await keptOf(drawer)).toEqual({ aim: "two" });
  views.receive(told(3, "three"));
  vi.advanceTimersByTime(100);
  expect(await keptOf(drawer)).toEqual({ aim: "three" });
});
