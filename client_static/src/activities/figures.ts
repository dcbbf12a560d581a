/** What a moderator's board counts of an activity, beside words: a file `figures.ts` in its folder. Numbers, never texts. */

/** `key` names the sentence (`figure.<key>`); `of` is what it counts up to. */
export interface Figure {
  key: string;
  n: number;
  of?: number;
}

/** By group or by person, whoever the numbers belong to. */
export type Figures = ReadonlyMap<string, readonly Figure[]>;

type Read = (body: unknown) => Figures;

const found = import.meta.glob<{ figures: Read }>("./*/figures.ts", { eager: true });
const readers = new Map(
  Object.entries(found).map(([path, { figures }]): [string, Read] => [path.split("/")[1] ?? "", figures]),
);

const NOTHING: Figures = new Map();

/** `body` is the moderators' view of the phase, which only its activity knows how to read. */
export function figuresOf(activity: string, body: unknown): Figures {
  const read = readers.get(activity);
  return read && body ? read(body) : NOTHING;
}
