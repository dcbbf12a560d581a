/** The pages of a phase are opened when one comes to it: what was never opened could not be written in a tunnel. */

import { useEffect } from "preact/hooks";
import type { Session } from "../session/session";
import type { Views } from "../state/views";
import { pagesOf } from "./pages";

/** A whole room comes at once; so long after that the last has asked. */
const SPREAD_MS = 800;
const MOST = 12;

function* stringsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (Array.isArray(value)) for (const one of value) yield* stringsIn(one);
  else if (typeof value === "object" && value !== null) for (const one of Object.values(value)) yield* stringsIn(one);
}

/** The pages of a phase that my own views name, mine first. */
export function pagesNamed(views: Views, phase: string): string[] {
  const page = new RegExp(`^${phase}(/[A-Za-z0-9_.-]+)+$`);
  const found = new Set<string>();
  for (const kind of ["person:", "group:"]) {
    for (const shown of views.all.value.values()) {
      if (shown.part !== phase || !shown.audience.startsWith(kind)) continue;
      for (const one of stringsIn(shown.body)) if (page.test(one)) found.add(one);
    }
  }
  return [...found].slice(0, MOST);
}

export function useEntry(session: Session, phase: string): void {
  // A screen that is only shown, as somebody else has it, names pages that are not ours to open.
  const names = session === session.self ? pagesNamed(session.views, phase).join(" ") : "";
  useEffect(() => {
    const pages = pagesOf(session);
    let opened: ReturnType<typeof pages.take>[] = [];
    const opening = setTimeout(() => {
      opened = names
        .split(" ")
        .filter(Boolean)
        .map((name) => pages.take(name));
    }, Math.random() * SPREAD_MS);
    return () => {
      clearTimeout(opening);
      for (const page of opened) pages.leave(page);
    };
  }, [session, names]);
}
