/** Who else writes: co-writers, somebody who types, and the moderator when asked. The author alone invites. */

import { nameOf } from "../../state/day";
import { Button } from "../../ui/parts";
import type { ActivityProps } from "../registry";
import { companions, type Desk } from "./desk";
import { w } from "./words";

interface TogetherProps extends Pick<ActivityProps, "session" | "phase" | "me"> {
  desk: Desk;
}

function CoWriters({ session, phase, me, desk }: TogetherProps) {
  const invited = desk.co_writers ?? [];
  const near = companions(session, me).filter((one) => !invited.includes(one));
  const name = (person: string): string => nameOf(session.views, person).name;
  return (
    <section class="stack tight fill">
      <h3>{w("with.invite")}</h3>
      <p class="small quiet">{w("with.invite_hint")}</p>
      {invited.map((person) => (
        <div class="row between" key={person}>
          <p>{w("with.invited", { name: name(person) })}</p>
          <Button kind="plain" onPress={() => void session.wish(phase, { type: "UninviteCoWriter", person })}>
            {w("with.stop")}
          </Button>
        </div>
      ))}
      {near.length === 0 && invited.length === 0 && <p class="small quiet">{w("with.nobody")}</p>}
      <div class="row">
        {near.map((person) => (
          <Button key={person} onPress={() => void session.wish(phase, { type: "InviteCoWriter", person })}>
            {name(person)}
          </Button>
        ))}
      </div>
    </section>
  );
}

function Typist({ session, phase, me, desk }: TogetherProps) {
  const near = companions(session, me);
  const name = (person: string): string => nameOf(session.views, person).name;
  const appoint = (typist: string): void => {
    void session.wish(phase, { type: "AppointTypist", person: me, typist });
  };
  if (!desk.typist && near.length === 0) return null;
  return (
    <section class="stack tight fill">
      <h3>{w("with.typist")}</h3>
      <p class="small quiet">{w("with.typist_hint")}</p>
      {desk.typist ? (
        <div class="row between">
          <p>{w("with.typed_by", { name: name(desk.typist) })}</p>
          <Button kind="plain" onPress={() => appoint("")}>
            {w("with.typist_stop")}
          </Button>
        </div>
      ) : (
        <div class="row">
          {near.map((person) => (
            <Button key={person} onPress={() => appoint(person)}>
              {name(person)}
            </Button>
          ))}
        </div>
      )}
    </section>
  );
}

export function Together(props: TogetherProps) {
  const { session, phase, desk } = props;
  const open = desk.open_to_moderator === true;
  const company = open || (desk.co_writers ?? []).length > 0 || Boolean(desk.typist);
  return (
    <details class="fill together" open={company}>
      <summary>{w("with.title")}</summary>
      <div class="stack wide fill">
        <CoWriters {...props} />
        <Typist {...props} />
        <section class="stack tight fill">
          <h3>{open ? w("with.moderator_on") : w("with.moderator")}</h3>
          {!open && <p class="small quiet">{w("with.moderator_hint")}</p>}
          <Button onPress={() => void session.wish(phase, { type: open ? "CloseToModerator" : "AskModerator" })}>
            {w(open ? "with.moderator_off" : "with.moderator")}
          </Button>
        </section>
      </div>
    </details>
  );
}
