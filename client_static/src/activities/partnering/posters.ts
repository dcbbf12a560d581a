/** The vignettes that people shared under their names: what they are about stands beside them, typed once. */

import type { Session } from "../../session/session";

export interface Poster {
  title: string;
  a: string;
  b: string;
}

interface Hung {
  text?: string;
  author?: string | null;
}

/** Looked up on the walls that the room may see anyway, of whatever phase they hang in. */
export function posters(session: Session, people: readonly string[]): Poster[] {
  const found: Poster[] = [];
  for (const shown of session.views.all.value.values()) {
    if (shown.audience !== "room") continue;
    const { wall } = shown.body as { wall?: unknown };
    if (!Array.isArray(wall)) continue;
    for (const hung of wall as Hung[]) {
      if (!hung.author || !hung.text || !people.includes(hung.author)) continue;
      const words = shown.texts[hung.text] ?? {};
      if (words["title"]) found.push({ title: words["title"], a: words["pull_a"] ?? "", b: words["pull_b"] ?? "" });
    }
  }
  return found;
}
