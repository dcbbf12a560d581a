// People type five-letter words into shared texts; how long until each of the others has them?

import * as Y from "yjs";

import { connectors, prepare, REMOTE } from "./editors.mjs";
import { cpuOf, options, percentile, residentOf, rest, stopwatch } from "./measure.mjs";

const WORD_LETTERS = 5;
const WARM_UP_MS = 1500;
const STRAGGLERS_MS = 5000;
const JOINING_WITHIN_MS = 15_000;
const BUSY_SHARE = 0.85;

const CROWD_WORDS_PER_S = 2;

const given = options({
  system: "y-websocket",
  port: "0",
  pid: "0",
  documents: "1",
  editors: "2",
  rate: "1",
  seconds: "8",
  // So many more write into one further document. They are no part of the figures: they are what the others suffer from.
  crowd: "0",
});
const ports = String(given.port).split(",").map(Number);
const pids = String(given.pid).split(",").map(Number);
// One for each node, and after them our Redis.
const redisPid = pids[ports.length];
const redisCpuUs = () => (redisPid ? cpuOf(redisPid) : 0);
const documents = Number(given.documents);
const editorsEach = Number(given.editors);
const everyMs = 1000 / Number(given.rate);
const crowd = Number(given.crowd);
const seconds = Number(given.seconds);

const sentMs = new Map();
const latencies = [];
let measuring = false;
let measuredWords = 0;
let wordNumber = 0;

function nextWord() {
  wordNumber += 1;
  return wordNumber.toString(36).padStart(WORD_LETTERS, "0");
}

/** The strings that a transaction brought. Reading `event.delta` would walk the whole text, for every editor. */
function* arrivedStrings(doc, { beforeState, afterState }) {
  for (const [client, clock] of afterState) {
    const knownClock = beforeState.get(client) ?? 0;
    if (clock === knownClock) continue;
    const structs = doc.store.clients.get(client);
    for (let index = Y.findIndexSS(structs, knownClock); index < structs.length; index += 1) {
      const { id, content } = structs[index];
      if (typeof content?.str === "string") yield content.str.slice(Math.max(0, knownClock - id.clock));
    }
  }
}

function hear(doc) {
  doc.on("afterTransaction", (transaction) => {
    if (transaction.origin !== REMOTE) return;
    const nowMs = performance.now();
    for (const arrived of arrivedStrings(doc, transaction)) {
      for (let at = 0; at < arrived.length; at += WORD_LETTERS) {
        const sent = sentMs.get(arrived.slice(at, at + WORD_LETTERS));
        if (sent !== undefined) latencies.push(nowMs - sent);
      }
    }
  });
}

// One after another: of sixty at once pycrdt-websocket lets only forty in, and joining is not what is measured here.
async function openEditors() {
  const editors = [];
  const form = documents === 1 ? "plenary" : "fives";
  const seatOf = await prepare({ system: given.system, port: ports[0], people: documents * editorsEach, form });
  for (let index = 0; index < documents * editorsEach; index += 1) {
    const { doc, editor } = await openEditor(index, `room-${index % documents}`, seatOf(index));
    hear(doc);
    editors.push(editor);
  }
  return editors;
}

async function openCrowd() {
  const writers = [];
  const seatOf = crowd && (await prepare({ system: given.system, port: ports[0], people: crowd, form: "plenary" }));
  for (let index = 0; index < crowd; index += 1) {
    const { editor } = await openEditor(index, "crowd", seatOf(index));
    // Ours tells the name of the page, which is the same in another workshop.
    writers.push({ ...editor, room: "crowd" });
  }
  return writers;
}

async function openEditor(index, room, seat) {
  const doc = new Y.Doc();
  const joining = connectors[given.system]({ port: ports[index % ports.length], room, doc, ...seat });
  const connection = await Promise.race([joining, rest(JOINING_WITHIN_MS)]);
  if (connection === undefined) throw new Error(`editor ${index} could not join within ${JOINING_WITHIN_MS} ms`);
  const { acknowledged } = connection;
  return { doc, editor: { room: connection.room ?? room, acknowledged, text: doc.getText("text") } };
}

function type({ text }, isMeasured) {
  const word = nextWord();
  if (measuring && isMeasured) {
    measuredWords += 1;
    sentMs.set(word, performance.now());
  }
  text.insert(text.length, word);
}

function startTyping(editors, everyMs, isMeasured) {
  const timers = new Set();
  const startMs = performance.now();
  editors.forEach((editor, index) => {
    let dueMs = startMs + (everyMs * index) / editors.length;
    const strike = () => {
      type(editor, isMeasured);
      dueMs += everyMs;
      timer = setTimeout(strike, Math.max(0, dueMs - performance.now()));
      timers.add(timer);
    };
    let timer = setTimeout(strike, Math.max(0, dueMs - performance.now()));
    timers.add(timer);
  });
  return () => timers.forEach(clearTimeout);
}

function replicasDiffer(editors) {
  const texts = new Map();
  let different = 0;
  for (const { room, text } of editors) {
    const value = text.toString();
    if (!texts.has(room)) texts.set(room, value);
    else if (texts.get(room) !== value) different += 1;
  }
  return different;
}

const residentBeforeKb = pids.reduce((sum, pid) => sum + residentOf(pid), 0);
const editors = await openEditors();
const crowded = await openCrowd();
const stopTyping = startTyping(editors, everyMs, true);
const stopCrowd = startTyping(crowded, 1000 / CROWD_WORDS_PER_S, false);
await rest(WARM_UP_MS);
measuring = true;
const clock = stopwatch(pids);
const redisBeforeUs = redisCpuUs();
await rest(seconds * 1000);
measuring = false;
stopTyping();
stopCrowd();
const worked = clock();
const duringTyping = latencies.length;
const expected = measuredWords * (editorsEach - 1);
for (let waitedMs = 0; latencies.length < expected && waitedMs < STRAGGLERS_MS; waitedMs += 50) await rest(50);
for (let waitedMs = 0; replicasDiffer(crowded) && waitedMs < STRAGGLERS_MS; waitedMs += 50) await rest(50);
await rest(200);
const all = clock();

const sorted = Float64Array.from(latencies).sort();
const loadShare = worked.load_cpu_us / 1000 / worked.elapsed_ms;
console.log(
  JSON.stringify({
    documents,
    editors_each: editorsEach,
    words: measuredWords,
    p50_ms: percentile(sorted, 0.5),
    p95_ms: percentile(sorted, 0.95),
    p99_ms: percentile(sorted, 0.99),
    cpu_us: all.server_cpu_us / latencies.length,
    server_share: worked.server_cpu_us / 1000 / worked.elapsed_ms,
    late: expected - duringTyping,
    redis_us: redisPid ? (redisCpuUs() - redisBeforeUs) / latencies.length : null,
    unsaved: [...editors, ...crowded].reduce((sum, { acknowledged }) => sum + (acknowledged ? acknowledged.sent - acknowledged.saved : 0), 0),
    lost_percent: (100 * (expected - latencies.length)) / expected,
    replicas_that_differ: replicasDiffer([...editors, ...crowded]),
    server_mb: pids.reduce((sum, pid) => sum + residentOf(pid), 0) / 1024,
    kb_each: (pids.reduce((sum, pid) => sum + residentOf(pid), 0) - residentBeforeKb) / editors.length,
    load_share: loadShare,
    load_pause_ms: worked.load_pause_ms,
    others_share: worked.others_share,
    stolen_share: worked.stolen_share,
    load_is_bottleneck: loadShare > BUSY_SHARE,
  }),
);
process.exit(0);
