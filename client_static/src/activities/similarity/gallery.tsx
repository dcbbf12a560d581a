/** Reading on the phone: one vignette at a time, and how close it is; what is tapped here nobody else ever sees. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { OwnVignette, Served, SimilarityForPerson } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { nameOf } from "../../state/day";
import type { Shown } from "../../state/views";
import { Scale } from "../../ui/choices";
import { Button, SeenBy, Waiting } from "../../ui/parts";
import { wish } from "../wish";
import { s, sn, whyNot } from "./words";

export type Mine = Shown<SimilarityForPerson>;
type Texts = Mine["texts"];

const CLOSE = [0, 1, 2, 3] as const;
const closeWords = (value: number): string => s(`gallery.close_${(CLOSE[value] ?? 0) as 0 | 1 | 2 | 3}`);

export function titleOf(texts: Texts, text: string | null | undefined): string {
  return (text && texts[text]?.["title"]?.trim()) || s("gallery.untitled");
}

interface VignetteProps {
  texts: Texts;
  text: string;
  by: string;
  /** The heading of the whole page, where nothing else stands on it. */
  alone?: boolean;
}

/** A vignette in the book face. */
export function Vignette({ texts, text, by, alone = false }: VignetteProps) {
  const words = texts[text] ?? {};
  const paragraphs = [words["situation"], words["stuck"]].filter((one) => one?.trim());
  const pulls = [
    [s("gallery.one_hand"), words["pull_a"]],
    [s("gallery.other_hand"), words["pull_b"]],
  ].filter(([, words]) => words?.trim());
  return (
    <article class="vignette">
      {alone ? <h1 tabIndex={-1}>{titleOf(texts, text)}</h1> : <h2>{titleOf(texts, text)}</h2>}
      <p class="by">{by}</p>
      {paragraphs.map((one) => (
        <p class="written" key={one}>
          {one}
        </p>
      ))}
      {pulls.length > 0 && (
        <dl class="pulls">
          {pulls.map(([side, pull]) => (
            <div key={side}>
              <dt>{side}</dt>
              <dd>{pull}</dd>
            </div>
          ))}
        </dl>
      )}
      {words["question"]?.trim() && <p class="asks">{words["question"]}</p>}
    </article>
  );
}

interface OneProps {
  session: Session;
  phase: string;
  shown: Served;
}

function Ratings({ session, phase, shown }: OneProps) {
  const { rated } = shown;
  const rate = (change: Partial<NonNullable<Served["rated"]>>): void => {
    const before = rated ?? { closeness: 0 };
    const body = { type: "RateCloseness" as const, vignette: shown.vignette, ...before, ...change };
    void wish({ session, phase, body, refused: whyNot });
  };
  return (
    <section class="stack wide fill">
      <Scale
        legend={s("gallery.closeness")}
        aside={<SeenBy who="me" />}
        from={0}
        to={3}
        value={rated?.closeness ?? null}
        onChoose={(closeness) => rate({ closeness })}
        low={s("gallery.close_low")}
        high={s("gallery.close_high")}
        words={CLOSE.map(closeWords)}
      />
      {rated && (
        <>
          <Scale
            legend={s("gallery.recognise")}
            from={0}
            to={4}
            value={rated.recognise ?? null}
            onChoose={(recognise) => rate({ recognise })}
            low={s("gallery.recognise_low")}
            high={s("gallery.recognise_high")}
          />
          <Scale
            legend={s("gallery.challenge")}
            from={0}
            to={4}
            value={rated.challenge ?? null}
            onChoose={(challenge) => rate({ challenge })}
            low={s("gallery.challenge_low")}
            high={s("gallery.challenge_high")}
          />
        </>
      )}
    </section>
  );
}

export function OwnCard({ own, texts }: { own: OwnVignette; texts: Texts }) {
  const readers = own.readers ?? 0;
  return (
    <section class="panel stack tight fill">
      <p class="eyebrow">{s("own.title")}</p>
      <h2>{titleOf(texts, own.text)}</h2>
      <p class="numerals">{readers > 0 ? sn("own.readers", readers) : s("own.no_readers")}</p>
      <p class="quiet numerals">
        {own.close === null || own.close === undefined ? s("own.hidden") : sn("own.close", own.close)}
      </p>
    </section>
  );
}

