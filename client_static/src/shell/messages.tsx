/** What the moderator says to the room, to my group or to me, until I have read it. */

import { useSignal } from "@preact/signals";
import { t, timeOfDay } from "../locales";
import type { Session } from "../session/session";
import type { Message } from "../state/workshop";
import { Button } from "../ui/parts";

const READ = "bc-read";

interface Heard {
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

export function Messages({ session }: { session: Session }) {
  const read = useSignal(Number(localStorage.getItem(`${READ}/${session.key}`) ?? 0));
  const last = heard(session).at(-1);
  if (!last || last.at_ms <= read.value) return null;
  return (
    <div class="notice message" role="status">
      <p class="small quiet numerals">{t("message.from", { time: timeOfDay(last.at_ms) })}</p>
      <p class="lead">{last.words}</p>
      <Button
        onPress={() => {
          read.value = last.at_ms;
          localStorage.setItem(`${READ}/${session.key}`, String(last.at_ms));
        }}
      >
        {t("message.read")}
      </Button>
    </div>
  );
}
