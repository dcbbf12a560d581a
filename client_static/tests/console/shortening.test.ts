import { expect, test } from "vitest";
import { planOf } from "../../src/console/plan/plan";
import { cutFirst, leftOut, remaining, shared, shorterForms } from "../../src/console/plan/shortening";
import type { ConsolePack } from "../../src/console/shown";
import type { PhaseWords, Step } from "../../src/state/path";
import { MINUTE_MS, NOON_MS, phase } from "./room";

const step = (id: string, minutes: number, more: Partial<Step> = {}): Step => ({ id, title: id, minutes, ...more });

const words = (variants: PhaseWords["variants"], more: Partial<PhaseWords> = {}): PhaseWords => ({
  activity: "talk",
  title: "T",
  short: "T",
  aim: "",
  card: {},
  variants,
  ...more,
});

const pack = {
  id: "p",
  title: "P",
  language: "en",
  phases: {
    interviews: words({
      standard: {
        minutes: 30,
        steps: [step("frame", 5), step("talk", 20, { never_cut: true }), step("wall", 5, { cut: 1 })],
      },
      short: { minutes: 20, steps: [step("talk", 20, { never_cut: true })] },
      bare: { minutes: 5, cut: 2, steps: [step("frame", 5)] },
    }),
    rest: words({ standard: { minutes: 15, steps: [step("rest", 15)] } }, { config: { kind: "break" } }),
    choice: words({
      standard: {
        minutes: 20,
        steps: [step("speed", 5, { cut: 2 }), step("meet", 10, { never_cut: true }), step("again", 5)],
      },
    }),
    lines: words({
      standard: { minutes: 25, steps: [step("all", 25)] },
      short: { minutes: 15, cut: 3, steps: [step("some", 15)] },
    }),
    close: words({ standard: { minutes: 10, steps: [step("word", 10)] } }),
  },
} satisfies ConsolePack;

const DAY = ["interviews", "rest", "choice", "lines", "close"] as const;
const MINUTES = { interviews: 30, rest: 15, choice: 20, lines: 25, close: 10 };

/** The room is in its interviews since `spent` minutes. */
function day(spent: number, roomStep = 0) {
  const begun = NOON_MS - spent * MINUTE_MS;
  const phases = DAY.map((id) =>
    phase(id, {
      minutes: MINUTES[id],
      ...(id === "interviews" ? { status: "open", opened_ms: begun, entered_ms: begun } : {}),
    }),
  );
  const plan = planOf(phases, "interviews", NOON_MS);
  const all = remaining(plan, pack);
  return { plan, all, first: cutFirst(all, roomStep) };
}

test("what the path cuts first comes first, in its order", () => {
  expect(day(3).first.map(({ what, wins }) => [what, wins])).toEqual([
    ["wall", 5],
    ["speed", 5],
    ["short", 10],
  ]);
});

test("a step that the room has reached is offered no more", () => {
  expect(day(25, 2).first.map((cut) => cut.what)).toEqual(["speed", "short"]);
});

test("nothing offers to lose what is never cut, nor a pause", () => {
  const { all } = day(3);
  const out = all.flatMap((one) => leftOut(one, all)?.phase ?? []);
  expect(out).toEqual(["lines", "close"]);
  const forms = all.flatMap((one) => shorterForms(one).map((cut) => `${cut.phase}/${cut.what}`));
  expect(forms).toEqual(["lines/short"]);
});

test("a phase in whose groups a later one works is not offered to be left out", () => {
  const { all } = day(3);
  const needed = all.map((one) =>
    one.stop.phase.id === "close"
      ? { ...one, words: { ...one.words, groups: { g: { form: "same", phase: "lines" } } } }
      : one,
  );
  expect(needed.flatMap((one) => leftOut(one, needed)?.phase ?? [])).toEqual(["close"]);
});

test("a delay is shared in proportion to what each can give, to the minute, and pauses give nothing", () => {
  const { all } = day(3);
  const minutes = shared(all, 11);
  expect(minutes).not.toHaveProperty("rest");
  const given = Object.entries(minutes).reduce(
    (sum, [id, left]) => sum + MINUTES[id as keyof typeof MINUTES] - left,
    0,
  );
  expect(given).toBe(11);
  for (const one of all) expect(minutes[one.stop.phase.id] ?? Infinity).toBeGreaterThanOrEqual(one.floor);
  expect(minutes["choice"]).toBeGreaterThanOrEqual(10);
});

test("no more is shared than there is", () => {
  const { all } = day(3);
  const minutes = shared(all, 500);
  expect(minutes["interviews"]).toBe(20);
  expect(minutes["choice"]).toBe(10);
  expect(Object.values(minutes).every((left) => left >= 1)).toBe(true);
});

test("a phase that is going on gives no minute that has passed", () => {
  const { all } = day(28);
  expect(shared(all, 500)["interviews"]).toBe(28);
});
