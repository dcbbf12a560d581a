/** Which partnerships of this choice have a space that is mine: the one that lasts, and those that have ended. */

import type { PartneringForPerson } from "../../protocol/generated";
import type { OwnSpace, Seen } from "../spaces";

export const lasting = ["pact", "space"];

/** A page of a group carries its id as its last part. */
export const groupOf = (page: string): string => page.slice(page.lastIndexOf("/") + 1);

export function spacesOf({ views }: Seen, phase: string): OwnSpace[] {
  const mine = views.mine<PartneringForPerson>(phase)?.body;
  const ours = mine?.partnership;
  const former = (mine?.former ?? []).flatMap(({ space }) => space ?? []);
  return [
    ...former.map((page) => ({ phase, group: groupOf(page), ended: true })),
    ...(ours?.space ? [{ phase, group: ours.group, ended: false }] : []),
  ];
}
