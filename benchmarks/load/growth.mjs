// What one more participant, one more vote and one more edit cost in a room of PEOPLE.

import * as Y from "yjs";

import { options, residentOf, rest, stopwatch } from "./measure.mjs";
import { boardIn, found, inTurns, insist, openSeat } from "./workshop.mjs";

const AT_ONCE = 25;

const given = options({ port: "0", pid: "0", people: "100", acts: "400" });
const port = Number(given.port);
const pids = String(given.pid).split(",").map(Number);
const people = Number(given.people);

const workshop = await found({ port, people, form: "fives" });
const moderator = await openSeat({ port, seat: workshop.moderator });
await insist(moderator.wish("", { type: "MoveRoom", phase: "first", left: null }));
await rest(300);

const memory = () => pids.reduce((sum, pid) => sum + residentOf(pid), 0);
const before = memory();
const devices = [];
await inTurns(people, AT_ONCE, async (index) => {
  let page;
  const session = await openSeat({
    port,
    seat: workshop.seats[index],
    onEvent: (name, payload) => {
      if (name === "views") page ??= boardIn(payload, "first");
    },
  });
  await insist(session.ask("open", { page, vector: Buffer.of(0) }));
  devices.push({ session, page, text: new Y.Doc().getText("text") });
});
await rest(700);
const kb_each = (memory() - before) / people;

/** CPU of the server for each of at least so many acts, everybody in turn, a few of them under way at once. */
async function costOf(act) {
  const acts = Math.max(Number(given.acts), people);
  const clock = stopwatch(pids);
  await inTurns(acts, AT_ONCE, (number) => act(devices[number % people], Math.floor(number / people)));
  await rest(300);
  return clock().server_cpu_us / acts;
}

for (const device of devices) device.text.doc.on("update", (update) => (device.update = update));
const vote_us = await costOf(({ session }, turn) => insist(session.wish("", { type: "SignalDone", done: turn % 2 === 0 })));
const edit_us = await costOf((device) => {
  device.text.insert(device.text.length, "word ");
  return insist(device.session.ask("update", { page: device.page, u: Buffer.from(device.update) }));
});
console.log(JSON.stringify({ people, kb_each, vote_us, edit_us, server_mb: memory() / 1024 }));
process.exit(0);
