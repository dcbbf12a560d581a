/** The way into the space of the partners from screens that have no bar at the bottom, or where it is what comes next. */

import { liveSpace } from "../activities/spaces";
import { t } from "../locales";
import type { Session } from "../session/session";
import { enterSpace } from "../state/sight";
import { Button } from "../ui/parts";

export function OpenSpace({ session, large }: { session: Session; large?: boolean }) {
  const space = liveSpace(session);
  if (!space) return null;
  return (
    <Button large={large === true} onPress={() => enterSpace(space.group)}>
      {t("space.open")}
    </Button>
  );
}
