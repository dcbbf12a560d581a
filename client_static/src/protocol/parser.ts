/** Socket.IO packets as one msgpack map each: bytes travel as msgpack bin in both directions, never as an extension. */

import { decode, encode } from "@msgpack/msgpack";
import { unzlibSync } from "fflate";

export interface Packet {
  type: number;
  nsp: string;
  data?: unknown;
  id?: number;
}

const LAST_PACKET_TYPE = 6;
/** No packet begins so (SPEC P6): a msgpack map begins with 0x8. */
const SQUEEZED = 0x78;

function plain(packet: Packet): Packet {
  const map: Packet = { type: packet.type, data: packet.data, nsp: packet.nsp };
  if (packet.id !== undefined) map.id = packet.id;
  return map;
}

function isPacket(value: unknown): value is Packet {
  if (typeof value !== "object" || value === null) return false;
  const { type, nsp, id } = value as Partial<Record<keyof Packet, unknown>>;
  return (
    typeof type === "number" &&
    Number.isInteger(type) &&
    type >= 0 &&
    type <= LAST_PACKET_TYPE &&
    typeof nsp === "string" &&
    (id === undefined || id === null || typeof id === "number")
  );
}

function unsqueezed(bytes: ArrayBuffer | ArrayBufferView): Uint8Array {
  const packet = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
  return packet[0] === SQUEEZED ? unzlibSync(packet) : packet;
}

export function encodePacket(packet: Packet): Uint8Array {
  return encode(plain(packet), { ignoreUndefined: true });
}

/** Throws when the bytes are no Socket.IO packet. */
export function decodePacket(bytes: ArrayBuffer | ArrayBufferView): Packet {
  const value: unknown = decode(unsqueezed(bytes));
  if (!isPacket(value)) throw new Error("not a packet");
  const { id, ...rest } = value as Packet & { id?: number | null };
  return typeof id === "number" ? { ...rest, id } : rest;
}

export class Encoder {
  encode(packet: Packet): [Uint8Array] {
    return [encodePacket(packet)];
  }
}

type Listener = (packet: Packet) => void;

export class Decoder {
  private listeners: Listener[] = [];

  on(event: string, listener: Listener): this {
    if (event === "decoded") this.listeners.push(listener);
    return this;
  }

  off(event: string, listener: Listener): this {
    if (event === "decoded") this.listeners = this.listeners.filter((one) => one !== listener);
    return this;
  }

  add(chunk: ArrayBuffer | ArrayBufferView): void {
    const packet = decodePacket(chunk);
    for (const listener of this.listeners) listener(packet);
  }

  destroy(): void {
    this.listeners = [];
  }
}
