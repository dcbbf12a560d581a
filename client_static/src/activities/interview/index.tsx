/** Two people, one story each: who tells and who asks, a guide to ask from, and a card that its storyteller approves. */

import { useRef } from "preact/hooks";
import { TextField } from "../../documents/field";
import { listed, t } from "../../locales";
import type { InterviewForPair, InterviewForPerson, Storyteller } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { type Here, nameOf } from "../../state/day";
import { turnsOf } from "../../state/path";
import { type GroupShown, takingPart } from "../../state/workshop";
import { Clock } from "../../ui/clock";
import { Fold } from "../../ui/fold";
import { Button, People } from "../../ui/parts";
import { Prompt, Quiet, TurnOf } from "../prompt";
import type { ActivityProps } from "../registry";
import { Approval, StrengthsCard } from "./approval";
import { useField } from "../part";
import { CardFields } from "./card";
import { Cards, Pick, TurnList } from "./four";
import { Guide } from "./guide";
import { groupsOf, LIMITS, mineOf, roomOf } from "./shown";
import { isEmpty, WallList } from "./wall";
import "./interview.css";

interface InPair {
  session: Session;
  phase: string;
  me: string;
  here: Here;
  mine: InterviewForPerson;
  pair: InterviewForPair;
}

const named = (session: Session, who: string | null | undefined): string =>
  who ? nameOf(session.views, who).name : "";

/** Two swap; three go on to the next story. */
function passing(
  last: boolean,
  speakers: number,
): "interview.finish" | "interview.swap" | "interview.finish_three" | "interview.next_story" {
  if (speakers > 2) return last ? "interview.finish_three" : "interview.next_story";
  return last ? "interview.finish" : "interview.swap";
}

/** My role in this turn, in words that name the others. */
function RoleCard({ session, here, mine, pair, reading }: InPair & { reading: boolean }) {
  const names = {
    teller: named(session, pair.storyteller),
    asker: named(session, pair.interviewer),
    witness: listed((pair.witnesses ?? []).map((who) => named(session, who))),
  };
  const role = mine.role ?? "witness";
  const { group, turnAt } = here;
  const last = turnAt + 1 >= here.turns.length;
  const pass = (): void => {
    if (!group) return;
    void session.wish("", { type: "MoveTurn", phase: here.shown.id, group: group.id, turn: turnAt + 1, left: turnAt });
  };
  return (
    <section class={`turn ${role === "storyteller" ? "mine" : ""}`} aria-label={t(`interview.role_${role}`)}>
      <div>
        <p class="who">{t(reading ? `interview.read_${role}` : `interview.role_${role}`)}</p>
        <p class="quiet">
          {t(reading ? `interview.read_${role}_do` : `interview.role_${role}_do`, names)}{" "}
          {role !== "witness" &&
            names.witness &&
            t((pair.witnesses ?? []).length > 1 ? "interview.witnesses_are" : "interview.witness_is", names)}
        </p>
      </div>
      {group?.timer && <Clock timer={group.timer} session={session} large />}
      <Button onPress={pass}>
        {t(reading ? passing(last, group ? takingPart(group).length : 2) : "interview.to_read_back")}
      </Button>
    </section>
  );
}

function Notes({ teller, name }: { teller: Storyteller; name: string }) {
  return (
    <TextField
      page={teller.notes}
      name="text"
      label={t("interview.notes")}
      hint={t("interview.notes_hint", { name })}
      seen="me"
      hard={LIMITS.notes}
    />
  );
}

interface OwnNotesProps {
  session: Session;
  phase: string;
  notes: string;
  mine: InterviewForPerson;
}

function OwnNotes({ session, phase, notes, mine }: OwnNotesProps) {
  const words = useField(session, notes, "text");
  if (!words.trim()) return null;
  const keep = mine.notes_kept ? "DiscardNotes" : "KeepNotes";
  return (
    <section class="stack tight fill own-notes">
      <h2>{t("interview.notes_of_me")}</h2>
      <p class="written">{words}</p>
      <p class="small quiet">{mine.notes_kept ? t("interview.notes_stay") : t("interview.notes_go")}</p>
      <Button pressed={mine.notes_kept === true} onPress={() => void session.wish(phase, { type: keep })}>
        {mine.notes_kept ? t("interview.notes_discard") : t("interview.notes_keep")}
      </Button>
    </section>
  );
}

