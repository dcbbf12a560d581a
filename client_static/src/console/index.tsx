/** The moderator's console. */

import { Waiting } from "../ui/parts";
import { t } from "../locales";

export interface FaceProps {
  workshop: string;
  token: string;
}

export function Console(_props: FaceProps) {
  return <Waiting title={t("app.loading")} />;
}
