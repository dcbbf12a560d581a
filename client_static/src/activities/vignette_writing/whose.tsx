/** Whose text is on the screen: mine, or that of somebody who has asked me to write in theirs. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { kept } from "../../session/kept";
import type { Session } from "../../session/session";
import { nameOf } from "../../state/day";
import { say } from "../../ui/announcer";
import { Button } from "../../ui/parts";
import type { WritesOn } from "./desk";
import { w } from "./words";

interface WhoseProps {
  session: Session;
  on: readonly WritesOn[];
  whose: string;
  onGo: (page: string) => void;
}

export function Whose({ session, on, whose, onGo }: WhoseProps) {
  return (
    <nav class="own-steps whose" aria-label={w("whose.nav")}>
      <button type="button" aria-current={whose === "" ? "page" : undefined} onClick={() => onGo("")}>
        {w("whose.mine")}
      </button>
      {on.map(({ page, author, typing }) => (
        <button key={page} type="button" aria-current={whose === page ? "page" : undefined} onClick={() => onGo(page)}>
          {w(typing ? "whose.for" : "whose.with", { name: nameOf(session.views, author).name })}
        </button>
      ))}
    </nav>
  );
}

const KEPT = "bc-invited";

/** Somebody has asked me to write with them: said once, and in sight until I have looked or put it off. */
export function Invitation({ session, on, whose, onGo }: WhoseProps) {
  const key = (page: string): string => `${KEPT}/${session.key}/${page}`;
  const answered = useSignal<readonly string[]>([]);
  const fresh = on.find(
    ({ page }) => page !== whose && !answered.value.includes(page) && kept.getItem(key(page)) === null,
  );
  const name = fresh ? nameOf(session.views, fresh.author).name : "";
  const words = fresh ? w(fresh.typing ? "whose.asked_to_type" : "whose.invited", { name }) : "";
  useEffect(() => {
    if (fresh) say(words);
  }, [fresh?.page]);
  if (!fresh) return null;
  const answer = (page: string): void => {
    kept.setItem(key(page), "1");
    answered.value = [...answered.value, page];
  };
  return (
    <section class="notice calm stack tight" aria-label={words}>
      <p>{words}</p>
      <div class="row">
        <Button
          kind="primary"
          onPress={() => {
            answer(fresh.page);
            onGo(fresh.page);
          }}
        >
          {w("whose.open", { name })}
        </Button>
        <Button onPress={() => answer(fresh.page)}>{w("whose.later")}</Button>
      </div>
    </section>
  );
}
