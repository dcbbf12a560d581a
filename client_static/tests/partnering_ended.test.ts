import { expect, test } from "vitest";
import { endedWith } from "../src/activities/partnering/ended";
import type { PartneringForPerson } from "../src/protocol/generated";

const seen = (some: Partial<PartneringForPerson>): PartneringForPerson => ({
  unit: "ours",
  team: [],
  stage: "waiting",
  ...some,
});
const BEFORE = { pair1: { units: ["birch"], names: "Birch school" } };

test("a proposal that was on the screen and came to nothing is told, whoever let it go", () => {
  expect(endedWith(BEFORE, seen({}))).toEqual(["Birch school"]);
});

test("a proposal that is open still, or became a partnership, has not ended", () => {
  const card = { proposal: "pair1", units: ["birch"], people: [], expires_at_ms: 0, total_ms: 0 };
  expect(endedWith(BEFORE, seen({ proposals: [card] }))).toEqual([]);
  const pact = { page: "page", sides: 2 };
  const partnership = { partnership: "pair1", group: "g", units: ["birch", "ours"], people: [], pact, confirmed_ms: 0 };
  expect(endedWith(BEFORE, seen({ partnership }))).toEqual([]);
});
