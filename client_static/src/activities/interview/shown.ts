/** What an interview shows this person: the pair, the foursome, the guide, and the words behind the names of texts. */

import type {
  InterviewForFour,
  InterviewForPair,
  InterviewForPerson,
  InterviewForRoom,
} from "../../protocol/generated";
import type { Session } from "../../session/session";
import { pack, type Choice } from "../../state/path";
import type { PersonShown } from "../../state/workshop";

export const LIMITS = { headline: 80, notes: 600, strength: 40, condition: 160, quote: 280, wish: 160 } as const;

interface Groups {
  pair: InterviewForPair | null;
  four: InterviewForFour | null;
  /** The group's id, as its commands need it. */
  fourId: string;
}

export function groupsOf(session: Session, phase: string): Groups {
  const places = session.views.mine<PersonShown>("")?.body.groups?.[phase] ?? {};
  const found: Groups = { pair: null, four: null, fourId: "" };
  for (const id of Object.values(places)) {
    const body = session.views.group<InterviewForPair | InterviewForFour>(phase, id)?.body;
    if (body?.view === "pair") found.pair = body;
    if (body?.view === "four") {
      found.four = body;
      found.fourId = id;
    }
  }
  return found;
}

export const mineOf = (session: Session, phase: string): InterviewForPerson | undefined =>
  session.views.mine<InterviewForPerson>(phase)?.body;

export const roomOf = (session: Session, phase: string): InterviewForRoom | undefined =>
  session.views.room<InterviewForRoom>(phase)?.body;

/** The words of a line that a view names by id, whichever view they came with. */
export function wordsOf(session: Session, phase: string, id: string): string {
  for (const shown of session.views.all.value.values()) {
    const text = shown.part === phase ? shown.texts[id] : undefined;
    if (text) return Object.values(text).join("\n");
  }
  return "";
}

export const choicesOf = (vocabulary: "strengths" | "condition_kinds"): readonly Choice[] =>
  pack.value?.vocabularies?.[vocabulary] ?? [];

export const labelOf = (vocabulary: "strengths" | "condition_kinds", id: string): string =>
  choicesOf(vocabulary).find((one) => one.id === id)?.label ?? "";

/** The lines that have something in them, as the server counts them. */
export const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
