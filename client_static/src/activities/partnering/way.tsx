/** The way into the space that partners share. */

import { t } from "../../locales";
import { enterSpace } from "../../state/sight";
import { Button } from "../../ui/parts";

export function SpaceWay({ group }: { group: string }) {
  return <Button onPress={() => enterSpace(group)}>{t("space.open")}</Button>;
}
