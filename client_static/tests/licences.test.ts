// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

test("the built client carries the licence of every font and package in it, and the notice names the fonts", async () => {
  const built = [await build({ root, logLevel: "silent", build: { write: false } })].flat();
  const files = built.flatMap((one) => ("output" in one ? one.output : []));
  const found = files.find((one) => one.fileName === "licences.txt") as Rolldown.OutputAsset | undefined;
  const text = String(found?.source);
  const fonts = files.map((one) => one.fileName).filter((name) => name.endsWith(".woff2"));
  expect(fonts.length).toBeGreaterThan(0);
  const notice = readFileSync(`${root}/../NOTICE`, "utf8");
  for (const font of readdirSync(`${root}/node_modules/@fontsource-variable`)) {
    expect(text).toContain(`@fontsource-variable/${font}`);
    expect(notice.toLowerCase()).toContain(font.replaceAll("-", " "));
  }
  expect(text).toContain("SIL OPEN FONT LICENSE Version 1.1");
  for (const name of [
    "preact",
    "yjs",
    "socket.io-client",
    "engine.io-client",
    "@codemirror/view",
    "@msgpack/msgpack",
  ]) {
    expect(text).toContain(`\n${name} `);
  }
}, 60_000);
