/** What I came for. */

import { Written } from "../../documents/field";
import type { ActivityProps } from "../registry";

export default function Made({ session, phase }: ActivityProps) {
  const aim = session.views.mine<{ aim?: string }>(phase)?.body.aim;
  return aim ? <Written page={aim} field="text" /> : null;
}
