import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Decoder, decodePacket, Encoder, encodePacket, type Packet } from "../src/protocol/parser";

const VECTORS = join(import.meta.dirname, "../../protocol/vectors");

type Written = string | number | boolean | null | Written[] | { [key: string]: Written };
interface Vector {
  name: string;
  hex: string;
  packet: Written;
}

/** Vectors write bytes as {"$bytes": "hex"}, since JSON has none. */
function read(value: Written): unknown {
  if (Array.isArray(value)) return value.map(read);
  if (value === null || typeof value !== "object") return value;
  if (typeof value.$bytes === "string") return Uint8Array.from(Buffer.from(value.$bytes, "hex"));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, read(one)]));
}

const vectors: Vector[] = readdirSync(VECTORS)
  .filter((file) => file.startsWith("packets"))
  .flatMap((file) => JSON.parse(readFileSync(join(VECTORS, file), "utf8")) as Vector[]);

describe("packets", () => {
  test.each(vectors)("$name reads the same here as in Python", ({ hex, packet }) => {
    expect(decodePacket(Uint8Array.from(Buffer.from(hex, "hex")))).toEqual(read(packet));
  });

  test.each(vectors)("$name survives being written and read", ({ packet }) => {
    const value = read(packet) as Packet;
    expect(decodePacket(encodePacket(value))).toEqual(value);
  });

  test("a view into a longer buffer sends only what it shows", () => {
    const view = new Uint8Array([9, 9, 1, 2, 3, 9]).subarray(2, 5);
    const bytes = encodePacket({ type: 2, nsp: "/", data: ["update", view] });
    expect(Buffer.from(bytes).toString("hex")).toContain("c403010203");
    expect(Buffer.from(bytes).toString("hex")).not.toContain("0909");
  });

  test("no byte array becomes an extension", () => {
    const bytes = encodePacket({ type: 2, nsp: "/", data: [new Uint8Array(1)] });
    const extensions = [0xc7, 0xc8, 0xc9, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8];
    expect(Array.from(bytes).filter((byte) => extensions.includes(byte))).toEqual([]);
  });

  test("what is no packet is refused", () => {
    expect(() => decodePacket(encodePacket({ type: 9, nsp: "/" }))).toThrow("not a packet");
    expect(() => decodePacket(Uint8Array.of(0xc0))).toThrow("not a packet");
  });

  test("the decoder tells every listener until it is destroyed", () => {
    const decoder = new Decoder();
    const heard: Packet[] = [];
    decoder.on("decoded", (packet) => heard.push(packet));
    const [bytes] = new Encoder().encode({ type: 2, nsp: "/", data: ["here"], id: 4 });
    decoder.add(bytes);
    decoder.destroy();
    decoder.add(bytes);
    expect(heard).toEqual([{ type: 2, nsp: "/", data: ["here"], id: 4 }]);
  });
});
