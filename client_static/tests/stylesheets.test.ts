// @vitest-environment node
/** Stylesheets that are loaded together leave each other's elements alone: a class begins selectors in one place only. */

import { readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));
const FIRST = /^[\w-]*((?:\.[\w-]+|\[[^\]]*\]|:[\w-]+(?:\([^)]*\))?)+)/;

/** Every selector, each of a list by itself; frames of movements have none. */
function selectorsOf(css: string): string[] {
  const plain = css.replace(/\/\*[^]*?\*\//g, "").replace(/@keyframes [^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "");
  return [...plain.matchAll(/([^{};]+)\{/g)]
    .map(([, selector]) => (selector ?? "").trim())
    .filter((selector) => !selector.startsWith("@"))
    .flatMap((selector) => selector.split(/,(?![^(]*\))/).map((one) => one.trim()));
}

/** The classes of the first element that a selector names, not those that it asks about. */
function beginning(selector: string): string[] {
  const first = (FIRST.exec(selector)?.[1] ?? "").replace(/\([^)]*\)/g, "");
  return [...first.matchAll(/\.([\w-]+)/g)].map(([, name]) => name ?? "");
}

/** Classes that begin a selector alone: whatever carries one is reached, wherever it stands. */
const bare = (selectors: readonly string[]): Set<string> =>
  new Set(selectors.map(beginning).flatMap((names) => (names.length === 1 ? names : [])));

const homeOf = (parts: readonly string[]): string => parts.slice(0, parts[0] === "activities" ? 2 : 1).join("/");

interface Sheet {
  path: string;
  /** The sheets of one face, or of one activity, are written together. */
  home: string;
  selectors: string[];
}

const sheets: Sheet[] = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".css"))
  .map((path) => ({
    path: path.split(sep).join("/"),
    home: homeOf(path.split(sep)),
    selectors: selectorsOf(readFileSync(join(SRC, path), "utf8")),
  }));

describe("stylesheets", () => {
  it("never style the same bare class as a sheet of another face or activity", () => {
    const where = new Map<string, Set<string>>();
    for (const { home, selectors } of sheets) {
      for (const name of bare(selectors)) where.set(name, (where.get(name) ?? new Set()).add(home));
    }
    expect([...where].filter(([, homes]) => homes.size > 1)).toEqual([]);
  });

  const own = sheets.filter(({ path }) => /^activities\/\w+\/\w+\.css$/.test(path));

  it.each(own.map((sheet) => [sheet.path, sheet] as const))("of an activity stay inside it: %s", (path, sheet) => {
    const name = (path.split("/")[1] ?? "").replaceAll("_", "-");
    const root = path.endsWith("/screen.css") ? `${name}-screen` : name;
    expect(sheet.selectors.filter((selector) => beginning(selector)[0] !== root)).toEqual([]);
  });
});
