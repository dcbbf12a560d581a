/** The few questions that are asked over HTTP, before and beside the socket. */

import type { Role } from "../protocol/frames";
import { randomName } from "../session/identity";
import type { Option } from "../ui/choices";

export interface ScheduleOffer {
  id: string;
  title: string;
  summary: string;
  minutes: number;
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
}

/** The server said no, or (with the code `unreachable`) said nothing. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly then: "retry" | "stop",
    /** What is wrong with a file, line by line. */
    readonly problems: readonly string[] = [],
  ) {
    super(code);
  }
}

const NAMED = "bc-device";

/** How this browser names itself, so that who guesses codes is slowed and the school behind the same address is not. */
function ownName(): string {
  try {
    const kept = localStorage.getItem(NAMED) ?? randomName();
    localStorage.setItem(NAMED, kept);
    return kept;
  } catch {
    // Without storage every page load is another device; it is slowed with all the nameless.
    return "";
  }
}

interface Told {
  code?: unknown;
  detail?: unknown;
  then?: unknown;
  problems?: unknown;
}

async function told(response: Response): Promise<Told> {
  try {
    return (await response.json()) as Told;
  } catch {
    // A proxy in between answers in its own words; the status is all we know.
    return {};
  }
}

async function ask<T>(path: string, options: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    const headers = { "Content-Type": "application/json", "X-Device": ownName(), ...options.headers };
    response = await fetch(path, { ...options, headers });
  } catch {
    throw new Problem("unreachable", "", "retry");
  }
  if (response.ok) return (await response.json()) as T;
  const { code, detail, then, problems } = await told(response);
  const gone = response.status >= 502 && response.status <= 504;
  throw new Problem(
    typeof code === "string" ? code : gone ? "unreachable" : `http_${response.status}`,
    typeof detail === "string" ? detail : "",
    then === "retry" || gone ? "retry" : "stop",
    Array.isArray(problems) ? problems.map(String) : [],
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
export const takeSeat = (proof: { token: string } | { code: string; pin: string }): Promise<Taken> =>
  post<Taken>("/api/seat", proof);

/** The texts of the path in one language. They never change under one name, so the browser may keep them. */
export const texts = <T>(workshop: string, pack: string, language: string, token: string): Promise<T> =>
  ask<T>(`/api/path/${workshop}/${pack}/${language}`, { headers: { Authorization: `Bearer ${token}` } });

/** A PIN for the next device, good for ten minutes. */
export const newPin = (token: string): Promise<{ pin: string }> =>
  ask<{ pin: string }>("/api/pin", { method: "POST", headers: { Authorization: `Bearer ${token}` } });

/** The address that other devices must use: the operator's own laptop knows itself as 127.0.0.1. */
export const about = (): Promise<{ join_base: string }> => ask<{ join_base: string }>("/api/about");
