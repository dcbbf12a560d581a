// Reads what a process has cost so far, and sums up what a run has shown.

import { readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";

const TICKS_PER_SECOND = 100;
const LOOKED_EVERY_MS = 2;

/** CPU of every thread of `pid` so far, in microseconds. */
export function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1e6) / TICKS_PER_SECOND;
}

/** Resident memory of `pid`, in kB. */
export function residentOf(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "latin1"))[1]);
}

export function percentile(sorted, part) {
  if (sorted.length === 0) return null;
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

export function median(numbers) {
  return percentile(Float64Array.from(numbers).sort(), 0.5);
}

/** Time that all cores have been busy so far, and that the host has given to other machines meanwhile, in microseconds. */
function timesOfMachine() {
  const line = readFileSync("/proc/stat", "latin1").split("\n")[0];
  const [user, nice, system, , , irq, softirq, steal] = line.split(/\s+/).slice(1).map((ticks) => (Number(ticks) * 1e6) / TICKS_PER_SECOND);
  return { busy_us: user + nice + system + irq + softirq, stolen_us: steal };
}

/** Starts the clock on `pids` and on ourselves; the function it returns reads both. */
export function stopwatch(pids) {
  const cpuBefore = pids.reduce((sum, pid) => sum + cpuOf(pid), 0);
  const ownBefore = process.cpuUsage();
  const before = timesOfMachine();
  const startedMs = performance.now();
  const delays = monitorEventLoopDelay({ resolution: LOOKED_EVERY_MS });
  delays.enable();
  return () => {
    const own = process.cpuUsage(ownBefore);
    const elapsed_ms = performance.now() - startedMs;
    const server_cpu_us = pids.reduce((sum, pid) => sum + cpuOf(pid), 0) - cpuBefore;
    const load_cpu_us = own.user + own.system;
    const now = timesOfMachine();
    const others_cpu_us = now.busy_us - before.busy_us - server_cpu_us - load_cpu_us;
    return {
      elapsed_ms,
      server_cpu_us,
      load_cpu_us,
      others_share: Math.max(0, others_cpu_us / 1000 / elapsed_ms),
      load_pause_ms: Math.max(0, delays.max / 1e6 - LOOKED_EVERY_MS),
      stolen_share: (now.stolen_us - before.stolen_us) / 1000 / elapsed_ms,
    };
  };
}

export function options(defaults) {
  const given = Object.fromEntries(
    process.argv.slice(2).map((argument) => /^--([a-z_]+)=(.*)$/.exec(argument).slice(1, 3)),
  );
  return { ...defaults, ...given };
}

export const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
