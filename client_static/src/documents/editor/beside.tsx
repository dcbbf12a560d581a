/** Remarks beside a text: made on marked words, taken over or left by the author, who has the last word. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { useSession } from "../../session/context";
import { randomName } from "../../session/identity";
import { nameOf } from "../../state/day";
import { say } from "../../ui/announcer";
import { Entry } from "../../ui/entry";
import { Button } from "../../ui/parts";
import type { OpenPage } from "../page";
import type { Mounted } from "./mount";
import { type Held, hold, leave, passageOf, remark, type Remark, remarks, remarksOf, take } from "./remarks";
import { BY_HAND } from "./sync";
import { w } from "./words";

const WORDS_LONGEST = 280;

interface RemarksProps {
  page: OpenPage;
  field: string;
  author: boolean;
  mounted: Mounted;
  /** Some words are marked, and the text may be written. */
  selected: boolean;
}

function useRemarks(page: OpenPage, field: string): Remark[] {
  const found = useSignal<Remark[]>([]);
  useEffect(() => {
    const look = (): void => {
      found.value = remarks(page.doc, field).filter((one) => one.state === "open");
    };
    look();
    const map = remarksOf(page.doc);
    map.observe(look);
    return () => map.unobserve(look);
  }, [page, field, found]);
  return found.value;
}

interface FormProps {
  marked: Held;
  onSend: (words: string, instead: string | undefined) => void;
  onCancel: () => void;
}

function NewRemark({ marked, onSend, onCancel }: FormProps) {
  const words = useSignal("");
  const instead = useSignal(marked.quote);
  const changed = instead.value.trim() !== marked.quote.trim() && instead.value.trim() !== "";
  return (
    <div class="remark-form stack">
      <p class="quote">{marked.quote}</p>
      <Entry
        label={w("remark.words")}
        value={words.value}
        maxLength={WORDS_LONGEST}
        onInput={(value) => (words.value = value)}
      />
      <Entry label={w("remark.instead")} value={instead.value} onInput={(value) => (instead.value = value)} />
      <div class="row">
        <Button
          kind="primary"
          busy={!changed && words.value.trim() === ""}
          onPress={() => onSend(words.value.trim(), changed ? instead.value : undefined)}
        >
          {w("remark.send")}
        </Button>
        <Button kind="plain" onPress={onCancel}>
          {w("remark.cancel")}
        </Button>
      </div>
    </div>
  );
}

function One({ one, page, author }: { one: Remark; page: OpenPage; author: boolean }) {
  const session = useSession();
  const me = session.welcome.value?.you.id ?? session.seat.id;
  const text = page.text(one.field);
  const name = nameOf(session.views, one.by).name || w("somebody");
  const there = passageOf(text, one);
  const accept = (): void => {
    if (!take(text, one, BY_HAND)) say(w("remark.gone"));
  };
  return (
    <li class="remark">
      <p class="small quiet">{w(one.instead === undefined ? "remark.says" : "remark.suggests", { name })}</p>
      {one.instead === undefined ? (
        <p class="quote">{one.quote}</p>
      ) : (
        <p class="quote">
          <del>{there ? text.toString().slice(there.from, there.to) : one.quote}</del> <ins>{one.instead}</ins>
        </p>
      )}
      {one.words && <p>{one.words}</p>}
      {!there && <p class="small quiet">{w("remark.gone")}</p>}
      <div class="row">
        {author && one.instead !== undefined && there && (
          <Button kind="outline" onPress={accept}>
            {w("remark.take")}
          </Button>
        )}
        {author && (
          <Button kind="plain" onPress={() => leave(page.doc, one.id)}>
            {w(one.instead === undefined ? "remark.noted" : "remark.leave")}
          </Button>
        )}
        {!author && one.by === me && (
          <Button kind="plain" onPress={() => leave(page.doc, one.id)}>
            {w("remark.withdraw")}
          </Button>
        )}
        {!author && one.by !== me && <span class="small quiet">{w("remark.author_decides")}</span>}
      </div>
    </li>
  );
}

export function Remarks({ page, field, author, mounted, selected }: RemarksProps) {
  const session = useSession();
  const marked = useSignal<Held | null>(null);
  const found = useRemarks(page, field);
  const begin = (): void => {
    const { from, to } = mounted.view.state.selection.main;
    marked.value = hold(page.text(field), from, to);
  };
  const send = (words: string, instead: string | undefined): void => {
    const at = marked.value;
    marked.value = null;
    if (!at) return;
    const by = session.welcome.value?.you.id ?? session.seat.id ?? "";
    const said = { field, by, words, at_ms: Math.round(session.clock.now()) };
    remark(page.doc, at, instead === undefined ? said : { ...said, instead }, randomName());
  };
  return (
    <div class="beside">
      {marked.value ? (
        <NewRemark marked={marked.value} onSend={send} onCancel={() => (marked.value = null)} />
      ) : (
        selected && (
          <Button kind="plain" onPress={begin}>
            {w("remark.add")}
          </Button>
        )
      )}
      {found.length > 0 && (
        <ul class="remarks" aria-label={w("remark.title")}>
          {found.map((one) => (
            <One key={one.id} one={one} page={page} author={author} />
          ))}
        </ul>
      )}
    </div>
  );
}
