/** The state of a person's words in one word: saved, saving, offline, back. It never says saved too early. */

export type Link = "connecting" | "live" | "away" | "offline" | "stopped";

export interface Words {
  link: Link;
  /** Wishes and edits that the server has not answered for. */
  pending: number;
  /** The server's time of the last answer, 0 when there was none yet. */
  saved_ms: number;
  /** True for a few seconds after a return that had something to send. */
  returned: boolean;
}

export type Mark =
  | { state: "saved"; at_ms: number }
  | { state: "saving" | "offline"; pending: number }
  | { state: "back" | "ready" | "connecting" };

export function markOf(words: Words): Mark {
  if (words.link === "offline" || words.link === "away" || words.link === "stopped") {
    return { state: "offline", pending: words.pending };
  }
  if (words.link === "connecting") {
    return words.pending > 0 ? { state: "offline", pending: words.pending } : { state: "connecting" };
  }
  if (words.pending > 0) return { state: "saving", pending: words.pending };
  if (words.returned) return { state: "back" };
  return words.saved_ms > 0 ? { state: "saved", at_ms: words.saved_ms } : { state: "ready" };
}
