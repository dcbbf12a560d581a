/** The tables of a preview: who would sit with whom, and, by hand, a list in which each person is given a table. */

import { useDesk } from "../desk";
import type { Group } from "../shown";
import { w } from "../words";

export function Tables({ groups }: { groups: readonly Group[] }) {
  const desk = useDesk();
  return (
    <ul class="preview-groups">
      {groups.map((group) => (
        <li key={group.id}>
          <span class="table numerals">
            <span class="unseen">{w("board.table", { n: "" })}</span>
            {group.table}
          </span>
          <ul class="plain-names">
            {group.members.map((who) => (
              <li key={who}>
                {desk.name(who)} <span class="small quiet">{desk.school(who)}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

/** The groups with one person at another table: at one that is there, or at a new one. An empty table stays free. */
export function seated(groups: readonly Group[], person: string, to: string, fresh: () => string): Group[] {
  const without = groups.map((group) => ({ ...group, members: group.members.filter((one) => one !== person) }));
  const numbers = new Set(groups.map((group) => group.table));
  let table = 1;
  while (numbers.has(table)) table += 1;
  const there = without.some((group) => group.id === to);
  if (!there) return [...without, { id: fresh(), members: [person], table }];
  return without.map((group) => (group.id === to ? { ...group, members: [...group.members, person] } : group));
}

export const taken = (groups: readonly Group[]): Group[] => groups.filter((group) => group.members.length > 0);

interface ByHandProps {
  groups: readonly Group[];
  others: readonly string[];
  onSeat: (person: string, to: string) => void;
}

export function ByHand({ groups, others, onSeat }: ByHandProps) {
  const desk = useDesk();
  const at = new Map(groups.flatMap((group) => group.members.map((who): [string, Group] => [who, group])));
  const people = [...at.keys(), ...others].sort((a, b) => desk.name(a).localeCompare(desk.name(b)));
  return (
    <ul class="by-hand">
      {people.map((who) => (
        <li key={who}>
          <span class="name">
            {desk.name(who)} <span class="small quiet">{desk.school(who)}</span>
          </span>
          <select
            class="input"
            aria-label={w("groups.seat", { name: desk.name(who) })}
            value={at.get(who)?.id ?? ""}
            onChange={(event) => onSeat(who, event.currentTarget.value)}
          >
            {!at.has(who) && <option value="">–</option>}
            {groups.map((group) => (
              <option key={group.id} value={group.id}>
                {w("board.table", { n: group.table })}
              </option>
            ))}
            <option value="new">{w("groups.new_table")}</option>
          </select>
        </li>
      ))}
    </ul>
  );
}
