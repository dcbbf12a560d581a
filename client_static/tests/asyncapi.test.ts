// @vitest-environment node
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";

/** Compiling the official schema takes a second or two on a machine that has nothing else to do. */
const PATIENCE_MS = 60_000;

const require = createRequire(import.meta.url);
const official = require.resolve("@asyncapi/specs/schemas/3.0.0-without-$id.json");
const document = fileURLToPath(new URL("../../protocol/asyncapi.yaml", import.meta.url));

test(
  "the AsyncAPI document of the protocol is one by the official schema",
  () => {
    const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false });
    const isOne = ajv.compile(JSON.parse(readFileSync(official, "utf8")) as object);
    isOne(parse(readFileSync(document, "utf8"), { maxAliasCount: -1 }));
    expect(isOne.errors ?? []).toEqual([]);
  },
  PATIENCE_MS,
);
