/** The workshop has ended: what everybody made stays readable for as long as was promised. */

import type { Signal } from "@preact/signals";
import { dayOf, t } from "../locales";
import type { RoomShown } from "../state/workshop";
import { Button, Motif } from "../ui/parts";
import type { Sight } from "./participant";

const DAY_MS = 86_400_000;

function keptUntil(room: RoomShown): string {
  const began = room.date ? Date.parse(room.date) : Math.min(...room.phases.map((one) => one.opened_ms || Infinity));
  return Number.isFinite(began) ? dayOf(began + room.retention_days * DAY_MS) : "";
}

export function Closed({ sight, room }: { sight: Signal<Sight>; room: RoomShown }) {
  const until = keptUntil(room);
  return (
    <div class="stack wide">
      <Motif />
      <p class="eyebrow">{room.title}</p>
      <h1 class="prompt" tabIndex={-1}>
        {t("closed.title")}
      </h1>
      <p class="lead">{until ? t("closed.until", { day: until }) : t("closed.do")}</p>
      <Button kind="primary" large onPress={() => (sight.value = "day")}>
        {t("end.read_day")}
      </Button>
    </div>
  );
}
