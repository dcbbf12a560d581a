/** What the moderator says to the room, to my group or to me: in sight until I have read it, wherever I have scrolled. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { t, timeOfDay } from "../locales";
import { kept } from "../session/kept";
import type { Session } from "../session/session";
import type { Message, PersonShown, RoomShown } from "../state/workshop";
import { announce } from "../ui/announcer";
import { Button } from "../ui/parts";

const READ = "bc-read";
/** What was said yesterday is no longer news. */
const NEWS_MS = 12 * 60 * 60_000;

export interface Heard {
  id: string;
  words: string;
  at_ms: number;
}

function heard(session: Session): Heard[] {
  const found = new Map<string, Heard>();
  for (const shown of session.views.all.value.values()) {
    if (shown.part !== "") continue;
    const { messages = [] } = shown.body as { messages?: Message[] };
    for (const { text, at_ms } of messages) {
      const words = Object.values(shown.texts[text] ?? {}).join("\n");
      if (words) found.set(text, { id: text, words, at_ms });
    }
  }
  return [...found.values()].sort((a, b) => a.at_ms - b.at_ms);
}

interface Since {
  read_ms: number;
  joined_ms: number;
  now_ms: number;
}

/** What is new to this person: said after they came, and not put away yet. */
export function unread(all: readonly Heard[], { read_ms, joined_ms, now_ms }: Since): Heard[] {
  const from_ms = Math.max(read_ms, joined_ms, now_ms - NEWS_MS);
  return all.filter(({ at_ms }) => at_ms > from_ms);
}

/** The room has gone on since: the message steps back to one line, and can still be opened. */
function isPast(session: Session, last: Heard): boolean {
  const room = session.views.room<RoomShown>("")?.body;
  const entered_ms = room?.phases.find((one) => one.id === room.at)?.entered_ms ?? 0;
  return last.at_ms < entered_ms;
}

export function Messages({ session }: { session: Session }) {
  const key = `${READ}/${session.key}`;
  const read = useSignal(Number(kept.getItem(key) ?? 0));
  const opened = useSignal("");
  const joined_ms = session.views.mine<PersonShown>("")?.body.me.joined_ms ?? 0;
  const fresh = unread(heard(session), { read_ms: read.value, joined_ms, now_ms: session.clock.now() });
  const last = fresh.at(-1);
  const from = last ? t("message.from", { time: timeOfDay(last.at_ms) }) : "";
  useEffect(() => {
    if (last) announce(`${from}. ${last.words}`);
  }, [last?.id]);
  if (!last) return null;
  if (isPast(session, last) && opened.value !== last.id) {
    return (
      <button type="button" class="message folded" onClick={() => (opened.value = last.id)}>
        <span class="numerals">{from}</span>
        <span class="opens">{t("message.open")}</span>
      </button>
    );
  }
  return (
    <section class="message" aria-label={from}>
      <p class="small quiet numerals">{from}</p>
      <div class="said" tabIndex={0} role="group" aria-label={from}>
        {fresh.map(({ id, words }) => (
          <p key={id}>{words}</p>
        ))}
      </div>
      <Button
        onPress={() => {
          read.value = last.at_ms;
          kept.setItem(key, String(last.at_ms));
        }}
      >
        {t("message.read")}
      </Button>
    </section>
  );
}
