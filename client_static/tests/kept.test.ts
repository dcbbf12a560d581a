import { expect, test } from "vitest";
import { allCalled } from "../src/shell/called";
import { shelfOf } from "../src/session/kept";
import { addressOf } from "../src/session/seats";
import { placeOf } from "../src/shell/router";

test("what a blocked storage refuses is remembered while the page is open", () => {
  const blocked = shelfOf(() => {
    throw new DOMException("denied", "SecurityError");
  });
  expect(blocked.getItem("seat")).toBeNull();
  blocked.setItem("seat", "mine");
  expect(blocked.getItem("seat")).toBe("mine");
  blocked.removeItem("seat");
  expect(blocked.getItem("seat")).toBeNull();
});

test("a storage that is full keeps the old and the page the new", () => {
  const full = shelfOf(() => ({
    getItem: () => "old",
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
    removeItem: () => undefined,
  }));
  expect(full.getItem("seat")).toBe("old");
  full.setItem("seat", "new");
  expect(full.getItem("seat")).toBe("new");
});

test("every role goes back to its own screen", () => {
  const at = (role: "person" | "moderator" | "co_moderator" | "observer" | "screen"): string =>
    addressOf({ workshop: "w", token: "t", role });
  expect([at("person"), at("moderator"), at("co_moderator")]).toEqual(["/w/w#t", "/w/w/console#t", "/w/w/console#t"]);
  expect([at("observer"), at("screen")]).toEqual(["/w/w/screen#t", "/w/w/screen#t"]);
});

test("an address that was cut in half still leads to a page that says so", () => {
  expect(placeOf("/j/%E0%A4%A", "")).toEqual({ page: "join", code: "%E0%A4%A" });
  expect(placeOf("/%E0%A4%A", "")).toEqual({ page: "nowhere" });
});

test("two people of one name are told apart by their schools, and where these do not help by a number", () => {
  const all = [
    { id: "p1", name: "Ana", school: "" },
    { id: "p2", name: "Ana", school: "" },
    { id: "p3", name: "Ana", school: "Birch" },
    { id: "p4", name: "Bor", school: "Birch" },
  ];
  expect([...allCalled(all).values()]).toEqual(["Ana (1)", "Ana (2)", "Ana, Birch", "Bor"]);
});
