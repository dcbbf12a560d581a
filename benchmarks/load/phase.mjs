// One moderator moves the phase; when does each of COUNT sockets have its new view?

import { encode } from "notepack.io";

import { cpuOf, median, options, percentile, residentOf, rest, stopwatch } from "./measure.mjs";
import { openSession } from "./wire.mjs";

const MOVES = 20;
const WARM_UP_MOVES = 3;
const BETWEEN_MOVES_MS = 150;
const JOINING_AT_ONCE = 100;
const PATIENCE_MS = 5000;

const given = options({ port: "0", pid: "0", count: "300" });
const port = Number(given.port);
const pid = Number(given.pid);
const count = Number(given.count);

const connectPacket = encode({ type: 0, nsp: "/", data: {} });
const movePacket = encode({ type: 2, data: ["move"], nsp: "/" });

let arrivals = [];
let bytesEach = 0;
let allHere = () => {};

function arrived(body) {
  arrivals.push(performance.now());
  bytesEach = body.length;
  if (arrivals.length === count) allHere();
}

async function joinAll() {
  const wires = [];
  let started = 0;
  const joinOneAfterAnother = async () => {
    while (started < count) {
      started += 1;
      wires.push(await openSession({ port, connectPacket, onEvent: arrived }));
    }
  };
  await Promise.all(Array.from({ length: JOINING_AT_ONCE }, joinOneAfterAnother));
  return wires;
}

async function move(moderator) {
  arrivals = [];
  const everybody = new Promise((resolve) => (allHere = resolve));
  const clock = stopwatch([pid]);
  const sentMs = performance.now();
  moderator.sendBinary(movePacket);
  await Promise.race([everybody, rest(PATIENCE_MS)]);
  const { load_cpu_us } = clock();
  return { at: arrivals.map((ms) => ms - sentMs), load_cpu_us };
}

const residentBeforeKb = residentOf(pid);
const joinClock = stopwatch([pid]);
const joinStartedMs = performance.now();
const wires = await joinAll();
const join_ms = performance.now() - joinStartedMs;
const join = joinClock();
await rest(300);
const residentAfterKb = residentOf(pid);

for (let index = 0; index < WARM_UP_MOVES; index += 1) await move(wires[0]);
await rest(BETWEEN_MOVES_MS);

const cpuBeforeUs = cpuOf(pid);
const movesClock = stopwatch([pid]);
const moves = [];
for (let index = 0; index < MOVES; index += 1) {
  moves.push(await move(wires[index % wires.length]));
  await rest(BETWEEN_MOVES_MS);
}
const delivered = moves.reduce((sum, { at }) => sum + at.length, 0);
const cpu_us = (cpuOf(pid) - cpuBeforeUs) / delivered;
const load_cpu_us = moves.reduce((sum, each) => sum + each.load_cpu_us, 0) / delivered;
console.log(
  JSON.stringify({
    participants: count,
    first_ms: median(moves.map(({ at }) => at[0])),
    half_ms: median(moves.map(({ at }) => percentile(at, 0.5))),
    last_ms: median(moves.map(({ at }) => at.at(-1))),
    cpu_us,
    lost: count * MOVES - delivered,
    bytes_each: bytesEach,
    join_ms,
    join_cpu_us: join.server_cpu_us / count,
    kb_each: (residentAfterKb - residentBeforeKb) / count,
    server_mb: residentOf(pid) / 1024,
    load_cpu_us,
    others_share: movesClock().others_share,
    load_is_bottleneck: load_cpu_us > cpu_us,
  }),
);
process.exit(0);
