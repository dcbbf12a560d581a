import { describe, expect, test } from "vitest";
import { apart, BESIDE, pictureOf, WIDTH, wrapped, xOf } from "../src/activities/network_dimensions/picture";

const line = (id: string) => ({
  id,
  label: id,
  low: "between us and our region",
  high: "open to wider networks online",
});
const person = (person: string, values: Record<string, number>, stars: string[] = []) => ({ person, values, stars });

describe("the picture", () => {
  test("lays five places evenly between its edges", () => {
    expect(xOf(0)).toBe(WIDTH / 2);
    expect(xOf(2) - xOf(1)).toBeCloseTo(xOf(-1) - xOf(-2));
    expect(xOf(-2)).toBeGreaterThan(0);
    expect(xOf(2)).toBeLessThan(WIDTH);
  });

  test("lets no marker hide another, and keeps them in their row", () => {
    const people = [person("a", { x: 1 }), person("b", { x: 1 }), person("c", { x: 1 }), person("d", { x: -1 })];
    const [row] = pictureOf([line("x")], people).rows;
    const together = (row?.markers ?? []).filter((one) => one.value === 1).map((one) => one.y);
    expect(together).toEqual([(row?.y ?? 0) - BESIDE, row?.y, (row?.y ?? 0) + BESIDE]);
    expect(row?.markers.at(-1)?.y).toBe(row?.y);
    expect(Math.min(...together)).toBeGreaterThan((row?.top ?? 0) + 20);
    expect(Math.max(...together)).toBeLessThan(row?.poleY ?? 0);
  });

  test("has rows that never overlap, however many want the same", () => {
    const people = [person("a", { x: 0, y: 0 }), person("b", { x: 0, y: 1 })];
    const { rows, height } = pictureOf([line("x"), line("y")], people);
    expect(rows[1]?.top).toBeGreaterThan(rows[0]?.poleY ?? 0);
    expect(height).toBeGreaterThan(rows[1]?.poleY ?? 0);
  });

  test("shows no marker for a line that somebody has not answered", () => {
    expect(pictureOf([line("x")], [person("a", {})]).rows[0]?.markers).toEqual([]);
  });

  test("marks the star of whoever gave it, and the joint place where there is one", () => {
    const [row] = pictureOf([line("x")], [person("a", { x: 0 }, ["x"]), person("b", { x: 2 })], { x: 1 }).rows;
    expect(row?.markers.map((one) => one.star)).toEqual([true, false]);
    expect(row?.joint).toBe(1);
  });
});

test("poles are broken between words, and a long word stays whole", () => {
  expect(wrapped("between us and our region", 12)).toEqual(["between us", "and our", "region"]);
  expect(wrapped("Zusammenarbeitsvereinbarung ja", 10)).toEqual(["Zusammenarbeitsvereinbarung", "ja"]);
});

test("how far a line is apart is told by the two outermost", () => {
  expect(apart("x", [person("a", { x: -2 }), person("b", { x: 0 }), person("c", { x: 1 })])).toBe(3);
  expect(apart("x", [person("a", { x: 2 })])).toBe(0);
});