/** What I was given, for reading again; the newest answer counts. */
function Shelf({ shown, onOpen }: { shown: Mine; onOpen: (at: number) => void }) {
  return (
    <ul class="shelf">
      {(shown.body.vignettes ?? []).map((one, at) => (
        <li key={one.vignette}>
          <button type="button" class="shelf-row" onClick={() => onOpen(at)}>
            <span class="unseen">{s("gallery.read_again", { title: "" })}</span>
            <span class="book">{titleOf(shown.texts, one.text)}</span>
            <span class="quiet small">
              {one.rated ? s("gallery.rated", { words: closeWords(one.rated.closeness) }) : s("gallery.unrated")}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Finished({ session, phase, mine, onOpen }: GalleryProps & { onOpen: (at: number) => void }) {
  const { own = null, more = 0 } = mine.body;
  return (
    <div class="stack wide">
      <h1 class="prompt" tabIndex={-1}>
        {s("gallery.read_all")}
      </h1>
      <p class="lead">{s("gallery.read_all_do")}</p>
      <Shelf shown={mine} onOpen={onOpen} />
      {more > 0 && (
        <Button onPress={() => void wish({ session, phase, body: { type: "AskForVignettes" }, refused: whyNot })}>
          {s("gallery.more")}
        </Button>
      )}
      {own && <OwnCard own={own} texts={mine.texts} />}
    </div>
  );
}

interface GalleryProps {
  session: Session;
  phase: string;
  mine: Mine;
}

/** Nothing was given to me although something hangs: ask for it, once; the server decides what. */
function useServed({ session, phase, mine }: GalleryProps): void {
  const empty = (mine.body.vignettes ?? []).length === 0 && (mine.body.more ?? 0) > 0;
  useEffect(() => {
    if (empty) void session.queue.submit(phase, { type: "AskForVignettes" });
  }, [empty, session, phase]);
}

export function Gallery(props: GalleryProps) {
  const { session, phase, mine } = props;
  const vignettes = mine.body.vignettes ?? [];
  const unread = vignettes.findIndex((one) => !one.rated);
  const at = useSignal<number | null>(unread >= 0 ? unread : null);
  const count = useRef(vignettes.length);
  const top = useRef<HTMLDivElement>(null);
  useServed(props);
  useEffect(() => {
    // One more was given after everything was read: it is what to do now.
    if (vignettes.length > count.current && at.value === null) at.value = count.current;
    count.current = vignettes.length;
  }, [vignettes.length, at]);
  const turn = (to: number | null): void => {
    at.value = to;
    top.current?.closest("main")?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  };
  if (vignettes.length === 0) {
    return (
      <div class="stack wide">
        <Waiting title={s("gallery.on_wall")}>{s("gallery.on_wall_do")}</Waiting>
        {mine.body.own && <OwnCard own={mine.body.own} texts={mine.texts} />}
      </div>
    );
  }
  const here = at.value === null ? undefined : vignettes[at.value];
  if (at.value === null || !here) return <Finished {...props} onOpen={turn} />;
  const author = here.author ? nameOf(session.views, here.author) : null;
  const next = at.value + 1 < vignettes.length ? at.value + 1 : null;
  return (
    <div class="stack wide" ref={top}>
      <p class="eyebrow numerals">{s("gallery.eyebrow", { n: at.value + 1, all: vignettes.length })}</p>
      <Vignette
        texts={mine.texts}
        text={here.text}
        by={author ? s("gallery.by", { name: author.name }) : s("gallery.nameless")}
        alone
      />
      <Ratings session={session} phase={phase} shown={here} key={here.vignette} />
      <div class="row">
        <Button kind={here.rated ? "primary" : "outline"} large onPress={() => turn(next)}>
          {!here.rated ? s("gallery.later") : next === null ? s("gallery.finish") : s("gallery.next")}
        </Button>
        {at.value > 0 && (
          <Button kind="plain" onPress={() => turn((at.value ?? 1) - 1)}>
            {s("gallery.back")}
          </Button>
        )}
      </div>
    </div>
  );
}
