/** In every later phase: a proposal that is open, or that somebody has no partner yet and what can be done meanwhile. */

import { useSignal } from "@preact/signals";
import { t } from "../../locales";
import type { PartneringForPerson } from "../../protocol/generated";
import { phaseOf } from "../../state/day";
import { pack } from "../../state/path";
import type { RoomShown } from "../../state/workshop";
import { Tick } from "../../ui/choices";
import { Button, Motif } from "../../ui/parts";
import { Sheet } from "../../ui/sheet";
import type { AlongProps } from "../along";
import { wish } from "../wish";
import { Ended } from "./ended";
import { Proposals } from "./proposal";
import { type PartneringProps, Wishes } from "./wishes";
import { p, pn, whyNot } from "./words";
import "./partnering.css";

function Asked(props: PartneringProps) {
  const open = useSignal(false);
  const cards = props.mine.proposals ?? [];
  const waiting = cards.every((card) => card.answered);
  return (
    <section class="along" aria-label={p("proposal.eyebrow")}>
      <p>{waiting ? p("along.answered") : pn("along.asked", cards.length)}</p>
      <Button kind={waiting ? "outline" : "primary"} onPress={() => (open.value = true)}>
        {p("along.look")}
      </Button>
      <Sheet title={p("along.sheet")} open={open.value} onClose={() => (open.value = false)}>
        <Proposals {...props} />
      </Sheet>
    </section>
  );
}

/** Without a partner while the others work with theirs: said plainly, with something to do, and never as a fault. */
function Beside({ session, phase, mine, alone }: PartneringProps & { alone: boolean }) {
  const searching = useSignal(false);
  const find = async (): Promise<void> => {
    searching.value = true;
    await wish({ session, phase, body: { type: "FindPlace", unit: mine.unit }, refused: whyNot });
    searching.value = false;
  };
  return (
    <section class="beside panel" aria-labelledby="beside">
      <Motif />
      <div class="stack">
        <h2 id="beside">{p(alone ? "beside.alone" : "beside.together")}</h2>
        <p>{p("beside.looking")}</p>
        <p class="quiet">{p(alone ? "beside.alone_do" : "beside.together_do")}</p>
        {!mine.closed && (
          <div class="row">
            <Button busy={searching.value} onPress={() => void find()}>
              {p("wait.find")}
            </Button>
            <Button kind="plain" onPress={() => void session.wish("", { type: "CallHelp", reason: "help" })}>
              {t("help.call")}
            </Button>
          </div>
        )}
        {mine.reason === "talk_with_the_moderator" && mine.searched && <p role="status">{p("beside.none_found")}</p>}
      </div>
    </section>
  );
}

/** The choice has not come, and I shall not be there: my wishes may be left for it. */
function Ahead(props: PartneringProps) {
  const { session, phase, mine } = props;
  const open = useSignal(false);
  const wished = Object.keys(mine.wishes ?? {}).length > 0;
  const left = mine.by_proxy === true;
  const leave = (on: boolean): void =>
    void wish({ session, phase, body: { type: "LeaveWishes", on }, refused: whyNot });
  if ((mine.choices ?? []).length === 0) return null;
  return (
    <section class="along quiet-along" aria-label={p("ahead.title")}>
      <p>{p(left ? "ahead.left" : "ahead.ask")}</p>
      <Button onPress={() => (open.value = true)}>{p(left ? "ahead.look" : "ahead.open")}</Button>
      <Sheet title={p("ahead.title")} open={open.value} onClose={() => (open.value = false)}>
        <p>{p("ahead.lead")}</p>
        <Wishes {...props} />
        <Tick checked={left} onChange={leave}>
          {p("ahead.absent")}
          <span class="quiet small block">{p(wished ? "ahead.absent_do" : "ahead.first_wish")}</span>
        </Tick>
        <Button kind="primary" large onPress={() => (open.value = false)}>
          {p("ahead.done")}
        </Button>
      </Sheet>
    </section>
  );
}

export default function Along({ session, phase, me, here }: AlongProps) {
  const mine = session.views.mine<PartneringForPerson>(phase)?.body;
  const shown = session.views.room<RoomShown>("")?.body.phases.find((one) => one.id === phase);
  const words = shown && pack.value ? phaseOf(shown, pack.value) : null;
  if (!mine || !words) return null;
  const given: PartneringProps = { session, phase, me, mine, words };
  if (mine.ahead) {
    return (
      <div class="stack wide partnering">
        <Ahead {...given} />
      </div>
    );
  }
  const asked = (mine.proposals ?? []).length > 0;
  const beside = here.group?.beside && !mine.partnership && !asked;
  return (
    <>
      <Ended {...given} />
      {(asked || beside) && (
        <div class="stack wide partnering">
          {asked && <Asked {...given} />}
          {beside && <Beside {...given} alone={(here.group?.members.length ?? 0) < 2} />}
        </div>
      )}
    </>
  );
}
