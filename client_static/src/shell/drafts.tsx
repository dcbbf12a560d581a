/** Words that the workshop does not take: shown wherever their writer is, to copy or to let go, and never dropped silently. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { isLasting } from "../activities/spaces";
import { words as counted } from "../documents/change";
import type { OpenPage } from "../documents/page";
import { pagesOf } from "../documents/pages";
import { catalogueOf } from "../locales/catalogue";
import { draftsEn } from "../locales/drafts.en";
import type { Session } from "../session/session";
import { phaseOf } from "../state/day";
import { pack } from "../state/path";
import type { RoomShown } from "../state/workshop";
import { say } from "../ui/announcer";
import { copied } from "../ui/clipboard";
import { Button, SeenBy } from "../ui/parts";

const { say: w, count: wn } = catalogueOf(draftsEn);

const roomOf = (session: Session): RoomShown | undefined => session.views.room<RoomShown>("")?.body;

function phaseShown(session: Session, page: OpenPage): RoomShown["phases"][number] | undefined {
  return roomOf(session)?.phases.find((one) => one.id === page.page.split("/")[0]);
}

function whyOf(session: Session, page: OpenPage): string {
  const ended = session.connection.ended.value?.code;
  if (ended) return w(ended === "erased" ? "why.erased" : "why.seat");
  const code = page.refused.value;
  const phaseClosed = phaseShown(session, page)?.status === "closed" && !isLasting(session, page.page);
  const isClosed = phaseClosed || roomOf(session)?.life === "closed";
  if (code === "phase_closed" || (code === "read_only" && isClosed)) return w("why.closed");
  // Of a page that can only be read while its phase is open, the table has ended.
  if (code === "not_your_page" || code === "read_only") return w("why.not_yours");
  return code === "page_gone" ? w("why.gone") : w("why.other", { code });
}

function phaseTitle(session: Session, page: OpenPage): string {
  const shown = phaseShown(session, page);
  const phase = shown && pack.value ? phaseOf(shown, pack.value) : null;
  return phase?.words.title ?? "";
}

function useParts(page: OpenPage): string[] {
  const parts = useSignal<string[]>([]);
  useEffect(() => {
    const look = (): void => {
      parts.value = Object.values(page.words());
    };
    look();
    page.doc.on("update", look);
    return () => page.doc.off("update", look);
  }, [page, parts]);
  return parts.value;
}

function LettingGo({ session, page }: { session: Session; page: OpenPage }) {
  const asked = useSignal(false);
  const go = async (): Promise<void> => {
    await pagesOf(session).discard(page.page);
    say(w("gone"));
  };
  if (!asked.value) {
    return (
      <Button kind="plain" onPress={() => (asked.value = true)}>
        {w("discard")}
      </Button>
    );
  }
  return (
    <div class="stack tight" role="group" aria-label={w("sure")}>
      <p>{w("sure")}</p>
      <div class="row">
        <Button onPress={() => void go()}>{w("sure_yes")}</Button>
        <Button kind="plain" onPress={() => (asked.value = false)}>
          {w("sure_no")}
        </Button>
      </div>
    </div>
  );
}

function Draft({ session, page }: { session: Session; page: OpenPage }) {
  const parts = useParts(page);
  const text = parts.join("\n\n");
  return (
    <li class="stack tight">
      <p class="small quiet numerals">{wn("from", counted(text), { phase: phaseTitle(session, page) })}</p>
      <div class="draft-words">
        {parts.map((part, at) => (
          <p class="written" key={at}>
            {part}
          </p>
        ))}
      </div>
      <p class="small quiet">{whyOf(session, page)}</p>
      <div class="row">
        <Button onPress={() => void copied(text).then(() => say(w("copied")))}>{w("copy")}</Button>
        <LettingGo session={session} page={page} />
      </div>
    </li>
  );
}

export function Drafts({ session }: { session: Session }) {
  const drafts = pagesOf(session).drafts.value;
  if (drafts.length === 0) return null;
  return (
    <section class="drafts notice stack" aria-labelledby="drafts-title">
      <div class="row between">
        <h2 id="drafts-title">{wn("title", drafts.length)}</h2>
        <SeenBy who="me" />
      </div>
      <p class="small">{w("lead")}</p>
      <ul class="stack">
        {drafts.map((page) => (
          <Draft key={page.page} session={session} page={page} />
        ))}
      </ul>
    </section>
  );
}
