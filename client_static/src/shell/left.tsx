/** Somebody who left for good: what they made is still theirs to read, and their seat is kept for nobody else. */

import { t } from "../locales";
import type { Session } from "../session/session";
import type { RoomShown } from "../state/workshop";
import { Button, Motif } from "../ui/parts";

export function Left({ session, room, me }: { session: Session; room: RoomShown; me: string }) {
  return (
    <div class="stack wide">
      <Motif />
      <p class="eyebrow">{room.title}</p>
      <h1 class="prompt" tabIndex={-1}>
        {t("left.title")}
      </h1>
      <p class="lead">{t("left.do")}</p>
      <Button kind="primary" large onPress={() => void session.wish("", { type: "TakePlace", person: me })}>
        {t("left.back")}
      </Button>
    </div>
  );
}
