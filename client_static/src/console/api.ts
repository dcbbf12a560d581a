/** What moderators ask over HTTP: links, seats for people without a device, and lists. */

import type { Seat } from "../session/seats";
import { Problem } from "../shell/api";

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

const post = <T>(seat: Seat, path: string, body: string, type?: string): Promise<T> =>
  request<T>(seat, `/api/workshops/${seat.workshop}/${path}`, body, type);

async function request<T>(seat: Seat, path: string, body: string, type = "application/json"): Promise<T> {
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
  return new URL((await post<{ link: string }>(seat, "links", wanted)).link, location.origin).href;
};

/** What I am called on the screens of the people into whose group I look. */
export const nameMyself = async (seat: Seat, name: string): Promise<void> => {
  await request(seat, "/api/profile", JSON.stringify({ name }));
};

export const addPerson = async (seat: Seat, name: string, school: string): Promise<string> =>
  (await post<{ person: string }>(seat, "person", JSON.stringify({ name, school }))).person;

export const importList = async (seat: Seat, text: string): Promise<number> =>
  (await post<{ added: number }>(seat, "people", text, "text/csv; charset=utf-8")).added;
