/** What moderators ask over HTTP: links, seats for people without a device, and lists. */

import type { Seat } from "../session/seats";
import { Problem } from "../shell/api";

/** A way to somebody's seat from another device, good for ten minutes and once. */
export interface Handover {
  handover: string;
  link: string;
  pin: string;
}

export type LinkRole = "moderator" | "co_moderator" | "observer" | "screen" | "person";

/** A list that could not be read names every wrong line. */
export class ListProblem extends Error {
  constructor(readonly lines: readonly string[]) {
    super("bad_list");
  }
}

interface Told {
  code?: string;
  detail?: string;
  problems?: string[];
}

const post = <T>(seat: Seat, path: string, body: string | Blob, type?: string): Promise<T> =>
  request<T>(seat, `/api/workshops/${seat.workshop}/${path}`, body, type);

async function request<T>(seat: Seat, path: string, body: string | Blob, type = "application/json"): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: "POST",
      body,
      headers: { "Content-Type": type, Authorization: `Bearer ${seat.token}` },
    });
  } catch {
    throw new Problem("unreachable", "", "retry");
  }
  const told = (await response.json().catch(() => ({}))) as T & Told;
  if (response.ok) return told;
  if (told.problems?.length) throw new ListProblem(told.problems);
  throw new Problem(told.code ?? `http_${response.status}`, told.detail ?? "", "stop");
}

export const newLink = async (seat: Seat, role: LinkRole, person = "", name = ""): Promise<string> => {
  const wanted = JSON.stringify(name ? { role, person, name } : { role, person });
  return (await post<{ link: string }>(seat, "links", wanted)).link;
};

/** What I am called on the screens of the people into whose group I look. */
export const nameMyself = async (seat: Seat, name: string): Promise<void> => {
  await request(seat, "/api/profile", JSON.stringify({ name }));
};
export const handOver = (seat: Seat, person: string): Promise<Handover> =>
  post<Handover>(seat, "handovers", JSON.stringify({ person }));

export const addPerson = async (seat: Seat, name: string, school: string): Promise<string> =>
  (await post<{ person: string }>(seat, "person", JSON.stringify({ name, school }))).person;

/** A file goes as it is: which letters its bytes are is the server's to know. */
export const importList = async (seat: Seat, list: string | Blob): Promise<number> =>
  (await post<{ added: number }>(seat, "people", list, "text/csv")).added;
