/** The space of two or three partners: who they are, where they meet, what they want to remember and what they made. */

import { useEffect, useRef } from "preact/hooks";
import { SharedField } from "../../documents/editor/field";
import { TextField } from "../../documents/field";
import { dayOf, listed } from "../../locales";
import type { OwnPartnership, PartneringForPerson } from "../../protocol/generated";
import { useSession } from "../../session/context";
import type { Session } from "../../session/session";
import { nameOf } from "../../state/day";
import type { RoomShown } from "../../state/workshop";
import { Motif } from "../../ui/parts";
import { useField, WrittenOr } from "../part";
import type { SpaceProps } from "../spaces";
import { addressIn } from "./address";
import { SpaceLink } from "./link";
import { groupOf } from "./own_space";
import { Pact, PactRead } from "./pact";
import { otherSides } from "./partnership";
import { Sides } from "./proposal";
import { MadeTogether } from "./together";
import { p } from "./words";
import "./partnering.css";
import "./space.css";

const NOTES_HARD = 4_000;
const MEET_HARD = 300;

function MeetAt({ session, page, closed }: { session: Session; page: string; closed: boolean }) {
  const address = addressIn(useField(session, page, "meet_at"));
  return (
    <section class="stack tight fill" aria-labelledby="meet">
      <h2 id="meet">{p("space.meet")}</h2>
      {closed ? (
        <WrittenOr page={page} field="meet_at" none={p("space.meet_none")} />
      ) : (
        <TextField page={page} name="meet_at" label={p("space.meet_field")} seen="partner" hard={MEET_HARD} line />
      )}
      {address && (
        <a class="button outline call" href={address.href} target="_blank" rel="noopener noreferrer">
          {p("space.meet_go", { host: address.host })}
        </a>
      )}
    </section>
  );
}

function Notes({ page, closed }: { page: string; closed: boolean }) {
  return (
    <section class="stack tight fill" aria-labelledby="notes">
      <h2 id="notes">{p("space.notes")}</h2>
      {closed ? (
        <WrittenOr page={page} field="notes" none={p("space.notes_none")} />
      ) : (
        <SharedField page={page} name="notes" label={p("space.notes_field")} seen="partner" hard={NOTES_HARD} />
      )}
    </section>
  );
}

interface About {
  session: Session;
  phase: string;
  ours: OwnPartnership;
  closed: boolean;
}

/** Not agreed yet, it is written on here: whoever had too little time finds the words later. */
function Issue({ session, phase, ours, closed }: About) {
  return closed ? <Agreed page={ours.pact.page} /> : <Pact session={session} phase={phase} ours={ours} />;
}

/** What there is of it, for reading again. */
function Agreed({ page }: { page: string }) {
  const written = useField(useSession(), page, "issue_title").trim() !== "";
  return (
    <section class="panel stack fill pact" aria-labelledby="issue">
      <h2 id="issue" class="minor">
        {p("space.issue")}
      </h2>
      {written ? <PactRead page={page} /> : <p class="quiet">{p("space.issue_none")}</p>}
    </section>
  );
}

function Head({ names, eyebrow, since }: { names: string; eyebrow: string; since: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <header class="met still">
      <Motif />
      <div class="stack tight">
        <p class="eyebrow">{eyebrow}</p>
        <h1 class="prompt" tabIndex={-1} ref={heading}>
          {p("confirmed.with", { names })}
        </h1>
        {since && <p class="quiet numerals">{since}</p>}
      </div>
    </header>
  );
}

type Seen = SpaceProps & { mine: PartneringForPerson };

function Lasting(props: Seen & { ours: OwnPartnership; page: string }) {
  const { session, phase, group, me, mine, ours, page } = props;
  const closed = session.views.room<RoomShown>("")?.body.life === "closed";
  const sides = otherSides({ session, mine }, ours);
  return (
    <div class="stack wide partnering space">
      <Head
        names={listed(sides.map((side) => side.label))}
        eyebrow={p("space.eyebrow")}
        since={p("space.since", { date: dayOf(ours.confirmed_ms) })}
      />
      <p class="lead">{p(closed ? "space.closed" : "space.lead")}</p>
      <Sides sides={sides} />
      <MeetAt session={session} page={page} closed={closed} />
      <Notes page={page} closed={closed} />
      <Issue session={session} phase={phase} ours={ours} closed={closed} />
      <MadeTogether session={session} phase={phase} group={group} me={me} />
      <SpaceLink workshop={session.seat.workshop} group={group} />
    </div>
  );
}

/** What is left of a partnership that is no more. */
function Ended({ session, group, mine }: Seen) {
  const former = (mine.former ?? []).find(({ space }) => space && groupOf(space) === group);
  if (!former?.space) return null;
  const names = listed(former.people.map((who) => nameOf(session.views, who).name || "…"));
  return (
    <div class="stack wide partnering space">
      <Head names={names} eyebrow={p("space.eyebrow_ended")} since="" />
      <p class="lead">{p("space.ended")}</p>
      <MeetAt session={session} page={former.space} closed />
      <Notes page={former.space} closed />
      <Agreed page={former.page} />
    </div>
  );
}

export default function Space(props: SpaceProps) {
  const mine = props.session.views.mine<PartneringForPerson>(props.phase)?.body;
  if (!mine) return null;
  const ours = mine.partnership;
  if (!ours?.space || ours.group !== props.group) return <Ended {...props} mine={mine} />;
  return <Lasting {...props} mine={mine} ours={ours} page={ours.space} />;
}
