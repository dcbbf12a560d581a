// One way to connect a Y.Doc to each kind of server: connect({ port, room, doc }) resolves when the text is there.

import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { encode, decode } from "notepack.io";
import { WebSocket } from "ws";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";

import { openSession } from "./wire.mjs";
import { found, insist, openWriter, Session } from "./workshop.mjs";

export const REMOTE = "remote";
const SYNC = 0;
const AUTH = 2;

/** Sends every local update of `doc` through `send(update)`. */
function forward(doc, send) {
  doc.on("update", (update, origin) => {
    if (origin !== REMOTE) send(update);
  });
}

/** The y-protocols handshake and updates; `head(encoder)` writes what stands before each message. */
function speakYjs({ url, doc, head, readHead, opening }) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false, skipUTF8Validation: true });
    socket.binaryType = "nodebuffer";
    const message = (write) => {
      const encoder = encoding.createEncoder();
      head(encoder);
      encoding.writeVarUint(encoder, SYNC);
      write(encoder);
      socket.send(encoding.toUint8Array(encoder));
    };
    forward(doc, (update) => message((encoder) => sync.writeUpdate(encoder, update)));
    socket.on("open", () => {
      opening?.(socket);
      message((encoder) => sync.writeSyncStep1(encoder, doc));
    });
    socket.on("message", (bytes) => {
      const decoder = decoding.createDecoder(bytes);
      readHead(decoder);
      if (decoding.readVarUint(decoder) !== SYNC) return;
      const encoder = encoding.createEncoder();
      head(encoder);
      encoding.writeVarUint(encoder, SYNC);
      const emptyLength = encoding.length(encoder);
      const kind = sync.readSyncMessage(decoder, encoder, doc, REMOTE);
      if (encoding.length(encoder) > emptyLength) socket.send(encoding.toUint8Array(encoder));
      if (kind === sync.messageYjsSyncStep2) resolve({ close: () => socket.terminate() });
    });
    socket.on("error", reject);
  });
}

function connectYWebsocket({ port, room, doc }) {
  return speakYjs({ url: `ws://127.0.0.1:${port}/${room}`, doc, head: () => {}, readHead: () => {} });
}

function connectHocuspocus({ port, room, doc }) {
  return speakYjs({
    url: `ws://127.0.0.1:${port}/`,
    doc,
    head: (encoder) => encoding.writeVarString(encoder, room),
    readHead: (decoder) => decoding.readVarString(decoder),
    opening(socket) {
      const encoder = encoding.createEncoder();
      encoding.writeVarString(encoder, room);
      encoding.writeVarUint(encoder, AUTH);
      encoding.writeVarUint(encoder, 0);
      encoding.writeVarString(encoder, "anybody");
      socket.send(encoding.toUint8Array(encoder));
    },
  });
}

/** A server that hands updates round and keeps nothing: everybody starts from an empty text. */
async function connectRelay({ port, room, doc }) {
  const wire = await openSession({
    port,
    connectPacket: encode({ type: 0, nsp: "/", data: {} }),
    onEvent: (body) => {
      const { type, data } = decode(body);
      if (type === 2 && data[0] === "update") Y.applyUpdate(doc, data[1], REMOTE);
    },
  });
  wire.sendBinary(encode({ type: 2, data: ["open", room], nsp: "/" }));
  forward(doc, (update) => wire.sendBinary(encode({ type: 2, data: ["update", Buffer.from(update)], nsp: "/" })));
  return { close: () => wire.close() };
}

/** Our own: a seat in a workshop, its group's page, every update acknowledged once it is on disk. */
async function connectOurs({ port, doc, seat, inPhase }) {
  const session = await openWriter({
    port,
    seat,
    inPhase,
    onEvent: (name, payload) => {
      if (name === "update") Y.applyUpdate(doc, payload.u, REMOTE);
    },
  });
  const opened = await insist(session.ask("open", { page: session.page, vector: Buffer.from(Y.encodeStateVector(doc)) }));
  Y.applyUpdate(doc, opened.update, REMOTE);
  const acknowledged = { sent: 0, saved: 0 };
  forward(doc, async (update) => {
    acknowledged.sent += 1;
    const told = await session.ask("update", { page: session.page, u: Buffer.from(update) });
    if (told.t === "saved") acknowledged.saved += 1;
  });
  return { close: () => session.close(), room: session.page, session, acknowledged };
}

/** What has to be there before the first editor connects: for our own server a workshop whose room is in a phase. */
export async function prepare({ system, port, people, form }) {
  if (system !== "ours") return () => ({});
  const workshop = await found({ port, people, form });
  const moderator = await Session.open({ port, seat: workshop.moderator });
  await insist(moderator.wish("", { type: "MoveRoom", phase: "first", left: null }));
  return (index) => ({ seat: workshop.seats[index], inPhase: "first" });
}

export const connectors = {
  ours: connectOurs,
  "y-websocket": connectYWebsocket,
  "pycrdt-websocket": connectYWebsocket,
  hocuspocus: connectHocuspocus,
  relay: connectRelay,
};
