/** How each wants to learn together: eleven lines alone, both pictures at once, then a few places and rules for both. */

import { useSignal } from "@preact/signals";
import { t } from "../../locales";
import type { DimensionsForPartners, DimensionsForPerson, DimensionsForRoom } from "../../protocol/generated";
import type { Here } from "../../state/day";
import type { PersonShown } from "../../state/workshop";
import { Button, Waiting } from "../../ui/parts";
import { Prompt, Quiet } from "../prompt";
import type { ActivityProps } from "../registry";
import { wish } from "../wish";
import { Later } from "./later";
import { Lines } from "./lines";
import { Profile } from "./profile";
import { Both, BothBelow, Goal, Hints, namesOf, Rules, Settle, TalkPoints, type TogetherProps } from "./together";
import { d, whyNot } from "./words";
import "./dimensions.css";

/** Finished before the others: nothing of mine is shown until theirs is there too. */
function Wait(props: TogetherProps & { onChange: () => void }) {
  const { session, phase, group, ours } = props;
  const names = namesOf(props, ours.waiting ?? []);
  return (
    <div class="stack wide">
      <Waiting title={d("wait.title")}>
        {names ? d("wait.for", { names }) : ""} {d("wait.do")}
      </Waiting>
      <Button onPress={props.onChange}>{d("wait.change")}</Button>
      {names && (
        <details class="fill">
          <summary>{d("wait.anyway")}</summary>
          <div class="stack">
            <p class="quiet">{d("wait.anyway_do", { names })}</p>
            <Button
              onPress={() => void wish({ session, phase, body: { type: "RevealAnyway", group }, refused: whyNot })}
            >
              {d("wait.anyway")}
            </Button>
          </div>
        </details>
      )}
    </div>
  );
}

function Revealed({ here, ...props }: TogetherProps & { here: Here }) {
  const { ours } = props;
  const reopened = here.shown.status === "reopened" && ours.settled;
  if (reopened) {
    return (
      <>
        <Later {...props} />
        <Both {...props} />
      </>
    );
  }
  switch (here.step.id) {
    case "reveal":
      return <Both {...props} />;
    case "talk":
      return (
        <>
          <TalkPoints {...props} />
          <Hints {...props} />
          <BothBelow {...props} />
        </>
      );
    case "rules":
      return (
        <>
          <Rules {...props} />
          <Hints {...props} />
          <Settle {...props} />
          <BothBelow {...props} />
        </>
      );
    default:
      return (
        <>
          <TalkPoints {...props} />
          <Settle {...props} />
          <Hints {...props} />
          <BothBelow {...props} />
        </>
      );
  }
}

function Alone({ room, mine }: Pick<TogetherProps, "room" | "mine">) {
  const answers = Object.entries(mine.answers ?? {});
  const me = {
    person: "me",
    name: d("profile.you"),
    values: Object.fromEntries(answers.map(([id, answer]) => [id, answer.wanted])),
    stars: answers.filter(([, answer]) => answer.star).map(([id]) => id),
  };
  return (
    <section class="stack wide fill">
      <p class="notice">{d("goal.alone_do")}</p>
      <h2>{d("wait.alone")}</h2>
      <Profile indicators={room.indicators ?? []} people={[me]} />
    </section>
  );
}

export default function NetworkDimensions({ session, phase, me, here }: ActivityProps) {
  const room = session.views.room<DimensionsForRoom>(phase)?.body;
  const mine = session.views.mine<DimensionsForPerson>(phase)?.body;
  const groups = session.views.mine<PersonShown>("")?.body.groups?.[phase] ?? {};
  const group = here?.group?.id ?? Object.values(groups)[0] ?? "";
  const ours = group ? session.views.group<DimensionsForPartners>(phase, group)?.body : undefined;
  const changing = useSignal(false);
  if (!here) return null;
  if (!room || !mine) return <Waiting title={t("wait.views")} />;
  const together = ours && !mine.alone ? { session, phase, me, group, room, mine, ours } : null;
  const middle = (() => {
    if (here.step.id === "frame" && together && !mine.revealed) return <Goal {...together} />;
    if (mine.revealed && together && !changing.value) return <Revealed {...together} here={here} />;
    if (mine.finished && !changing.value) {
      return together ? (
        <Wait {...together} onChange={() => (changing.value = true)} />
      ) : (
        <>
          <Alone room={room} mine={mine} />
          <Button onPress={() => (changing.value = true)}>{d("wait.change")}</Button>
        </>
      );
    }
    return (
      <>
        {mine.alone && <p class="notice">{d("goal.alone_do")}</p>}
        <Lines session={session} phase={phase} room={room} mine={mine} onFinished={() => (changing.value = false)} />
      </>
    );
  })();
  const shown = (
    <div class="stack wide dimensions">
      <Prompt here={here} />
      {middle}
    </div>
  );
  return mine.revealed ? <Quiet here={here}>{shown}</Quiet> : shown;
}
