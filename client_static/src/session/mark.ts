/** The state of a person's words in one word: saved, saving, offline, back. It never says saved too early. */

export type Link = "connecting" | "live" | "away" | "offline" | "stopped";

export interface Words {
  link: Link;
  /** Wishes and edits that the server has not answered for. */
  pending: number;
  /** Texts that the server does not take, and that only this device has. */
  drafts: number;
  /** Whether this device keeps what is typed: if not, it lives as long as the page is open. */
  keeps: boolean;
  /** The server's time of the last answer, 0 when there was none yet. */
  saved_ms: number;
  /** True for a few seconds after a return that had something to send. */
  returned: boolean;
}

export type Mark =
  | { state: "saved"; at_ms: number }
  | { state: "saving" | "offline"; pending: number; keeps: boolean }
  | { state: "kept"; drafts: number }
  | { state: "back" | "ready" | "connecting" };

export function markOf(words: Words): Mark {
  const waiting = { pending: words.pending, keeps: words.keeps };
  if (words.link === "offline" || words.link === "away" || words.link === "stopped") {
    return { state: "offline", ...waiting };
  }
  if (words.link === "connecting") {
    return words.pending > 0 ? { state: "offline", ...waiting } : { state: "connecting" };
  }
  if (words.pending > 0) return { state: "saving", ...waiting };
  if (words.drafts > 0) return { state: "kept", drafts: words.drafts };
  if (words.returned) return { state: "back" };
  return words.saved_ms > 0 ? { state: "saved", at_ms: words.saved_ms } : { state: "ready" };
}
