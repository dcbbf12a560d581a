/** The workshop has ended: what everybody made stays readable for as long as was promised. */

import type { Signal } from "@preact/signals";
import { dayOf, t } from "../locales";
import type { Session } from "../session/session";
import type { Sight } from "../state/sight";
import type { RoomShown } from "../state/workshop";
import { Button, Motif } from "../ui/parts";
import { OpenSpace } from "./open_space";

export function Closed({ session, sight, room }: { session: Session; sight: Signal<Sight>; room: RoomShown }) {
  return (
    <div class="stack wide">
      <Motif />
      <p class="eyebrow">{room.title}</p>
      <h1 class="prompt" tabIndex={-1}>
        {t("closed.title")}
      </h1>
      <p class="lead">{t("closed.until", { day: dayOf(room.kept_until_ms) })}</p>
      <OpenSpace session={session} large />
      <Button kind="primary" large onPress={() => (sight.value = "day")}>
        {t("end.read_day")}
      </Button>
    </div>
  );
}
