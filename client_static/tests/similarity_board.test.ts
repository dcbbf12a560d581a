import { describe, expect, test } from "vitest";
import { dotted, liesAt, moveOf, pileAt, pilesShown } from "../src/activities/similarity/moves";

const cards = [{ id: "a", cluster: 1 }, { id: "b" }, { id: "c", cluster: 3 }];
const unnamed = (): boolean => false;

describe("a card", () => {
  test("lies where I last put it, until the server has answered", () => {
    expect(liesAt({ id: "a", cluster: 1 }, [{ card: "a", to: 2 }])).toBe(2);
    expect(liesAt({ id: "a", cluster: 1 }, [{ card: "b", to: 2 }])).toBe(1);
    expect(liesAt({ id: "a", cluster: 1 }, [{ card: "a", to: null }])).toBeNull();
  });

  test("says from where it was moved, so that the second of two moves is noticed", () => {
    expect(moveOf("g", { id: "a", cluster: 1 }, 2, [])).toEqual({
      type: "PlaceCard",
      group: "g",
      card: "a",
      cluster: 2,
      left: 1,
    });
  });

  test("moved twice in a row is moved from where it was put, not from where the server still shows it", () => {
    expect(moveOf("g", { id: "a", cluster: 1 }, 3, [{ card: "a", to: 2 }])?.left).toBe(2);
  });

  test("put where it lies is not a move", () => {
    expect(moveOf("g", { id: "a", cluster: 1 }, 1, [])).toBeNull();
    expect(moveOf("g", { id: "b" }, null, [])).toBeNull();
  });

  test("put beside the piles names no pile", () => {
    expect(moveOf("g", { id: "a", cluster: 1 }, null, [])).not.toHaveProperty("cluster");
  });
});

describe("the piles", () => {
  test("that are shown hold a card or have a name, and one is free", () => {
    expect(pilesShown(5, cards, [], unnamed)).toEqual([1, 2, 3]);
    expect(pilesShown(5, cards, [], (pile) => pile === 5)).toEqual([1, 2, 3, 5]);
    expect(pilesShown(2, cards, [{ card: "b", to: 2 }], unnamed)).toEqual([1, 2]);
  });

  test("catch a card that is dropped on them or just beside, and nothing far away", () => {
    const boxes = [
      { pile: 1, left: 0, top: 0, right: 100, bottom: 100 },
      { pile: null, left: 0, top: 130, right: 100, bottom: 200 },
    ];
    expect(pileAt(50, 50, boxes)).toBe(1);
    expect(pileAt(50, 112, boxes)).toBe(1);
    expect(pileAt(50, 125, boxes)).toBeNull();
    expect(pileAt(400, 400, boxes)).toBeUndefined();
  });
});

describe("dots", () => {
  test("are never more than each has, and never less than none", () => {
    expect(dotted([], 2, 1, 3, 3)).toEqual([0, 1, 0]);
    expect(dotted([2, 1, 0], 3, 1, 3, 3)).toEqual([2, 1, 0]);
    expect(dotted([0, 1, 0], 1, -1, 3, 3)).toEqual([0, 1, 0]);
    expect(dotted([2, 1, 0], 1, -1, 3, 3)).toEqual([1, 1, 0]);
  });
});
