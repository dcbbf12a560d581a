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
import { type Held, hold, leave, passageOf, remark, type Remark, remarks, remarksOf, roomFor, take } from "./remarks";
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
  /** The letters that the field may have. */
  hard?: number | undefined;
}

/** A remark that was begun: it survives another step, a reload and a dead battery. */
interface Begun {
  held: Held;
  words: string;
  instead: string;
}

function isBegun(value: unknown): value is Begun {
  const begun = value as Partial<Begun> | null;
  return typeof begun?.words === "string" && typeof begun.instead === "string" && typeof begun.held?.quote === "string";
}

/** The remark that this person is writing beside this field, kept on the device until it is left or given up. */
function useBegun(page: OpenPage, field: string) {
  const session = useSession();
  const begun = useSignal<Begun | null>(null);
  const key = `${session.key}/remark/${page.page}/${field}`;
  useEffect(() => {
    session.drawer.all(key).then(
      (found) => {
        const kept = found.find(([name]) => name === key)?.[1];
        if (begun.value === null && isBegun(kept)) begun.value = kept;
      },
      (error: unknown) => console.info("no remark is kept here", error),
    );
  }, [session, key, begun]);
  const change = (now: Begun | null): void => {
    begun.value = now;
    const kept = now ? session.drawer.put(key, now) : session.drawer.remove(key);
    kept.catch((error: unknown) => console.info("this remark is kept by the open page only", error));
  };
  return { begun: begun.value, change };
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
  begun: Begun;
  /** The letters that the passage may have. */
  room: number;
  onChange: (begun: Begun) => void;
  onSend: (words: string, instead: string | undefined) => void;
  onCancel: () => void;
}

function NewRemark({ begun, room, onChange, onSend, onCancel }: FormProps) {
  const { held, words, instead } = begun;
  const changed = instead.trim() !== held.quote.trim() && instead.trim() !== "";
  return (
    <div class="remark-form stack">
      <p class="quote">{held.quote}</p>
      <Entry
        label={w("remark.words")}
        value={words}
        maxLength={WORDS_LONGEST}
        onInput={(value) => onChange({ ...begun, words: value })}
      />
      <Entry
        label={w("remark.instead")}
        value={instead}
        {...(Number.isFinite(room) ? { maxLength: room } : {})}
        onInput={(value) => onChange({ ...begun, instead: value })}
      />
      <div class="row">
        <Button
          kind="primary"
          busy={!changed && words.trim() === ""}
          onPress={() => onSend(words.trim(), changed ? instead : undefined)}
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

function One({ one, page, author, hard }: { one: Remark } & Pick<RemarksProps, "page" | "author" | "hard">) {
  const session = useSession();
  const me = session.welcome.value?.you.id ?? session.seat.id;
  const text = page.text(one.field);
  const name = nameOf(session.views, one.by).name || w("somebody");
  const there = passageOf(text, one);
  const accept = (): void => {
    const done = take(text, one, hard, BY_HAND);
    if (done !== "taken") say(w(`remark.${done}`));
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

export function Remarks({ page, field, author, mounted, selected, hard }: RemarksProps) {
  const session = useSession();
  const { begun, change } = useBegun(page, field);
  const found = useRemarks(page, field);
  const begin = (): void => {
    const { from, to } = mounted.view.state.selection.main;
    const held = hold(page.text(field), from, to);
    change({ held, words: "", instead: held.quote });
  };
  const send = (words: string, instead: string | undefined): void => {
    const at = begun?.held;
    change(null);
    if (!at) return;
    const by = session.welcome.value?.you.id ?? session.seat.id ?? "";
    const said = { field, by, words, at_ms: Math.round(session.clock.now()) };
    remark(page.doc, at, instead === undefined ? said : { ...said, instead }, randomName());
  };
  return (
    <div class="beside">
      {begun ? (
        <NewRemark
          begun={begun}
          room={roomFor(page.text(field), begun.held.quote, hard)}
          onChange={change}
          onSend={send}
          onCancel={() => change(null)}
        />
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
            <One key={one.id} one={one} page={page} author={author} hard={hard} />
          ))}
        </ul>
      )}
    </div>
  );
}
