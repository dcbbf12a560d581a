/**
 * A writer that is not ours: Yjs and socket.io-client from their packages, and what protocol/SPEC.md says, nothing else.
 * One JSON command a line on stdin, one JSON answer a line on stdout.
 */

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const from = createRequire(new URL("../../client_static/package.json", import.meta.url));
const { decode, encode } = from("@msgpack/msgpack");
const { io } = from("socket.io-client");
const Y = from("yjs");

const [, , url, token, page, field, seed] = process.argv;
const ANSWER_MS = 3_000;
const AGAIN_MS = 100;

class Encoder {
  encode({ type, data, id, nsp }) {
    const bytes = encode(id === undefined ? { type, data, nsp } : { type, data, nsp, id });
    // Encoders reuse their buffer; what is handed on must be exactly the packet.
    return [bytes.slice()];
  }
}

class Decoder {
  #heard = () => undefined;
  on(_event, heard) {
    this.#heard = heard;
  }
  off() {}
  emit() {}
  removeAllListeners() {}
  add(bytes) {
    this.#heard(decode(new Uint8Array(bytes)));
  }
  destroy() {}
}

let state = Number(seed) || 1;
const dice = (sides) => {
  state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
  return Math.floor((state / 0x7fffffff) * sides) % sides;
};

const doc = new Y.Doc();
const text = doc.getText(field);
const socket = io(url, {
  transports: dice(2) === 0 ? ["websocket"] : ["polling"],
  parser: { Encoder, Decoder },
  auth: { v: 1, token, device: `peer-${seed}-${process.pid}` },
  reconnectionDelay: AGAIN_MS,
  reconnectionDelayMax: AGAIN_MS * 3,
  timeout: ANSWER_MS,
  forceNew: true,
});

const shuffled = (all) => {
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = dice(at + 1);
    [all[at], all[other]] = [all[other], all[at]];
  }
  return all;
};

let unruly = false;
let held = [];
let waiting = [];
let synced = false;
let sending = false;
let opening = 0;

const ask = (event, frame) => socket.timeout(ANSWER_MS).emitWithAck(event, frame);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function flow() {
  if (sending || !synced || waiting.length === 0) return;
  const mine = opening;
  sending = true;
  const batch = waiting;
  waiting = [];
  // Yjs promises that updates may come in any order and more than once: this peer takes it at its word.
  const sent = unruly ? shuffled([...batch, ...batch.slice(0, dice(batch.length))]) : [Y.mergeUpdates(batch)];
  const answers = await Promise.all(sent.map((u) => ask("update", { page, u }).catch(() => null)));
  const answer = answers.find((one) => one?.t !== "saved") ?? answers[0];
  if (mine !== opening) return;
  sending = false;
  if (answer?.t !== "saved") {
    // Nobody knows whether it arrived: the next opening compares.
    waiting = [...batch, ...waiting];
    synced = false;
    await pause(AGAIN_MS);
    if (mine === opening) void open();
    return;
  }
  void flow();
}

async function open() {
  opening += 1;
  const mine = opening;
  synced = sending = false;
  const answer = await ask("open", { page, vector: Y.encodeStateVector(doc) }).catch(() => null);
  if (mine !== opening) return;
  if (answer?.t !== "page") {
    await pause(AGAIN_MS);
    if (mine === opening && socket.connected) void open();
    return;
  }
  Y.applyUpdate(doc, answer.update, "server");
  waiting = [Y.encodeStateAsUpdate(doc, answer.vector)];
  synced = true;
  void flow();
}

socket.on("welcome", () => void open());
socket.on("disconnect", (reason) => {
  opening += 1;
  synced = sending = false;
  // A server that says goodbye with "retry" is not called again by the library itself.
  if (reason === "io server disconnect") setTimeout(() => socket.connect(), AGAIN_MS);
});

function letIn() {
  for (const update of shuffled(held.splice(0))) Y.applyUpdate(doc, update, "server");
}

socket.on("update", (frame) => {
  if (frame.page !== page) return;
  held.push(frame.u);
  if (!unruly || held.length > dice(6)) letIn();
});
doc.on("update", (update, origin) => {
  if (origin === "server") return;
  waiting.push(update);
  void flow();
});

/** Between letters, as every editor: Yjs and its Rust twin do not agree about half of a surrogate pair. */
function whole(at) {
  const unit = text.toString().charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at - 1 : at;
}

function edit() {
  const at = whole(dice(text.length + 1));
  const end = whole(Math.min(at + 1 + dice(3), text.length));
  if (dice(4) === 0 && end > at) text.delete(at, end - at);
  else text.insert(at, ["a", "č", "ő", "ß", "word ", "\n", "e\u0301", "😀"][dice(8)]);
}

function anew(update) {
  const fresh = new Y.Doc();
  Y.applyUpdate(fresh, update);
  return Buffer.from(Y.encodeStateAsUpdate(fresh)).toString("hex");
}

const commands = {
  /** From now on updates leave and are taken in out of order, and some twice; or no more. */
  unruly: ({ on }) => {
    unruly = on;
    if (!on) letIn();
  },
  edit: ({ times }) => {
    for (let one = 0; one < times; one += 1) edit();
  },
  /** As when a phone goes into a lift: no goodbye. */
  drop: () => void socket.io.engine?.close(),
  /** Clients may stand in any order in an update: both are read anew before their bytes are compared. */
  look: ({ state }) => ({
    text: text.toString(),
    mine: anew(Y.encodeStateAsUpdate(doc)),
    theirs: anew(Buffer.from(state, "hex")),
    settled: synced && !sending && waiting.length === 0,
  }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(commands[command.do](command) ?? {})}\n`);
}
socket.close();
