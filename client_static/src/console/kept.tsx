/** In its last weeks the console says on which day the workshop will be gone, and what to do before. */

import { dayOf } from "../locales";
import type { RoomShown } from "../state/workshop";
import { useDesk } from "./desk";
import { w } from "./words";

const WARNED_MS = 21 * 86_400_000;

export function SoonErased({ room }: { room: RoomShown }) {
  const desk = useDesk();
  if (room.kept_until_ms - desk.now_ms.value > WARNED_MS) return null;
  return (
    <p class="notice" role="status">
      {w("console.soon_erased", { day: dayOf(room.kept_until_ms) })}
    </p>
  );
}