function OwnCard({
  session,
  phase,
  mine,
  open,
}: {
  session: Session;
  phase: string;
  mine: InterviewForPerson;
  open: boolean;
}) {
  if (!mine.card) return null;
  return (
    <section class="stack wide fill">
      {mine.notes && <OwnNotes session={session} phase={phase} notes={mine.notes} mine={mine} />}
      {mine.approved ? (
        <>
          <h2>{t("interview.your_card")}</h2>
          <StrengthsCard session={session} phase={phase} card={mine.approved} alone={mine.alone === true} />
          <Button kind="plain" onPress={() => void session.wish(phase, { type: "WithdrawCard" })}>
            {t("interview.withdraw")}
          </Button>
        </>
      ) : (
        <div class="stack tight">
          <h2>{mine.alone ? t("interview.alone") : t("interview.your_card")}</h2>
          <p class="lead">{t("interview.your_card_do")}</p>
        </div>
      )}
      <Fold
        key={mine.approved ? "approved" : "draft"}
        title={mine.approved ? t("interview.change") : t("interview.put_right")}
        open={open && !mine.approved}
      >
        <Approval session={session} phase={phase} page={mine.card} mine={mine} />
      </Fold>
    </section>
  );
}

/** Somebody at this table has no device: the partner's shows the card, and approves for them, marked as typed by another. */
function ForPartner({ session, phase, teller, name }: ForPartnerProps) {
  return (
    <Fold title={t("interview.no_device", { name })}>
      <p class="quiet">{t("interview.no_device_do", { name })}</p>
      <Approval session={session} phase={phase} page={teller.card} mine={{}} person={teller.person} />
    </Fold>
  );
}

interface ForPartnerProps {
  session: Session;
  phase: string;
  teller: Storyteller;
  name: string;
}

function Telling(props: InPair) {
  const { session, phase, mine, pair } = props;
  const room = roomOf(session, phase);
  const teller = mine.about?.find((one) => one.person === pair.storyteller);
  const name = named(session, pair.storyteller);
  return (
    <div class="stack wide">
      <h1 class="prompt" tabIndex={-1}>
        {mine.role === "storyteller" ? t("interview.tell") : t("interview.listen_to", { name })}
      </h1>
      <RoleCard {...props} reading={false} />
      {mine.role === "interviewer" && <Guide questions={room?.questions ?? []} probes={room?.probes ?? []} />}
      {mine.role !== "storyteller" && teller && <Notes teller={teller} name={name} />}
    </div>
  );
}

function ReadingBack(props: InPair) {
  const { session, phase, mine, pair } = props;
  const teller = mine.about?.find((one) => one.person === pair.storyteller);
  const name = named(session, pair.storyteller);
  return (
    <div class="stack wide">
      <h1 class="prompt" tabIndex={-1}>
        {mine.role === "storyteller" ? t("interview.hear_back") : t("interview.read_back", { name })}
      </h1>
      <RoleCard {...props} reading />
      {mine.role === "storyteller" ? (
        <OwnCard session={session} phase={phase} mine={mine} open />
      ) : (
        teller && (
          <>
            <CardFields page={teller.card} name={name} />
            {teller.without_device && <ForPartner session={session} phase={phase} teller={teller} name={name} />}
          </>
        )
      )}
    </div>
  );
}

/** The order stands already: nobody has to be brave enough to begin. */
function TellsFirst({ session, me, here, pair }: Pick<InPair, "session" | "me" | "here" | "pair">) {
  const telling = here.steps.slice(here.stepAt).find((step) => turnsOf(step, pair.members.length).length > 0);
  const [first] = telling ? turnsOf(telling, pair.members.length) : [];
  const who = first && pair.members[(first.speaker ?? 0) % pair.members.length];
  if (!who) return null;
  return (
    <p class="lead">{who === me ? t("interview.you_first") : t("interview.first", { name: named(session, who) })}</p>
  );
}

