// Our own server: a workshop with PEOPLE seats, through the doors that a browser takes, and its sessions.

import { readFileSync } from "node:fs";

import { decode, encode } from "notepack.io";

import { openSession } from "./wire.mjs";

const JOINING_AT_ONCE = 20;
const EVENT = 2;
const ACK = 3;

/** A path of two phases in which every group has one page; `form` says how large the groups are. */
const path = (form) => readFileSync(new URL("path.yaml", import.meta.url), "utf8").replaceAll("FORM", form);

async function post(port, where, body) {
  const answer = await fetch(`http://127.0.0.1:${port}${where}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Device": "load-generator" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${where}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

export async function inTurns(count, atOnce, work) {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** A workshop and the seats of `people`, none of them connected yet. */
export async function found({ port, people, form }) {
  const made = await post(port, "/api/workshops", { title: "Bench", schedule: "both", language: "en", date: "", key: "", pack: path(form) });
  const seats = new Array(people);
  await inTurns(people, JOINING_AT_ONCE, async (index) => {
    const joining = { name: `Person ${index}`, school: `School ${index % 40}`, languages: ["en"], agreed: true };
    const { token, person } = await post(port, `/api/join/${made.code}`, joining);
    seats[index] = { token, person, device: `device-${String(index).padStart(6, "0")}` };
  });
  return { workshop: made.workshop, seats, moderator: { token: made.links.moderator.split("#")[1], device: "device-moderator" } };
}

/** One connected device. `ask` resolves with the acknowledgement; `onEvent(name, payload, session)` hears the rest. */
export class Session {
  static async open({ port, seat, onEvent }) {
    const session = new Session(seat, onEvent);
    const connectPacket = encode({ type: 0, nsp: "/", data: { v: 1, token: seat.token, device: seat.device } });
    session.wire = await openSession({ port, connectPacket, onEvent: (body) => session.#hear(body) });
    return session;
  }

  constructor(seat, onEvent) {
    this.seat = seat;
    this.onEvent = onEvent;
    this.asked = new Map();
    this.number = 0;
    this.wished = 0;
    /** Set by whoever wants the bytes as they come; what it answers true to is not decoded. */
    this.onBody = null;
  }

  #hear(body) {
    if (this.onBody?.(body)) return;
    const packet = decode(body);
    if (packet.type === EVENT) this.onEvent?.(packet.data[0], packet.data[1], this);
    else if (packet.type === ACK) {
      this.asked.get(packet.id)?.(packet.data[0]);
      this.asked.delete(packet.id);
    }
  }

  ask(event, payload) {
    this.number += 1;
    const id = this.number;
    return new Promise((resolve) => {
      this.asked.set(id, resolve);
      this.wire.sendBinary(encode({ type: EVENT, data: [event, payload], nsp: "/", id }));
    });
  }

  wish(scope, body) {
    this.wished += 1;
    return this.ask("command", { device: this.seat.device, n: this.wished, scope, body });
  }

  close() {
    this.wire.close();
  }
}

/** The page of the group that a list of view frames shows for a phase, if it shows one. */
export function boardIn(frames, inPhase) {
  return frames.find(({ a, p, body }) => a.startsWith("group:") && p === inPhase && body?.board)?.body.board;
}

/** Opens `seat`, waits for its first views and for the page of its group in `inPhase`. */
export async function openWriter({ port, seat, inPhase, onEvent }) {
  let seen;
  let turned;
  const shown = new Promise((resolve, reject) => ([seen, turned] = [resolve, reject]));
  const session = await Session.open({
    port,
    seat,
    onEvent: (name, payload, own) => {
      if (name === "views") {
        const board = boardIn(payload, inPhase);
        if (board) seen(board);
      } else if (name === "bye") turned(new Error(`sent away: ${payload.code}`));
      onEvent?.(name, payload, own);
    },
  });
  session.page = await shown;
  return session;
}

/** Opens the seat and waits until it has been shown everything that it may see. */
export async function openSeat({ port, seat, onEvent }) {
  let seen;
  let turned;
  const shown = new Promise((resolve, reject) => ([seen, turned] = [resolve, reject]));
  const session = await Session.open({
    port,
    seat,
    onEvent: (name, payload, own) => {
      if (name === "views") seen();
      else if (name === "bye") turned(new Error(`sent away: ${payload.code}`));
      onEvent?.(name, payload, own);
    },
  });
  await shown;
  return session;
}

export async function insist(answer) {
  const told = await answer;
  if (told?.t === "no") throw new Error(`refused: ${told.code} ${told.detail ?? ""}`);
  return told;
}
