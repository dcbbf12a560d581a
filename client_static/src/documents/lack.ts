/** Whether an update holds anything that the other side's answer shows it does not have. */

import * as Y from "yjs";

interface Range {
  clock: number;
  len: number;
}

function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const { clock, len } of [...ranges].sort((a, b) => a.clock - b.clock)) {
    const last = result.at(-1);
    if (last && clock <= last.clock + last.len) last.len = Math.max(last.len, clock + len - last.clock);
    else result.push({ clock, len });
  }
  return result;
}

/** A Yjs difference always carries every deletion, new or not: without this, each opening of a page would write to it. */
export function lacks(missing: Uint8Array, answered: Uint8Array): boolean {
  const ours = Y.decodeUpdate(missing);
  if (ours.structs.length > 0) return true;
  const theirs = Y.decodeUpdate(answered).ds.clients;
  for (const [client, ranges] of ours.ds.clients) {
    const known = joined(theirs.get(client) ?? []);
    const covered = joined(ranges).every(({ clock, len }) =>
      known.some((one) => one.clock <= clock && clock + len <= one.clock + one.len),
    );
    if (!covered) return true;
  }
  return false;
}
