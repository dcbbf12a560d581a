import { readFileSync } from "node:fs";
import { join } from "node:path";
import { decode, encode } from "@msgpack/msgpack";
import { describe, expect, test } from "vitest";
import { CLOSE_CODES, VERSION } from "../src/protocol/generated";
import { decodePacket, encodePacket } from "../src/protocol/parser";

/** The vectors that are no whole packets; `parser.test.ts` reads those. */
interface Vector {
  name: string;
  hex: string;
  value: unknown;
}

interface Squeezed extends Vector {
  packet: string;
}

interface Slice extends Vector {
  buffer: string;
  start: number;
  length: number;
}

function vectorsOf<V extends Vector>(file: string): V[] {
  const path = join(import.meta.dirname, "../../protocol/vectors", file);
  return JSON.parse(readFileSync(path, "utf8")) as V[];
}

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, "hex"));

function read(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(read);
  if (value === null || typeof value !== "object") return value;
  const fields = Object.entries(value);
  const [first] = fields;
  if (first?.[0] === "$bytes") return bytes(String(first[1]));
  return Object.fromEntries(fields.map(([key, one]) => [key, read(one)]));
}

describe("frames", () => {
  test.each(vectorsOf("frames.json"))("$name reads the same here as in Python", ({ hex, value }) => {
    expect(decode(bytes(hex))).toEqual(read(value));
  });

  test.each(vectorsOf("frames.json"))("SPEC P4: $name survives being written here", ({ value }) => {
    expect(decode(encode(read(value)))).toEqual(read(value));
  });
});

describe("packets", () => {
  test.each(vectorsOf<Slice>("slices.json"))(
    "SPEC P3: $name travels as it is shown",
    ({ hex, buffer, start, length }) => {
      const shown = bytes(buffer).subarray(start, start + length);
      const written = encodePacket({ type: 2, nsp: "/", data: ["update", shown] });
      expect(decodePacket(written)).toEqual(decodePacket(bytes(hex)));
      expect(written.length).toBe(bytes(hex).length);
    },
  );

  test.each(vectorsOf<Squeezed>("squeezed.json"))("SPEC P6: $name is read as its packet", ({ hex, packet }) => {
    expect(decodePacket(bytes(hex))).toEqual(decodePacket(bytes(packet)));
  });

  test("SPEC P6: half a squeezed packet is none", () => {
    const [first] = vectorsOf<Squeezed>("squeezed.json");
    expect(() => decodePacket(bytes(first?.hex.slice(0, -20) ?? ""))).toThrow();
  });

  test.each(vectorsOf("broken.json"))("SPEC P5: $name is no packet", ({ hex }) => {
    expect(() => decodePacket(bytes(hex))).toThrow();
  });
});

test("SPEC H4, B1: the generated types carry the version and what every bye means", () => {
  expect(VERSION).toBe(1);
  expect(CLOSE_CODES.too_old).toBe("stop");
});
