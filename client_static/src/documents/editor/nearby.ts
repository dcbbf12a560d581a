/** Who else has this page open and where they write: told while it happens, kept nowhere, and may be lost. */

import { signal } from "@preact/signals";
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate, removeAwarenessStates } from "y-protocols/awareness";
import type { Session } from "../../session/session";
import type { OpenPage } from "../page";
import { pagesOf } from "../pages";

const SEND_EVERY_MS = 150;

export interface Caret {
  field: string;
  /** Relative positions as JSON: they stay with their letter whatever is written before it. */
  anchor: unknown;
  head: unknown;
}

export interface Neighbour {
  client: number;
  person: string;
  caret: Caret | null;
}

interface Moved {
  added: number[];
  updated: number[];
  removed: number[];
}

export class Nearby {
  readonly people = signal<readonly Neighbour[]>([]);
  private readonly awareness: Awareness;
  private readonly persons = new Map<number, string>();
  private readonly unwatch: () => void;
  private sending: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly session: Session,
    private readonly page: OpenPage,
  ) {
    this.awareness = new Awareness(page.doc);
    this.awareness.on("update", (moved: Moved, origin: unknown) => this.moved(moved, origin));
    this.unwatch = pagesOf(session).watchCarets((flick) => {
      if (flick.kind !== "caret" || flick.page !== page.page) return;
      try {
        applyAwarenessUpdate(this.awareness, flick.data, { person: flick.person });
      } catch (error) {
        // Somebody's page sent what this one cannot read: their caret is missing, their words are not.
        console.info("a caret could not be read", error);
      }
    });
  }

  /** Where I write; null when I left this field. */
  show(field: string, caret: Caret | null): void {
    const mine = this.awareness.getLocalState()?.["caret"] as Caret | null | undefined;
    if (caret === null && mine?.field !== field) return;
    this.awareness.setLocalState({ caret });
  }

  close(): void {
    removeAwarenessStates(this.awareness, [this.awareness.clientID], "local");
    this.send();
    clearTimeout(this.sending);
    this.unwatch();
    this.awareness.destroy();
  }

  private moved({ added, updated, removed }: Moved, origin: unknown): void {
    const { clientID } = this.awareness;
    if ([...added, ...updated, ...removed].includes(clientID)) this.soon();
    if (typeof origin === "object" && origin !== null && "person" in origin) {
      for (const client of [...added, ...updated]) this.persons.set(client, String(origin.person));
      // Somebody new does not know yet where I am.
      if (added.length > 0) this.soon();
    }
    const people: Neighbour[] = [];
    for (const [client, state] of this.awareness.getStates()) {
      const person = this.persons.get(client);
      if (client === clientID || person === undefined) continue;
      people.push({ client, person, caret: (state["caret"] as Caret | null | undefined) ?? null });
    }
    this.people.value = people.sort((one, other) => one.client - other.client);
  }

  private soon(): void {
    this.sending ??= setTimeout(() => this.send(), SEND_EVERY_MS);
  }

  private send(): void {
    clearTimeout(this.sending);
    this.sending = undefined;
    if (this.session.connection.link.peek() !== "live") return;
    const data = encodeAwarenessUpdate(this.awareness, [this.awareness.clientID]);
    pagesOf(this.session).flick("caret", this.page.page, data);
  }
}

const open = new WeakMap<OpenPage, { nearby: Nearby; users: number }>();

export function takeNearby(session: Session, page: OpenPage): Nearby {
  const found = open.get(page) ?? { nearby: new Nearby(session, page), users: 0 };
  found.users += 1;
  open.set(page, found);
  return found.nearby;
}

export function leaveNearby(page: OpenPage): void {
  const found = open.get(page);
  if (!found) return;
  found.users -= 1;
  if (found.users > 0) return;
  open.delete(page);
  found.nearby.close();
}
