/** The few questions that are asked over HTTP, before and beside the socket. */

import type { Role } from "../protocol/frames";
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
}

export type LinkName = "moderator" | "co_moderator" | "observer" | "screen";

export interface Created {
  workshop: string;
  code: string;
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
}

/** The server said no, or (with the code `unreachable`) said nothing. */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly detail: string,
    readonly then: "retry" | "stop",
  ) {
    super(code);
  }
}

interface Told {
  code?: unknown;
  detail?: unknown;
  then?: unknown;
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
    response = await fetch(path, { ...options, headers: { "Content-Type": "application/json", ...options.headers } });
  } catch {
    throw new Problem("unreachable", "", "retry");
  }
  if (response.ok) return (await response.json()) as T;
  const { code, detail, then } = await told(response);
  const gone = response.status >= 502 && response.status <= 504;
  throw new Problem(
    typeof code === "string" ? code : gone ? "unreachable" : `http_${response.status}`,
    typeof detail === "string" ? detail : "",
    then === "retry" || gone ? "retry" : "stop",
  );
}

const post = <T>(path: string, body: object): Promise<T> =>
  ask<T>(path, { method: "POST", body: JSON.stringify(body) });

export const schedules = (): Promise<ScheduleOffer[]> => ask<ScheduleOffer[]>("/api/schedules");
export const create = (wanted: NewWorkshop): Promise<Created> => post<Created>("/api/workshops", wanted);
export const invitation = (code: string): Promise<Invitation> =>
  ask<Invitation>(`/api/join/${encodeURIComponent(code)}`);
export const join = (code: string, who: Joining): Promise<Joined> =>
  post<Joined>(`/api/join/${encodeURIComponent(code)}`, who);
export const takeSeat = (proof: { token: string } | { code: string; pin: string }): Promise<Taken> =>
  post<Taken>("/api/seat", proof);

/** The texts of the path in one language. They never change under one name, so the browser may keep them. */
export const texts = <T>(workshop: string, pack: string, language: string, token: string): Promise<T> =>
  ask<T>(`/api/path/${workshop}/${pack}/${language}`, { headers: { Authorization: `Bearer ${token}` } });

/** How its owner takes this seat to another device. */
export interface OwnSeat {
  link: string;
  pin: string;
  code: string;
}

export const mySeat = (token: string): Promise<OwnSeat> =>
  ask<OwnSeat>("/api/seat", { headers: { Authorization: `Bearer ${token}` } });
