import { expect, test } from "vitest";
import { isLasting, liveSpace, spacesOf } from "../src/activities/spaces";
import type { Session } from "../src/session/session";
import { Views } from "../src/state/views";

const CHOICE = { id: "choice", activity: "partnering" };

function seeing(mine: object): Session {
  const views = new Views({ put: () => Promise.resolve(), remove: () => Promise.resolve() } as never, "w1/p1");
  views.receive({ a: "room", p: "", seq: 1, body: { phases: [CHOICE, { id: "plan", activity: "talk" }] } });
  views.receive({
    a: "person:p1",
    p: "choice",
    seq: 1,
    body: { unit: "s1", team: ["p1"], stage: "confirmed", ...mine },
  });
  return { views } as Session;
}

const pair = { group: "choice-pair2", space: "choice/space/choice-pair2" };
const over = { page: "choice/pact/choice-pair1", people: ["p3"], space: "choice/space/choice-pair1" };

test("whoever has no partner has no space", () => {
  expect(spacesOf(seeing({}))).toEqual([]);
  expect(liveSpace(seeing({}))).toBeUndefined();
});

test("the bar leads to the partnership that lasts, a link also to one that has ended", () => {
  const session = seeing({ partnership: pair, former: [over] });
  expect(spacesOf(session).map(({ group, ended }) => [group, ended])).toEqual([
    ["choice-pair1", true],
    ["choice-pair2", false],
  ]);
  expect(liveSpace(session)?.group).toBe("choice-pair2");
  expect(liveSpace(seeing({ former: [over] }))).toBeUndefined();
});

test("a view that the device kept from before there were spaces names none", () => {
  const old = { page: over.page, people: over.people };
  expect(spacesOf(seeing({ partnership: { group: "choice-pair2" }, former: [old] }))).toEqual([]);
});

test("what partners write of what it is about and in their space is not closed with the phase, and all else is", () => {
  const session = seeing({});
  expect(isLasting(session, "choice/space/choice-pair2")).toBe(true);
  expect(isLasting(session, "choice/pact/choice-pair2")).toBe(true);
  expect(isLasting(session, "choice/board/choice-pair2")).toBe(false);
  expect(isLasting(session, "plan/space/choice-pair2")).toBe(false);
});
