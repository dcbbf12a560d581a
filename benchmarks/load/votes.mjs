// A thousand people vote within ten seconds while two hundred pages are typed in; how long until each vote is a fact?

import * as Y from "yjs";

import { cpuOf, options, percentile, rest, stopwatch } from "./measure.mjs";
import { boardIn, found, inTurns, insist, openSeat } from "./workshop.mjs";

const OPENING_AT_ONCE = 50;
const GROUP = 5;
const STRAGGLERS_MS = 3000;

const given = options({ port: "0", pid: "0", people: "1000", seconds: "10", rate: "2" });
const port = Number(given.port);
const pids = String(given.pid).split(",").map(Number);
const people = Number(given.people);
const seconds = Number(given.seconds);

const workshop = await found({ port, people, form: "fives" });
const moderator = await openSeat({ port, seat: workshop.moderator });
await insist(moderator.wish("", { type: "MoveRoom", phase: "first", left: null }));

const sessions = [];
const members = new Map();
let updatesSeen = 0;
await inTurns(people, OPENING_AT_ONCE, async (index) => {
  let board;
  const session = await openSeat({
    port,
    seat: workshop.seats[index],
    onEvent: (name, payload) => {
      if (name === "views") board ??= boardIn(payload, "first");
      else if (name === "update") updatesSeen += 1;
    },
  });
  await insist(session.ask("open", { page: board, vector: Buffer.of(0) }));
  sessions.push(session);
  members.set(board, [...(members.get(board) ?? []), session]);
});

const saves = [];
const unanswered = new Set();

/** Asks, and notes how long the answer took; a refusal counts as no answer. */
async function timed(times, answer) {
  const sentMs = performance.now();
  const entry = {};
  unanswered.add(entry);
  const told = await answer;
  if (told.t === "no") return;
  unanswered.delete(entry);
  times.push(performance.now() - sentMs);
}

function typist(page, session) {
  const doc = new Y.Doc();
  const text = doc.getText("text");
  let words = 0;
  doc.on("update", (update) => void timed(saves, session.ask("update", { page, u: Buffer.from(update) })));
  return () => text.insert(text.length, `word${words++ % 10}`);
}

const typists = [...members].map(([page, [session]]) => typist(page, session));
const timers = typists.map((type, index) => {
  let timer = setTimeout(function strike() {
    type();
    timer = setTimeout(strike, 1000 / Number(given.rate));
  }, (index / typists.length) * (1000 / Number(given.rate)));
  return () => clearTimeout(timer);
});
await rest(1500);
saves.length = 0;

const votes = [];
const clock = stopwatch(pids);
const redisBeforeUs = pids[1] ? cpuOf(pids[1]) : 0;
const startMs = performance.now();
for (let index = 0; index < people; index += 1) {
  const dueMs = startMs + (seconds * 1000 * index) / people;
  if (dueMs > performance.now()) await rest(dueMs - performance.now());
  void timed(votes, sessions[(index * 7) % people].wish("", { type: "SignalDone" }));
}
const worked = clock();
const redis_share = pids[1] ? (cpuOf(pids[1]) - redisBeforeUs) / 1000 / worked.elapsed_ms : 0;
timers.forEach((stop) => stop());
for (let waited = 0; unanswered.size > 0 && waited < STRAGGLERS_MS; waited += 50) await rest(50);

const sorted = (times) => Float64Array.from(times).sort();
const load_share = worked.load_cpu_us / 1000 / worked.elapsed_ms;
console.log(
  JSON.stringify({
    votes: votes.length,
    documents: members.size,
    vote_p50_ms: percentile(sorted(votes), 0.5),
    vote_p99_ms: percentile(sorted(votes), 0.99),
    save_p50_ms: percentile(sorted(saves), 0.5),
    save_p99_ms: percentile(sorted(saves), 0.99),
    unanswered: unanswered.size + (people - votes.length),
    server_share: worked.server_cpu_us / 1000 / worked.elapsed_ms,
    redis_share,
    load_share,
    others_share: worked.others_share,
    stolen_share: worked.stolen_share,
    load_is_bottleneck: load_share > 0.85,
    largest_group: Math.max(...[...members.values()].map((group) => group.length)) / GROUP,
    updates_seen: updatesSeen,
  }),
);
process.exit(0);
