/** The few questions that are asked over HTTP, before and beside the socket. */

import type { Role } from "../protocol/frames";
import { randomName } from "../session/identity";
import { kept } from "../session/kept";
import type { Option } from "../ui/choices";

/** `starts` as the path plans it, "13:30". */
export interface MeetingOffer {
  title: string;
  starts: string;
  minutes: number;
}

export interface ScheduleOffer {
  id: string;
  title: string;
  summary: string;
  minutes: number;
  meetings: MeetingOffer[];
}

export interface NewWorkshop {
  title: string;
  schedule: string;
  date: string;
  language: string;
  retention_days: number;
  key: string;
  /** The text of a path of one's own; empty for the bundled one. */
  pack: string;
}

export type LinkName = "moderator" | "co_moderator" | "observer" | "screen";

export interface Created {
  workshop: string;
  code: string;
  /** The address of the join page as phones must type it. */
  join: string;
  /** What goes before each of the links. */
  base: string;
  /** The day on which everything is erased. */
  kept_until_ms: number;
  links: Record<LinkName, string>;
}

export interface Invitation {
  workshop: string;
  title: string;
  date: string;
  agreement: string[];
  languages: string[];
  schooling: Option[];
  positions: Option[];
  schools: string[];
  people: { id: string; name: string; school: string }[];
  kept_until_ms: number;
  state: string;
}

export interface Joining {
  name: string;
  school: string;
  position: string;
  languages: string[];
  schooling: string;
  agreed: boolean;
  person?: string;
  /** A random name of this attempt: sent again because its answer was lost, it seats nobody twice. */
  claim: string;
}

export interface Joined {
  token: string;
  person: string;
  workshop: string;
}

export interface Taken {
  role: Role;
  workshop: string;
  token: string;
  person?: string;
  handover?: string;
}

/** Whose seat it is is asked on another device first: come again with `wait`. */
export interface Asked {
  wait: string;
}

/** The server said no, or (with the code `unreachable`) said nothing. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly then: "retry" | "stop",
    /** What is wrong with a file, line by line. */
    readonly problems: readonly string[] = [],
    readonly after_ms = 0,
  ) {
    super(code);
  }
}

const NAMED = "bc-device";

/** How this browser names itself, so that who guesses codes is slowed and the school behind the same address is not. */
function ownName(): string {
  const name = kept.getItem(NAMED) ?? randomName();
  kept.setItem(NAMED, name);
  return name;
}

interface Told {
  code?: unknown;
  detail?: unknown;
  then?: unknown;
  problems?: unknown;
  after_ms?: unknown;
}

async function told(response: Response): Promise<Told> {
  try {
    return (await response.json()) as Told;
  } catch {
    // A proxy in between answers in its own words; the status is all we know.
    return {};
  }
}

const TRIES = 8;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Where very many codes are tried at once everybody waits a little: the page goes on asking, not the person. */
async function ask<T>(path: string, options: RequestInit = {}): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await asked<T>(path, options);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "slow_down" || tries === TRIES) throw error;
      await pause(error.after_ms * (0.5 + Math.random()));
    }
  }
}

async function asked<T>(path: string, options: RequestInit): Promise<T> {
  let response: Response;
  try {
    const headers = { "Content-Type": "application/json", "X-Device": ownName(), ...options.headers };
    response = await fetch(path, { ...options, headers });
  } catch {
    throw new Problem("unreachable", "", "retry");
  }
  if (response.ok) return (await response.json()) as T;
  const { code, detail, then, problems, after_ms } = await told(response);
  const gone = response.status >= 502 && response.status <= 504;
  throw new Problem(
    typeof code === "string" ? code : gone ? "unreachable" : `http_${response.status}`,
    typeof detail === "string" ? detail : "",
    then === "retry" || gone ? "retry" : "stop",
    Array.isArray(problems) ? problems.map(String) : [],
    typeof after_ms === "number" ? after_ms : 0,
  );
}

const post = <T>(path: string, body: object): Promise<T> =>
  ask<T>(path, { method: "POST", body: JSON.stringify(body) });

export const schedules = (language: string): Promise<ScheduleOffer[]> =>
  ask<ScheduleOffer[]>(`/api/schedules?language=${language}`);
export const readPath = (pack: string): Promise<ScheduleOffer[]> => post<ScheduleOffer[]>("/api/paths", { pack });
export const create = (wanted: NewWorkshop): Promise<Created> => post<Created>("/api/workshops", wanted);
export const invitation = (code: string, language: string): Promise<Invitation> =>
  ask<Invitation>(`/api/join/${encodeURIComponent(code)}?language=${language}`);
export const join = (code: string, who: Joining): Promise<Joined> =>
  post<Joined>(`/api/join/${encodeURIComponent(code)}`, who);
export const takeSeat = (proof: { token: string } | { code: string; pin: string }): Promise<Taken | Asked> =>
  post<Taken | Asked>("/api/seat", proof);

/** The texts of the path in one language. They never change under one name, so the browser may keep them. */
export const texts = <T>(workshop: string, pack: string, language: string, token: string): Promise<T> =>
  ask<T>(`/api/path/${workshop}/${pack}/${language}`, { headers: { Authorization: `Bearer ${token}` } });

/** A PIN for the next device, good for ten minutes. */
export const newPin = (token: string): Promise<{ pin: string }> =>
  ask<{ pin: string }>("/api/pin", { method: "POST", headers: { Authorization: `Bearer ${token}` } });

/** The address that other devices must use: the operator's own laptop knows itself as 127.0.0.1. */
export const about = (): Promise<{ join_base: string }> => ask<{ join_base: string }>("/api/about");
