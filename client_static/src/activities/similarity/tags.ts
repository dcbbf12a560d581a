/** The words of the path for what can be given and wanted. */

import { pack } from "../../state/path";

export function tagLabel(tag: string): string {
  const all = Object.values(pack.value?.vocabularies ?? {}).flat();
  return all.find((choice) => choice.id === tag)?.label ?? tag;
}
