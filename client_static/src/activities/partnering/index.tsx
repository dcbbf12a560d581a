/** Choosing a partner: short meetings, private wishes, a proposal with its reasons, two taps, and what it is about. */

import { t } from "../../locales";
import type { PartneringForPerson } from "../../protocol/generated";
import { nameOf } from "../../state/day";
import { People, Waiting } from "../../ui/parts";
import { Probes, Prompt, Quiet, TurnOf } from "../prompt";
import type { ActivityProps } from "../registry";
import { Ended } from "./ended";
import { Partnership } from "./partnership";
import { Proposals } from "./proposal";
import { WithoutProposal } from "./waiting";
import { type PartneringProps, Wishes } from "./wishes";
import "./partnering.css";

function ShortMeeting({ session, me, here }: ActivityProps) {
  if (!here?.group) return null;
  const others = here.group.members.filter((one) => one !== me);
  const turn = here.turns[here.turnAt];
  return (
    <Quiet here={here}>
      <div class="stack wide">
        <Prompt here={here} words={turn?.prompt ?? ""} />
        <TurnOf session={session} here={here} me={me} />
        <People people={others.map((one) => nameOf(session.views, one))} />
        <Probes step={here.step} />
      </div>
    </Quiet>
  );
}

function Stage(props: ActivityProps & { given: PartneringProps }) {
  const { here, given } = props;
  const { mine } = given;
  const asked = (mine.proposals ?? []).length > 0;
  if (!here) return null;
  if (mine.partnership) {
    return (
      <>
        {asked && <Proposals {...given} />}
        <Partnership {...given} ours={mine.partnership} />
      </>
    );
  }
  if (asked) return <Proposals {...given} />;
  if (here.group) return <ShortMeeting {...props} />;
  if ((mine.round ?? 0) === 0 && mine.stage === "waiting" && !mine.closed && (mine.choices ?? []).length > 0) {
    return (
      <div class="stack wide partnering">
        <Prompt here={here} />
        <Wishes {...given} />
      </div>
    );
  }
  return <WithoutProposal {...given} />;
}

export default function Partnering(props: ActivityProps) {
  const { session, phase, me, here, words } = props;
  const mine = session.views.mine<PartneringForPerson>(phase)?.body;
  if (!here) return null;
  if (!mine) return <Waiting title={t("wait.views")} />;
  const given: PartneringProps = { session, phase, me, mine, words };
  return (
    <>
      <Ended {...given} />
      <Stage {...props} given={given} />
    </>
  );
}
