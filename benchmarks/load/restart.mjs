// The server is killed with PEOPLE typing, and started again: when is everybody back in their text, and is it all there?

import { spawn } from "node:child_process";

import * as Y from "yjs";

import { median, options, rest } from "./measure.mjs";
import { boardIn, found, inTurns, insist, openSeat } from "./workshop.mjs";

const OPENING_AT_ONCE = 50;
const TYPING_MS = 3000;
const OFFLINE_WORDS = 2;
const AGAIN_MS = 100;
const PATIENCE_MS = 30_000;

const given = options({ port: "0", pid: "0", people: "300", rate: "1", again: "[]" });
const port = Number(given.port);
const serverPid = Number(String(given.pid).split(",")[0]);
const people = Number(given.people);

const workshop = await found({ port, people, form: "fives" });
const moderator = await openSeat({ port, seat: workshop.moderator });
await insist(moderator.wish("", { type: "MoveRoom", phase: "first", left: null }));

/** One device: a text of its own, what is not acknowledged yet, and a way back that asks again until it is let in. */
class Device {
  constructor(seat) {
    this.seat = seat;
    this.doc = new Y.Doc();
    this.text = this.doc.getText("text");
    this.words = [];
    this.acknowledged = [];
    this.session = null;
    this.doc.on("update", (update, origin) => {
      if (origin !== "remote") void this.#send(update, this.words.at(-1));
    });
  }

  type() {
    const word = `<${this.seat.device.slice(-4)}.${this.words.length}>`;
    this.words.push(word);
    this.text.insert(this.text.length, word);
  }

  async #send(update, word) {
    if (this.session === null) return;
    const told = await this.session.ask("update", { page: this.page, u: Buffer.from(update) });
    if (told.t === "saved") this.acknowledged.push(word);
  }

  async enter() {
    let board;
    const session = await openSeat({
      port,
      seat: this.seat,
      onEvent: (name, payload) => {
        if (name === "views") board ??= boardIn(payload, "first");
        else if (name === "update") Y.applyUpdate(this.doc, payload.u, "remote");
      },
    });
    const opened = await insist(session.ask("open", { page: board, vector: Buffer.from(Y.encodeStateVector(this.doc)) }));
    Y.applyUpdate(this.doc, opened.update, "remote");
    const lacking = Y.encodeStateAsUpdate(this.doc, opened.vector);
    this.page = board;
    this.session = session;
    if (lacking.length > 2) await insist(session.ask("update", { page: board, u: Buffer.from(lacking) }));
  }

  async comeBack(sinceMs) {
    while (performance.now() - sinceMs < PATIENCE_MS) {
      try {
        await this.enter();
        return performance.now() - sinceMs;
      } catch {
        await rest(AGAIN_MS);
      }
    }
    return PATIENCE_MS;
  }
}

const devices = workshop.seats.map((seat) => new Device(seat));
await inTurns(people, OPENING_AT_ONCE, (index) => devices[index].enter());
const typing = devices.map((device) => setInterval(() => device.type(), 1000 / Number(given.rate)));
await rest(TYPING_MS);

process.kill(serverPid, "SIGKILL");
const killedMs = performance.now();
typing.forEach(clearInterval);
for (const device of devices) {
  device.session.close();
  device.session = null;
}
for (let word = 0; word < OFFLINE_WORDS; word += 1) devices.forEach((device) => device.type());

const [command, ...words] = JSON.parse(given.again);
const again = spawn(command, words, { stdio: "ignore", env: { ...process.env, PORT: given.port } });
const startedMs = performance.now();
const backs = await Promise.all(devices.map((device) => device.comeBack(startedMs)));
await rest(1000);

const texts = new Map();
for (const { page, text } of devices) texts.set(page, [...(texts.get(page) ?? []), text.toString()]);
const differ = [...texts.values()].filter((each) => new Set(each).size > 1).length;
const missing = (words, text) => words.filter((word) => !text.includes(word)).length;
const lost = devices.reduce((sum, { words: typed, text }) => sum + missing(typed, text.toString()), 0);
const lostAcknowledged = devices.reduce((sum, { acknowledged, text }) => sum + missing(acknowledged, text.toString()), 0);
again.kill("SIGTERM");
await Promise.race([new Promise((resolve) => again.on("exit", resolve)), rest(5000)]);
console.log(
  JSON.stringify({
    people,
    back_half_ms: median(backs),
    back_last_ms: Math.max(...backs),
    killed_to_started_ms: startedMs - killedMs,
    acknowledged: devices.reduce((sum, device) => sum + device.acknowledged.length, 0),
    lost_acknowledged: lostAcknowledged,
    lost_words: lost,
    texts_that_differ: differ,
  }),
);
process.exit(0);
