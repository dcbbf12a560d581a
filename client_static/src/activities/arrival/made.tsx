/** What I came for. */

import { t } from "../../locales";
import { WrittenOr } from "../part";
import type { ActivityProps } from "../registry";

export default function Made({ session, phase }: ActivityProps) {
  const aim = session.views.mine<{ aim?: string }>(phase)?.body.aim;
  return aim ? <WrittenOr page={aim} field="text" none={t("day.no_aim")} /> : null;
}
