// One moderator moves the phase; when does each of COUNT devices have its new view?

import { encode } from "notepack.io";

import { cpuOf, median, options, percentile, residentOf, rest, stopwatch } from "./measure.mjs";
import { openSession } from "./wire.mjs";
import { found, inTurns, insist, openSeat, Session } from "./workshop.mjs";

const WARM_UP_MOVES = 4;
const BETWEEN_MOVES_MS = 150;
const JOINING_AT_ONCE = 100;
const PATIENCE_MS = 5000;
const AT_REST_MS = 300;
const AT_REST_US = 10_000;

const given = options({ system: "", port: "0", pid: "0", count: "300", moves: "12" });
const port = Number(given.port);
const pids = String(given.pid).split(",").map(Number);
const count = Number(given.count);
const moves = Number(given.moves);

let arrivals = [];
let lastByteMs = 0;
let bytesEach = 0;
let allHere = () => {};

function arrived(bytes) {
  arrivals.push(performance.now());
  bytesEach = bytes;
  if (arrivals.length === count) allHere();
}

/** A peer: whoever connects is in the room, and one event brings everybody the same frame. */
function bareRoom() {
  const connectPacket = encode({ type: 0, nsp: "/", data: {} });
  const movePacket = encode({ type: 2, data: ["move"], nsp: "/" });
  const wires = [];
  return {
    async join() {
      wires.push(await openSession({ port, connectPacket, onEvent: (body) => arrived(body.length) }));
    },
    async ready() {},
    move: () => wires[0].sendBinary(movePacket),
    leave: () => wires.forEach((wire) => wire.close()),
  };
}

/** What stands in the room's view once the room is in this phase. */
const marks = Object.fromEntries(["first", "second"].map((phase) => [phase, Buffer.concat([encode("at"), encode(phase)])]));

/** Ours: every seat with its token, the move as a durable fact, every audience's own view. */
async function ourRoom() {
  const workshop = await found({ port, people: count, form: "fives" });
  let moderator;
  let at = null;
  const sessions = [];
  const watch = (session) => {
    session.onBody = (body) => {
      lastByteMs = performance.now();
      if (body.includes(marks[at])) arrived(body.length);
      return true;
    };
  };
  return {
    async join(index) {
      sessions.push(await openSeat({ port, seat: workshop.seats[index] }));
    },
    async ready() {
      moderator = await openSeat({ port, seat: workshop.moderator });
      sessions.forEach(watch);
    },
    move() {
      const left = at;
      at = at === "first" ? "second" : "first";
      return insist(moderator.wish("", { type: "MoveRoom", phase: at, left }));
    },
    leave: () => sessions.forEach((session) => session.close()),
  };
}

async function move(room) {
  arrivals = [];
  const everybody = new Promise((resolve) => (allHere = resolve));
  const clock = stopwatch(pids);
  const sentMs = performance.now();
  const moved = room.move();
  await Promise.race([everybody, rest(PATIENCE_MS)]);
  const { load_cpu_us } = clock();
  await moved;
  await rest(BETWEEN_MOVES_MS);
  return { at: arrivals.map((ms) => ms - sentMs).sort((a, b) => a - b), all: lastByteMs - sentMs, load_cpu_us };
}

const memory = () => pids.reduce((sum, pid) => sum + residentOf(pid), 0);
const room = given.system === "ours" ? await ourRoom() : bareRoom();
await rest(300);
const residentBeforeKb = memory();
const joinClock = stopwatch(pids);
await inTurns(count, JOINING_AT_ONCE, (index) => room.join(index));
const join = joinClock();
await rest(500);
const residentAfterKb = memory();
await room.ready();

for (let index = 0; index < WARM_UP_MOVES; index += 1) await move(room);

const cpu = () => pids.reduce((sum, pid) => sum + cpuOf(pid), 0);
const cpuBeforeUs = cpu();
const movesClock = stopwatch(pids);
const moved = [];
for (let index = 0; index < moves; index += 1) moved.push(await move(room));
const spent = movesClock();
const delivered = moved.reduce((sum, { at }) => sum + at.length, 0);
const cpu_us = (cpu() - cpuBeforeUs) / delivered;
const load_cpu_us = moved.reduce((sum, each) => sum + each.load_cpu_us, 0) / delivered;

/** The network of the whole room is gone at once: what that costs, until the server is at rest again. */
async function left() {
  const clock = stopwatch(pids);
  room.leave();
  for (let before = -1, now = cpu(); now - before > AT_REST_US; [before, now] = [now, cpu()]) await rest(AT_REST_MS);
  return clock().server_cpu_us / count;
}

const leave_us = await left();
console.log(
  JSON.stringify({
    participants: count,
    first_ms: median(moved.map(({ at }) => at[0])),
    half_ms: median(moved.map(({ at }) => percentile(at, 0.5))),
    last_ms: median(moved.map(({ at }) => at.at(-1))),
    all_views_ms: given.system === "ours" ? median(moved.map(({ all }) => all)) : null,
    cpu_us,
    lost: count * moves - delivered,
    bytes_each: bytesEach,
    join_ms: join.elapsed_ms,
    join_cpu_us: join.server_cpu_us / count,
    leave_us,
    kb_each: (residentAfterKb - residentBeforeKb) / count,
    server_mb: memory() / 1024,
    load_cpu_us,
    others_share: spent.others_share,
    stolen_share: spent.stolen_share,
    load_is_bottleneck: load_cpu_us > cpu_us,
  }),
);
process.exit(0);
