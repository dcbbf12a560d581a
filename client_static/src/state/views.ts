/** What this screen may see, by audience and part, as the server last showed it; the newest survives a reload. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Name, ViewFrame } from "../protocol/frames";
import type { Drawer } from "../session/drawer";

export interface Shown<Body = unknown> {
  audience: string;
  part: string;
  seq: number;
  body: Body;
  names: Readonly<Record<string, Name>>;
  texts: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The first change is written to the device at once; while more keep coming, so often. */
const KEEP_EVERY_MS = 100;

function isShown(value: unknown): value is Shown {
  const shown = value as Partial<Shown> | null;
  return typeof shown === "object" && shown !== null && typeof shown.audience === "string" && "body" in shown;
}

export const spotOf = (audience: string, part: string): string => `${audience}|${part}`;

function namesOf(all: ReadonlySignal<ReadonlyMap<string, Shown>>): ReadonlySignal<ReadonlyMap<string, Name>> {
  return computed(() => {
    const found = new Map<string, Name>();
    for (const shown of all.value.values()) {
      for (const [id, name] of Object.entries(shown.names)) found.set(id, name);
    }
    return found;
  });
}

export class Views {
  private readonly held = signal<ReadonlyMap<string, Shown>>(new Map());
  readonly all: ReadonlySignal<ReadonlyMap<string, Shown>> = this.held;
  readonly seq = signal(0);
  /** Everybody whose name travelled with any view. */
  readonly names: ReadonlySignal<ReadonlyMap<string, Name>> = namesOf(this.all);
  private stale = new Set<string>();
  private unkept = new Set<string>();
  private keeping: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly drawer: Drawer,
    private readonly seat: string,
  ) {}

  async recover(): Promise<void> {
    const found = await this.drawer.all(`${this.seat}/view/`);
    const earlier = found.map(([, value]) => value).filter(isShown);
    const fresh = this.held.value;
    this.held.value = new Map([
      ...earlier.map((shown): [string, Shown] => [spotOf(shown.audience, shown.part), shown]),
      ...fresh,
    ]);
  }

  /** An older frame never replaces a newer one, whatever way it took. */
  receive(frame: ViewFrame): void {
    const key = spotOf(frame.a, frame.p);
    this.seq.value = Math.max(this.seq.value, frame.seq);
    const held = this.all.value.get(key);
    if (held && held.seq > frame.seq && !this.stale.has(key)) return;
    this.stale.delete(key);
    const next = new Map(this.all.value);
    if (frame.body === undefined || frame.body === null) next.delete(key);
    else {
      const { a: audience, p: part, seq, body, names = {}, texts = {} } = frame;
      next.set(key, { audience, part, seq, body, names, texts });
    }
    this.held.value = next;
    this.keep(key);
  }

  /** The same views as another screen has them: to read, and nothing else. */
  through(change: (all: ReadonlyMap<string, Shown>) => ReadonlyMap<string, Shown>): Views {
    const all = computed(() => change(this.all.value));
    return Object.create(this, { all: { value: all }, names: { value: namesOf(all) } }) as Views;
  }

  /** A new connection begins: what it does not show again is no longer ours to see. */
  expect(): void {
    this.stale = new Set(this.all.value.keys());
  }

  sweep(): void {
    if (this.stale.size === 0) return;
    const next = new Map(this.all.value);
    for (const key of this.stale) {
      next.delete(key);
      this.keep(key);
    }
    this.stale.clear();
    this.held.value = next;
  }

  room<Body>(part: string): Shown<Body> | undefined {
    return this.get<Body>("room", part);
  }

  mine<Body>(part: string): Shown<Body> | undefined {
    return this.first<Body>("person:", part);
  }

  /** The newest view of one of my groups in this part; `which` picks one by its id. */
  group<Body>(part: string, which?: string): Shown<Body> | undefined {
    return which ? this.get<Body>(`group:${which}`, part) : this.first<Body>("group:", part);
  }

  moderators<Body>(part: string): Shown<Body> | undefined {
    return this.get<Body>("moderators", part);
  }

  /** What is seen through a lens: `look:<group>` or `as:<person>`. */
  at<Body>(audience: string, part: string): Shown<Body> | undefined {
    return this.get<Body>(audience, part);
  }

  screen<Body>(part: string): Shown<Body> | undefined {
    return this.get<Body>("screen", part);
  }

  private get<Body>(audience: string, part: string): Shown<Body> | undefined {
    return this.all.value.get(spotOf(audience, part)) as Shown<Body> | undefined;
  }

  private first<Body>(prefix: string, part: string): Shown<Body> | undefined {
    let found: Shown | undefined;
    for (const shown of this.all.value.values()) {
      if (shown.part !== part || !shown.audience.startsWith(prefix)) continue;
      if (!found || shown.seq >= found.seq) found = shown;
    }
    return found as Shown<Body> | undefined;
  }

  /** Nothing waits for its turn any more: the page may be gone the next moment. */
  keepNow(): void {
    clearTimeout(this.keeping);
    this.write();
  }

  private keep(key: string): void {
    this.unkept.add(key);
    if (this.keeping === undefined) this.write();
  }

  private write(): void {
    this.keeping = undefined;
    if (this.unkept.size === 0) return;
    const keys = [...this.unkept];
    this.unkept.clear();
    for (const one of keys) {
      const shown = this.all.value.get(one);
      const name = `${this.seat}/view/${one}`;
      const kept = shown ? this.drawer.put(name, shown) : this.drawer.remove(name);
      kept.catch((error: unknown) => console.info("this view is not kept for offline reading", error));
    }
    this.keeping = setTimeout(() => this.write(), KEEP_EVERY_MS);
  }
}
