/** Who else writes: co-writers, somebody who types, and the moderator when asked. The author alone invites. */

import { useSignal } from "@preact/signals";
import { nameOf } from "../../state/day";
import { Button } from "../../ui/parts";
import { Sheet } from "../../ui/sheet";
import type { ActivityProps } from "../registry";
import { companions, type Desk } from "./desk";
import { w } from "./words";

interface TogetherProps extends Pick<ActivityProps, "session" | "phase" | "me"> {
  desk: Desk;
}

interface Asked {
  open: boolean;
  title: string;
  about: string;
  yes: string;
  onYes: () => void;
  onClose: () => void;
}

/** One tap never opens a draft: what the other will see is said first. */
function Sure({ open, title, about, yes, onYes, onClose }: Asked) {
  return (
    <Sheet title={title} open={open} onClose={onClose}>
      <p>{about}</p>
      <div class="row">
        <Button
          kind="primary"
          onPress={() => {
            onYes();
            onClose();
          }}
        >
          {yes}
        </Button>
        <Button onPress={onClose}>{w("with.not_now")}</Button>
      </div>
    </Sheet>
  );
}

function CoWriters({ session, phase, me, desk }: TogetherProps) {
  const asked = useSignal("");
  const invited = desk.co_writers ?? [];
  const near = companions(session, phase, me).filter((one) => !invited.includes(one));
  const name = (person: string): string => nameOf(session.views, person).name;
  return (
    <section class="stack tight fill">
      <h3>{w("with.invite")}</h3>
      <p class="quiet">{w("with.invite_hint")}</p>
      <ul class="who-writes">
        {invited.map((person) => (
          <li key={person}>
            <span>{w("with.invited", { name: name(person) })}</span>
            <Button kind="plain" onPress={() => void session.wish(phase, { type: "UninviteCoWriter", person })}>
              {w("with.stop")}
            </Button>
          </li>
        ))}
        {near.map((person) => (
          <li key={person}>
            <span>{name(person)}</span>
            <Button label={w("with.ask_name", { name: name(person) })} onPress={() => (asked.value = person)}>
              {w("with.ask")}
            </Button>
          </li>
        ))}
      </ul>
      {near.length === 0 && invited.length === 0 && <p class="quiet">{w("with.nobody")}</p>}
      <Sure
        open={asked.value !== ""}
        title={w("with.sure", { name: name(asked.value) })}
        about={w("with.sure_about", { name: name(asked.value) })}
        yes={w("with.sure_yes")}
        onYes={() => void session.wish(phase, { type: "InviteCoWriter", person: asked.value })}
        onClose={() => (asked.value = "")}
      />
    </section>
  );
}

/** Another thing than inviting, and therefore another shape: one button, and then the question who. */
function Typist({ session, phase, me, desk }: TogetherProps) {
  const choosing = useSignal(false);
  const near = companions(session, phase, me);
  const name = (person: string): string => nameOf(session.views, person).name;
  const appoint = (typist: string): void => {
    choosing.value = false;
    void session.wish(phase, { type: "AppointTypist", person: me, typist });
  };
  if (desk.typist) {
    return (
      <section class="stack tight fill">
        <h3>{w("with.typist_on")}</h3>
        <ul class="who-writes">
          <li>
            <span>{w("with.typed_by", { name: name(desk.typist) })}</span>
            <Button kind="plain" onPress={() => appoint("")}>
              {w("with.typist_stop")}
            </Button>
          </li>
        </ul>
      </section>
    );
  }
  if (near.length === 0) return null;
  return (
    <section class="stack tight fill">
      <h3>{w("with.typist_on")}</h3>
      <p class="quiet">{w("with.typist_hint")}</p>
      <Button onPress={() => (choosing.value = true)}>{w("with.typist")}</Button>
      <Sheet title={w("with.typist_who")} open={choosing.value} onClose={() => (choosing.value = false)}>
        <p>{w("with.typist_about")}</p>
        <div class="stack tight fill">
          {near.map((person) => (
            <Button key={person} class="fill" onPress={() => appoint(person)}>
              {w("with.typist_name", { name: name(person) })}
            </Button>
          ))}
        </div>
      </Sheet>
    </section>
  );
}

function Moderator({ session, phase, desk }: TogetherProps) {
  const open = desk.open_to_moderator === true;
  return (
    <section class="stack tight fill">
      <h3>{w(open ? "with.moderator_on" : "with.moderator")}</h3>
      {!open && <p class="quiet">{w("with.moderator_hint")}</p>}
      <Button onPress={() => void session.wish(phase, { type: open ? "CloseToModerator" : "AskModerator" })}>
        {w(open ? "with.moderator_off" : "with.moderator_ask")}
      </Button>
    </section>
  );
}

export function Together(props: TogetherProps) {
  const { desk } = props;
  const company = desk.open_to_moderator === true || (desk.co_writers ?? []).length > 0 || Boolean(desk.typist);
  return (
    <details class="fill together" open={company}>
      <summary>{w("with.title")}</summary>
      <div class="stack wide fill">
        <CoWriters {...props} />
        <Typist {...props} />
        <Moderator {...props} />
      </div>
    </details>
  );
}
