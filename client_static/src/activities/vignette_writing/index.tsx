/** Writing one's own vignette: choose, write, check, swap with a reader, choose who may see it. The room leads, nobody is held. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { type Here, nameOf } from "../../state/day";
import { Button, type Seen } from "../../ui/parts";
import { Prompt, TurnOf } from "../prompt";
import type { ActivityProps } from "../registry";
import { Check } from "./check";
import { Choose } from "./choose";
import { type Desk, deskOf, limitsOf, type WritesOn } from "./desk";
import { type Own, placeOf, STEPS } from "./places";
import { Reader } from "./reader";
import { Said } from "./said";
import { Share } from "./share";
import { Together } from "./together";
import { Wall } from "./wall";
import { Invitation, Whose } from "./whose";
import { w, type Word } from "./words";
import { Write } from "./write";
import "./vignette_writing.css";

const label = (step: Own): string => w(`step.${step}` satisfies Word);

function Steps({ at, room, onGo }: { at: Own; room: Own; onGo: (step: Own) => void }) {
  return (
    <nav class="own-steps" aria-label={w("step.nav")}>
      {STEPS.map((step) => (
        <button
          key={step}
          type="button"
          class={step === room ? "room" : ""}
          aria-current={step === at ? "step" : undefined}
          title={step === room ? w("step.room_is_here") : undefined}
          onClick={() => onGo(step)}
        >
          {label(step)}
        </button>
      ))}
    </nav>
  );
}

/** Where I am: with the room when it moves on, else wherever I went. */
function useOwnStep(roomStep: string): { at: Own; room: Own; go: (step: Own) => void } {
  const room = placeOf(roomStep);
  const own = useSignal<Own>(room);
  const last = useRef(roomStep);
  useEffect(() => {
    if (last.current !== roomStep) own.value = room;
    last.current = roomStep;
  }, [roomStep, room, own]);
  const go = (step: Own): void => {
    own.value = step;
    scrollTo({ top: 0 });
  };
  return { at: own.value, room, go };
}

function seenOf(desk: Desk): Seen[] {
  const together = (desk.co_writers ?? []).length > 0 || Boolean(desk.typist);
  return [together ? "co_writers" : "me", desk.open_to_moderator ? "moderator" : "moderator_state"];
}

/** The prompt of the step where I am, which need not be the room's. */
function Heading({ here, at, room }: { here: Here; at: Own; room: Own }) {
  const step = at === room ? here.step : here.steps.find((one) => placeOf(one.id) === at);
  return step ? <Prompt here={{ ...here, step }} /> : <h1 class="prompt">{w("wall.title")}</h1>;
}

function Mine({ at, ...props }: ActivityProps & { at: Own; desk: Desk }) {
  const { session, phase, words, me, desk, here } = props;
  const limits = limitsOf(session, phase);
  const shared = { session, phase, words, desk, limits };
  const lang = desk.chosen?.language;
  switch (at) {
    case "choose":
      return <Choose {...shared} />;
    case "write":
      return (
        <>
          {here?.step.id === "revise" && <Said session={session} phase={phase} desk={desk} />}
          <Write
            page={desk.page}
            words={words}
            limits={limits}
            seen={seenOf(desk)}
            author
            {...(lang ? { lang } : {})}
          />
          <Together session={session} phase={phase} me={me} desk={desk} />
        </>
      );
    case "check":
      return <Check {...shared} />;
    case "reader":
      return <Reader {...shared} />;
    case "share":
      return <Share {...shared} />;
    case "wall":
      return <Wall session={session} phase={phase} words={words} />;
  }
}

function Theirs({ session, phase, words, on }: ActivityProps & { on: WritesOn }) {
  const { name } = nameOf(session.views, on.author);
  const seen: Seen[] = ["co_writers", on.open_to_moderator ? "moderator" : "moderator_state"];
  return (
    <>
      <p class="lead">{w(on.typing ? "whose.for_about" : "whose.with_about", { name })}</p>
      <Write key={on.page} page={on.page} words={words} limits={limitsOf(session, phase)} seen={seen} author={false} />
    </>
  );
}

export default function VignetteWriting(props: ActivityProps) {
  const { session, phase, here, me } = props;
  const whose = useSignal("");
  const { at, room, go } = useOwnStep(here?.step.id ?? "write");
  const desk = deskOf(session, phase);
  if (!here || !desk) return null;
  const on = desk.writes_on ?? [];
  const theirs = on.find((one) => one.page === whose.value);
  const next = STEPS[STEPS.indexOf(at) + 1];
  const turn = (page: string): void => {
    whose.value = page;
    scrollTo({ top: 0 });
  };
  return (
    <div class="stack wide vignette-writing">
      {theirs ? <Prompt here={here} /> : <Heading here={here} at={at} room={room} />}
      {here.step.id === "tell" && <TurnOf session={session} here={here} me={me} />}
      {on.length > 0 && (
        <>
          <Invitation session={session} on={on} whose={theirs?.page ?? ""} onGo={turn} />
          <Whose session={session} on={on} whose={theirs?.page ?? ""} onGo={turn} />
        </>
      )}
      {theirs ? (
        <Theirs {...props} on={theirs} />
      ) : (
        <>
          <Steps at={at} room={room} onGo={go} />
          <Mine key={at} {...props} at={at} desk={desk} />
          {next && <Button onPress={() => go(next)}>{w("step.next", { step: label(next) })}</Button>}
        </>
      )}
    </div>
  );
}
