import { describe, expect, test } from "vitest";
import { found, sideOf, sidesOf, vetoesLeft } from "../src/activities/partnering/sides";
import { shadeOf } from "../src/activities/partnering/strengths";

const names: Record<string, { name: string; school?: string }> = {
  ana: { name: "Ana Zupan", school: "Gimnazija Celje" },
  bor: { name: "Bor Novak", school: "Gimnazija Celje" },
  eva: { name: "Eva Nagy", school: "Petőfi Iskola" },
  jan: { name: "Jan" },
};
const nameOf = (person: string) => names[person] ?? { name: "" };
const join = (all: readonly string[]): string => all.join(" and ");

describe("a side", () => {
  test("is a school with its people", () => {
    expect(sidesOf(["s1", "s2"], ["ana", "bor", "eva"], nameOf, join)).toEqual([
      { unit: "s1", label: "Gimnazija Celje", people: "Ana Zupan and Bor Novak" },
      { unit: "s2", label: "Petőfi Iskola", people: "Eva Nagy" },
    ]);
  });

  test("is one person where people choose, also two of one school", () => {
    expect(sidesOf(["ana", "bor"], ["ana", "bor"], nameOf, join).map((side) => side.people)).toEqual([
      "Ana Zupan",
      "Bor Novak",
    ]);
  });

  test("without a school is called by its name", () => {
    expect(sideOf("jan", ["jan"], nameOf, join)).toEqual({ unit: "jan", label: "Jan", people: "" });
  });

  test("is found by school or person, with or without accents", () => {
    const side = sideOf("s2", ["eva"], nameOf, join);
    expect(found(side, "petofi")).toBe(true);
    expect(found(side, "NAGY ")).toBe(true);
    expect(found(side, "celje")).toBe(false);
  });
});

describe("how many may still be kept away", () => {
  test("counts a tap that is still under way, once", () => {
    const shown = { left: 1, vetoes: ["x"] };
    expect(vetoesLeft(shown, new Map())).toBe(1);
    expect(vetoesLeft(shown, new Map([["y", true]]))).toBe(0);
    expect(vetoesLeft(shown, new Map([["x", false]]))).toBe(2);
    expect(vetoesLeft(shown, new Map([["x", true]]))).toBe(1);
  });

  test("is never less than none", () => {
    const many = new Map([
      ["y", true],
      ["z", true],
    ]);
    expect(vetoesLeft({ left: 1, vetoes: [] }, many)).toBe(0);
  });
});

test("a strength has no direction", () => {
  const rows = ["", "2", "01"];
  expect(shadeOf(rows, 0, 1)).toBe("2");
  expect(shadeOf(rows, 1, 0)).toBe("2");
  expect(shadeOf(rows, 2, 1)).toBe("1");
  expect(shadeOf(rows, 0, 0)).toBeNull();
});
