/** The link of a space: on a device with a member's seat it opens there; anybody else learns whose it is not, and no more. */

import { useEffect, useState } from "preact/hooks";
import { type Seen, spacesOf } from "../activities/spaces";
import { t } from "../locales";
import type { Session } from "../session/session";
import { sight } from "../state/sight";
import { Button, Ending, Waiting } from "../ui/parts";
import { Front } from "./front";
import { go } from "./router";
import type { Seat } from "../session/seats";
import { keptFirst, peopleHere, rememberHere, useSeated } from "./seated";

interface SpaceLink {
  workshop: string;
  group: string;
}

type Membership = "member" | "stranger" | "unknown";

const isIn = (seen: Seen, group: string): boolean => spacesOf(seen).some((one) => one.group === group);

/** What this device kept is enough to let a member in, also offline; to turn somebody away the server must have spoken. */
function membershipOf(session: Session, group: string): Membership {
  if (session.connection.ended.value) return "stranger";
  if (isIn(session, group)) return "member";
  return session.complete.value ? "stranger" : "unknown";
}

function NotYours({ workshop }: { workshop: string }) {
  const seated = peopleHere(workshop).length > 0;
  return (
    <Ending title="space.not_yours" advice="space.not_yours_do">
      {seated && (
        <Button kind="primary" onPress={() => go(`/w/${workshop}`)}>
          {t("space.to_room")}
        </Button>
      )}
      <Button kind={seated ? "outline" : "primary"} onPress={() => go("/pin")}>
        {t("space.pin")}
      </Button>
      <Button onPress={() => go("/")}>{t("end.home")}</Button>
    </Ending>
  );
}

/** The seats of this device that may be asked, in this order; null until it is known what the device kept of them. */
function useCandidates({ workshop, group }: SpaceLink): [readonly Seat[] | null, () => void] {
  const [candidates, setCandidates] = useState<readonly Seat[] | null>(null);
  useEffect(() => {
    const seats = peopleHere(workshop);
    keptFirst(seats, (views) => isIn({ views }, group)).then(setCandidates, (error: unknown) => {
      console.info("what this device kept could not be read", error);
      setCandidates(seats);
    });
  }, [workshop, group]);
  return [candidates, () => setCandidates((all) => all?.slice(1) ?? null)];
}

/** Of several people at one phone the link opens for the one who is a member: each seat is asked in turn. */
export function SpacePage({ workshop, group }: SpaceLink) {
  const [candidates, next] = useCandidates({ workshop, group });
  const seat = candidates?.[0] ?? null;
  const session = useSeated(seat);
  const asked = session && session.seat === seat ? session : null;
  const membership = asked ? membershipOf(asked, group) : "unknown";
  useEffect(() => {
    if (!asked || membership === "unknown") return;
    if (membership === "stranger") return next();
    rememberHere(asked.seat);
    sight.value = { space: group, from: "now" };
    // The address of the room: the space lies over it, and the device's back button leads there.
    go(`/w/${workshop}`, { replace: true });
  }, [asked, membership]);
  return (
    <Front>
      {candidates?.length === 0 ? (
        <NotYours workshop={workshop} />
      ) : (
        <div class="narrow">
          <Waiting title={t("space.looking")}>
            {asked?.connection.link.value === "offline" && t("end.unreachable_do")}
          </Waiting>
        </div>
      )}
    </Front>
  );
}
