// @vitest-environment node
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { expect, test } from "vitest";

const FIRST_LOAD_BYTES = 100_000;
const root = fileURLToPath(new URL("..", import.meta.url));

type File = Rolldown.OutputChunk | Rolldown.OutputAsset;

async function built(): Promise<readonly File[]> {
  const result = await build({ root, logLevel: "silent", build: { write: false } });
  return [result].flat().flatMap((one) => ("output" in one ? one.output : []));
}

function isLanguage(file: File): boolean {
  return file.type === "chunk" && (file.facadeModuleId ?? "").includes("/src/locales/");
}

/** What a phone must have before the first screen works: the page, its script, all that is imported at once, the styles,
 * and the longest of the languages, although each comes in a file of its own. */
function firstLoad(files: readonly File[]): File[] {
  const names = new Set(["index.html"]);
  const take = (name: string): void => {
    const file = files.find((one) => one.fileName === name);
    if (names.has(name) || file === undefined) return;
    names.add(name);
    if (file.type !== "chunk") return;
    file.imports.forEach(take);
    file.viteMetadata?.importedCss.forEach(take);
  };
  files.filter((file) => file.type === "chunk" && file.isEntry).forEach((entry) => take(entry.fileName));
  const languages = files.filter(isLanguage).sort((one, other) => bytes(other).byteLength - bytes(one).byteLength);
  languages.slice(0, 1).forEach((longest) => take(longest.fileName));
  return files.filter((file) => names.has(file.fileName));
}

function bytes(file: File): Buffer {
  return Buffer.from(file.type === "chunk" ? file.code : file.source);
}

test("the first load of a phone stays under 100 kB compressed", async () => {
  const files = firstLoad(await built());
  const sum = (compress: (raw: Buffer) => Buffer) =>
    files.reduce((total, file) => total + compress(bytes(file)).byteLength, 0);
  const gzip = sum((raw) => gzipSync(raw));
  const brotli = sum((raw) => brotliCompressSync(raw));
  console.info(`first load: ${files.length} files, gzip ${gzip} bytes, brotli ${brotli} bytes`);
  expect(files.map((file) => file.fileName)).toContain("index.html");
  expect(files.some((file) => file.type === "chunk")).toBe(true);
  expect(gzip).toBeLessThan(FIRST_LOAD_BYTES);
}, 60_000);
