// The board of a moderator: PEOPLE in groups of five, one of each group types, others tap; how long until each tap is on the board?

import * as Y from "yjs";

import { options, percentile, rest, stopwatch } from "./measure.mjs";
import { boardIn, found, inTurns, insist, openSeat } from "./workshop.mjs";

const AT_ONCE = 25;
const STRAGGLERS_MS = 2000;

const given = options({ port: "0", pid: "0", people: "200", seconds: "15", rate: "2", taps: "4" });
const port = Number(given.port);
const pids = String(given.pid).split(",").map(Number);
const people = Number(given.people);
const seconds = Number(given.seconds);

const workshop = await found({ port, people, form: "fives" });

/** Whom the newest board shows as in need of time, and who waits for a board to show it: person to [need, when]. */
let needing = new Set();
const waiting = new Map();
const shown = [];

function seen(frames) {
  const nowMs = performance.now();
  const board = frames.find(({ a, p, body }) => a === "moderators" && p === "" && body);
  if (!board) return;
  needing = new Set(board.body.need_time);
  for (const [person, { need, sentMs }] of waiting) {
    if (needing.has(person) !== need) continue;
    waiting.delete(person);
    shown.push(nowMs - sentMs);
  }
}

const moderator = await openSeat({
  port,
  seat: workshop.moderator,
  onEvent: (name, payload) => name === "views" && seen(payload),
});
await insist(moderator.wish("", { type: "MoveRoom", phase: "first", left: null }));

const groups = new Map();
const sessions = [];
await inTurns(people, AT_ONCE, async (index) => {
  let page;
  const seat = workshop.seats[index];
  const session = await openSeat({
    port,
    seat,
    onEvent: (name, payload) => {
      if (name === "views") page ??= boardIn(payload, "first");
    },
  });
  await insist(session.ask("open", { page, vector: Buffer.of(0) }));
  sessions.push({ session, person: seat.person });
  groups.set(page, [...(groups.get(page) ?? []), session]);
});

/** Types a word `rate` times a second; the function it returns stops it. */
function typing(page, session, delayMs) {
  const text = new Y.Doc().getText("text");
  let words = 0;
  text.doc.on("update", (update) => void session.ask("update", { page, u: Buffer.from(update) }));
  let timer = setTimeout(function strike() {
    text.insert(text.length, `word${words++ % 10} `);
    timer = setTimeout(strike, 1000 / Number(given.rate));
  }, delayMs);
  return () => clearTimeout(timer);
}

const stops = [...groups].map(([page, [first]], at) => typing(page, first, (at / groups.size) * (1000 / Number(given.rate))));
await rest(1500);

const clock = stopwatch(pids);
const endMs = performance.now() + seconds * 1000;
let taps = 0;
let refused = 0;
while (performance.now() < endMs) {
  const { session, person } = sessions[(taps * 7) % people];
  const need = !needing.has(person);
  if (!waiting.has(person)) {
    waiting.set(person, { need, sentMs: performance.now() });
    void session.wish("", { type: "SignalNeedTime", need }).then((told) => (refused += told.t === "no" ? 1 : 0));
    taps += 1;
  }
  // People tap when they like: sometimes two at once, sometimes nobody for a second.
  await rest((-Math.log(1 - Math.random()) * 1000) / Number(given.taps));
}
const worked = clock();
for (let waited = 0; waiting.size > 0 && waited < STRAGGLERS_MS; waited += 50) await rest(50);
stops.forEach((stop) => stop());

const times = Float64Array.from(shown).sort();
const load_share = worked.load_cpu_us / 1000 / worked.elapsed_ms;
console.log(
  JSON.stringify({
    taps,
    groups: groups.size,
    shown_p50_ms: percentile(times, 0.5),
    shown_p99_ms: percentile(times, 0.99),
    not_shown: waiting.size + refused,
    server_share: worked.server_cpu_us / 1000 / worked.elapsed_ms,
    load_share,
    others_share: worked.others_share,
    stolen_share: worked.stolen_share,
    load_is_bottleneck: load_share > 0.85,
  }),
);
process.exit(0);
