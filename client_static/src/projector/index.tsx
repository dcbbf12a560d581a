/** The projector: a read-only client of its own. */

import type { FaceProps } from "../console";
import { t } from "../locales";
import { Waiting } from "../ui/parts";

export function Projector(_props: FaceProps) {
  return <Waiting title={t("app.loading")} />;
}