/** Before the first turn and after the last: who we are, and what is still to be approved. */
function Together({ session, phase, me, here, mine, pair }: InPair) {
  const others = pair.members.filter((who) => who !== me);
  const waiting = others.filter((who) => !pair.approved?.includes(who));
  const told = here.turns.length > 0;
  return (
    <div class="stack wide">
      {told ? (
        <div class="stack tight">
          <p class="eyebrow">{here.step.title}</p>
          <h1 class="prompt" tabIndex={-1}>
            {!mine.approved
              ? t("interview.now_approve")
              : t(pair.members.length > 2 ? "interview.all_told" : "interview.both_told")}
          </h1>
        </div>
      ) : (
        <Prompt here={here} />
      )}
      {!told && <People people={others.map((who) => nameOf(session.views, who))} />}
      {!told && <TellsFirst session={session} me={me} here={here} pair={pair} />}
      {!told && here.group?.size_note === "trio" && <p class="notice">{t("interview.trio")}</p>}
      {!told && here.group?.size_note === "more" && <p class="notice">{t("interview.many")}</p>}
      {told && (
        <>
          <OwnCard session={session} phase={phase} mine={mine} open />
          {waiting.length > 0 && (
            <p class="quiet">
              {t("interview.not_approved", { names: listed(waiting.map((who) => named(session, who))) })}
            </p>
          )}
        </>
      )}
    </div>
  );
}

function PairScreen(props: InPair) {
  const { here, pair } = props;
  const turn = here.turns[here.turnAt];
  if (!turn || !pair.storyteller) return <Together {...props} />;
  if (turn.kind === "read_back") return <ReadingBack {...props} />;
  return (
    <Quiet here={here}>
      <Telling {...props} />
    </Quiet>
  );
}

/** An approved card steps back behind what the table or the room does now; one that still waits stays in sight. */
function CardBelow(props: { session: Session; phase: string; mine: InterviewForPerson; open: boolean }) {
  if (!props.mine.card) return null;
  if (!props.mine.approved) return <OwnCard {...props} />;
  return (
    <Fold title={t("interview.your_card")}>
      <OwnCard {...props} />
    </Fold>
  );
}

function FourScreen({ session, phase, me, here, mine }: Omit<InPair, "pair">) {
  const { four, fourId } = groupsOf(session, phase);
  const telling = four && here.turns.length > 0;
  const story = four?.story_of ? named(session, four.story_of) : "";
  return (
    <div class="stack wide">
      <Prompt
        here={here}
        words={telling && four.teller === me && story ? t("interview.retell", { name: story }) : ""}
      />
      {telling && (
        <Quiet here={here}>
          <div class="stack wide">
            <TurnOf session={session} here={here} me={me} />
            <TurnList session={session} here={here} four={four} me={me} />
          </div>
        </Quiet>
      )}
      {four && !telling && <Pick session={session} phase={phase} four={four} group={fourId} />}
      {four && (four.cards?.length ?? 0) > 0 && (
        // While somebody tells, the others look at the teller; the cards are there for choosing.
        <Fold key={telling ? "telling" : "choosing"} title={t("interview.cards")} open={!telling}>
          <Cards session={session} phase={phase} four={four} />
        </Fold>
      )}
      <CardBelow session={session} phase={phase} mine={mine} open={!telling} />
    </div>
  );
}

type Roles = Pick<InterviewForPair, "storyteller" | "interviewer" | "witnesses"> & Pick<InterviewForPerson, "role">;

/** Who finishes a sentence while the pair has gone on to its next turn keeps the roles of the turn that they are in. */
function useRoles(session: Session, here: Here | null, pair: InterviewForPair | null, mine: InterviewForPerson): Roles {
  const kept = useRef<Roles>({});
  const standing = here?.group && session.views.group<GroupShown>("", here.group.id)?.body.standing;
  const behind = standing && ((standing.turn ?? 0) !== here.turnAt || (standing.step ?? 0) !== here.stepAt);
  if (!behind && pair) {
    const { storyteller = null, interviewer = null, witnesses = [] } = pair;
    kept.current = { storyteller, interviewer, witnesses, role: mine.role ?? null };
  }
  return kept.current;
}

export default function Interview({ session, phase, me, here }: ActivityProps) {
  const { pair: ours, four } = groupsOf(session, phase);
  const own = mineOf(session, phase) ?? {};
  const { role = null, ...roles } = useRoles(session, here, ours, own);
  if (!here) return null;
  const mine = { ...own, role };
  const pair = ours && { ...ours, ...roles };
  const at = { session, phase, me, here, mine };
  if (here.group && here.group.grouping === "fours") return <FourScreen {...at} />;
  if (here.group && pair) return <PairScreen {...at} pair={pair} />;
  const wall = roomOf(session, phase)?.wall;
  return (
    <div class="stack wide">
      <Prompt here={here} />
      {wall && !isEmpty(wall) && <WallList session={session} phase={phase} wall={wall} />}
      {(four || here.stepAt > 0) && <CardBelow session={session} phase={phase} mine={mine} open={here.late === true} />}
    </div>
  );
}
