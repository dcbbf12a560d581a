/** Every frame that crosses the socket, as `protocol/frames.py` states it. */

export const VERSION = 1;
export const MAX_FRAME_BYTES = 262_144;

export type Then = "retry" | "stop";
export type Role = "person" | "moderator" | "co_moderator" | "observer" | "screen";
export type Right = "write" | "read";

export interface Hello {
  v: number;
  token: string;
  device: string;
}

export interface You {
  role: Role;
  id: string;
}

export interface Welcome {
  v: number;
  you: You;
  workshop: string;
  seq: number;
  now_ms: number;
  pack: string;
  accepted?: number[];
}

export interface CommandFrame {
  device: string;
  n: number;
  scope: string;
  body: Body;
  person?: string;
}

/** A command or a question: its `type` is the name of the struct on the server. */
export interface Body {
  type: string;
  [field: string]: unknown;
}

export interface Accepted {
  t: "ok";
  seq: number;
  repeat?: boolean;
  /** Whom the wish named and who is no longer in the room. */
  without?: string[];
}

export interface Refused {
  t: "no";
  code: string;
  then?: Then;
  detail?: string;
  after_ms?: number;
  ref?: string;
}

export interface Ask {
  scope: string;
  body: Body;
}

export interface Answer {
  t: "is";
  body: unknown;
}

export interface Name {
  name: string;
  school?: string;
  position?: string;
}

export interface ViewFrame {
  a: string;
  p: string;
  seq: number;
  body?: unknown;
  names?: Record<string, Name>;
  texts?: Record<string, Record<string, string>>;
}

export interface Open {
  page: string;
  vector?: Uint8Array;
}

export interface Opened {
  t: "page";
  page: string;
  right: Right;
  update: Uint8Array;
  vector: Uint8Array;
  upto: string;
}

export interface Update {
  page: string;
  u: Uint8Array;
  person?: string;
}

export interface Saved {
  t: "saved";
  id: string;
}

export interface Shut {
  page: string;
}

export interface PageUpdate {
  page: string;
  u: Uint8Array;
  id: string;
  vector?: Uint8Array;
}

export interface Rights {
  page: string;
  right: Right | "none";
}

export interface HistoryAsked {
  page: string;
}

/** A state of a page that can be looked at; `authors` wrote what is new in it. */
export interface Moment {
  id: string;
  at_ms: number;
  authors?: string[];
  label?: string;
}

/** Newest first. */
export interface Past {
  t: "past";
  moments?: Moment[];
  names?: Record<string, Name>;
}

export interface MomentAsked {
  page: string;
  id: string;
}

export interface PageThen {
  t: "then";
  update: Uint8Array;
}

export interface KeepMoment {
  page: string;
  label: string;
}

export interface Flick {
  kind: "caret" | "drag";
  page: string;
  data: Uint8Array;
}

export interface Flicked extends Flick {
  person: string;
}

export interface Here {
  visible: boolean;
  idle_s?: number;
}

export interface TimeAsked {
  t0_ms: number;
}

export interface TimeTold {
  t: "time";
  t0_ms: number;
  now_ms: number;
}

export interface Notice {
  code: "away" | "back";
}

export interface Bye {
  code: string;
  then: Then;
  detail?: string;
}

/** What a browser sends, with the answers that each may get. A frame can always be refused at the door. */
export interface Asked {
  command: { frame: CommandFrame; answer: Accepted | Refused };
  ask: { frame: Ask; answer: Answer | Refused };
  open: { frame: Open; answer: Opened | Refused };
  update: { frame: Update; answer: Saved | Refused };
  shut: { frame: Shut; answer: Accepted | Refused };
  history: { frame: HistoryAsked; answer: Past | Refused };
  moment: { frame: MomentAsked; answer: PageThen | Refused };
  keep: { frame: KeepMoment; answer: Saved | Refused };
  flick: { frame: Flick; answer: Accepted | Refused };
  here: { frame: Here; answer: Accepted | Refused };
  time: { frame: TimeAsked; answer: TimeTold | Refused };
}

/** What a server sends unasked. */
export interface Told {
  welcome: Welcome;
  views: ViewFrame[];
  update: PageUpdate;
  rights: Rights;
  flick: Flicked;
  notice: Notice;
  bye: Bye;
}

export const CLOSE_CODES: Record<string, Then> = {
  bad_hello: "stop",
  too_old: "stop",
  unknown_seat: "stop",
  seat_closed: "stop",
  erased: "stop",
  closed: "stop",
  slow: "retry",
  leaving: "retry",
  away: "retry",
};
