/** Whatever was let go can be taken back, also when the room is long somewhere else. */

import { nameOf } from "../../state/day";
import type { RoomShown } from "../../state/workshop";
import { say } from "../../ui/announcer";
import { Tick } from "../../ui/choices";
import { Button } from "../../ui/parts";
import type { ActivityProps } from "../registry";
import type { Desk } from "./desk";
import { w } from "./words";

interface BackProps extends Pick<ActivityProps, "session" | "phase"> {
  desk: Desk;
}

function Copies({ session, phase, desk }: BackProps) {
  const out = desk.shared && desk.shared.level !== "private" ? desk.shared : null;
  if (!out && !desk.ready) return null;
  const withdraw = async (): Promise<void> => {
    const outcome = await session.wish(phase, { type: "WithdrawVignette" });
    if (outcome.t === "ok") say(w("share.withdrawn"));
  };
  return (
    <div class="stack tight">
      {out && <p>{w("share.now", { who: w(`share.${out.level}`) })}</p>}
      <div class="row">
        <Button onPress={() => void withdraw()}>{w("share.withdraw")}</Button>
      </div>
      <p class="small quiet">{w("share.withdraw_about")}</p>
    </div>
  );
}

function Company({ session, phase, desk }: BackProps) {
  return (
    <>
      {(desk.co_writers ?? []).map((person) => (
        <div class="row between" key={person}>
          <p>{w("with.invited", { name: nameOf(session.views, person).name })}</p>
          <Button kind="plain" onPress={() => void session.wish(phase, { type: "UninviteCoWriter", person })}>
            {w("with.stop")}
          </Button>
        </div>
      ))}
      {desk.open_to_moderator && (
        <div class="row between">
          <p>{w("with.moderator_on")}</p>
          <Button kind="plain" onPress={() => void session.wish(phase, { type: "CloseToModerator" })}>
            {w("with.moderator_off")}
          </Button>
        </div>
      )}
    </>
  );
}

export function Back({ session, phase, desk }: BackProps) {
  const out = desk.ready || (desk.shared && desk.shared.level !== "private");
  const company = (desk.co_writers ?? []).length > 0 || desk.open_to_moderator;
  const closed = session.views.room<RoomShown>("")?.body.life === "closed";
  // In a workshop that is closed nothing changes any more; and later use is asked of a text that somebody else has seen.
  if (closed || (!out && !company && !desk.later_use)) return null;
  return (
    <section class="stack fill">
      <h3>{w("made.back")}</h3>
      <Copies session={session} phase={phase} desk={desk} />
      <Company session={session} phase={phase} desk={desk} />
      {(out || desk.later_use) && (
        <Tick
          checked={desk.later_use === true}
          onChange={(allowed) => void session.wish(phase, { type: "AllowLaterUse", allowed })}
        >
          {w("share.later")}
        </Tick>
      )}
    </section>
  );
}
