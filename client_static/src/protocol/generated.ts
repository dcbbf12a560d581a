/**
 * Every struct that crosses the wire, generated from the server's own by `python -m scripts.generate_types`.
 * Do not edit: change the struct, and generate.
 */

export const VERSION = 1;
export const MAX_FRAME_BYTES = 262_144;

export type At = "wishing" | "choosing" | "closed";

export type Consent = "name_on_screen" | "quoting";

export type DeskState = "draft" | "ready" | "shared" | "withdrawn";

export type FactCode =
  | "not_a_wish"
  | "both_wish"
  | "both_close"
  | "offer_meets_need"
  | "shared_topic"
  | "odd_number"
  | "nobody_left_out"
  | "one_is_remote"
  | "best_for_the_room";

export type FormName =
  | "alone"
  | "pairs"
  | "trios"
  | "fours"
  | "fives"
  | "count"
  | "plenary"
  | "partnerships"
  | "merged"
  | "answers"
  | "same";

export type Goal = "exchange" | "new";

export type Guess = "no" | "maybe" | "yes";

export type Level = "group" | "room";

export type Life = "live" | "follow_up" | "closed" | "erased";

export type Origin = "matching" | "moderator" | "unit" | "third";

export type PhaseStatus = "planned" | "open" | "warning" | "closed" | "reopened";

export type Presence = "expected" | "present" | "away" | "left" | "by_proxy";

export type Reason = "wishing" | "next_proposal" | "nobody_else_here" | "talk_with_the_moderator" | "partner_left";

export type RelationKind = "conflict" | "same_owner" | "competitor" | "partner" | "too_far";

export type Right = "write" | "read";

export type Role = "person" | "moderator" | "co_moderator" | "observer" | "screen";

export type RuleCode =
  | "alone"
  | "apart"
  | "no_common_language"
  | "together"
  | "same_school"
  | "no_earlier_groups"
  | "remote_mixed"
  | "different_answers"
  | "met_before";

export type ShareLevel = "private" | "pair" | "group" | "room_anonymous" | "room_named";

export type Signal = "done" | "need_time";

export type Stage = "waiting" | "proposed" | "confirmed" | "talk" | "away" | "left";

export type State = "here" | "away" | "gone";

export type Then = "retry" | "stop";

export type UnitKind = "school" | "person";

export type UnmatchedReason =
  | "expected"
  | "away"
  | "left"
  | "nobody_else_here"
  | "blocked_by_a_hard_rule"
  | "no_place_within_rules"
  | "joins_later";

export type WhyRegrouped = "formed" | "by_hand" | "repaired" | "left" | "late" | "undone" | "partners";

export type Wish = 0 | 1 | 2 | 3;

// -- Frames -----------------------------------------------------------------------------------------------------------

/** The `auth` of the Socket.IO connection: who this is, and which protocol version it speaks. */
export interface Hello {
  v: number;
  token: string;
  device: string;
}

/** The first frame on a connection; the views that follow it are complete. */
export interface Welcome {
  v: number;
  you: You;
  workshop: string;
  seq: number;
  now_ms: number;
  pack: string;
  /** Left out when []. */
  accepted?: number[];
}

/** Whom the server takes the other side for. `id` is a person's or a staff member's. */
export interface You {
  role: Role;
  id: string;
}

/**
 * What audience `a` may see of part `p` as of commit `seq`; it replaces what the browser had of that pair.
 *
 * `p` is "" for the workshop itself, else a phase. `body` is None when the audience no longer sees anything.
 */
export interface ViewFrame {
  a: string;
  p: string;
  seq: number;
  /** Left out when null. */
  body?: unknown;
  /** Left out when {}. */
  names?: Record<string, Name>;
  /** Left out when {}. */
  texts?: Record<string, Record<string, string>>;
}

/** How a person is shown: name and school. Erased people have neither. */
export interface Name {
  name: string;
  /** Left out when "". */
  school?: string;
  /** Left out when "". */
  position?: string;
}

/**
 * What others wrote; `id` is the newest entry that it contains.
 *
 * With a `vector`, `u` is the whole page, and this what the server holds of it: the browser sends what it lacks.
 */
export interface PageUpdate {
  page: string;
  u: Uint8Array;
  id: string;
  /** Left out when 0x. */
  vector?: Uint8Array;
}

/** What this connection may do with a page from now on. With `none` the browser keeps unsent text as a draft. */
export interface Rights {
  page: string;
  right: "none" | "read" | "write";
}

export interface Flicked {
  kind: "caret" | "drag";
  page: string;
  person: string;
  data: Uint8Array;
}

/** The server's own state: `away` while its store cannot be reached, `back` afterwards. */
export interface Notice {
  code: "away" | "back";
}

/** The last frame before the server closes a connection. */
export interface Bye {
  code: string;
  then: Then;
  /** Left out when "". */
  detail?: string;
}

/** A numbered wish. `device` is that of the page load that made it: a queue that outlived a reload keeps its own. */
export interface CommandFrame {
  device: string;
  n: number;
  scope: string;
  body: Body;
  /** Left out when "". */
  person?: string;
}

/**
 * The wish is a fact and on disk as commit `seq`; `repeat` says that it already was.
 *
 * `without` names people whom the wish named and who are no longer in the room: groups were formed without them.
 */
export interface Accepted {
  t: "ok";
  seq: number;
  /** Left out when false. */
  repeat?: boolean;
  /** Left out when []. */
  without?: string[];
}

/** A question that changes nothing: what would happen if. */
export interface Ask {
  scope: string;
  body: Body;
}

export interface Answer {
  t: "is";
  body: unknown;
}

/** Open a page. `vector` is the Yjs state vector of what the browser holds. */
export interface Open {
  page: string;
  /** Left out when 0x00. */
  vector?: Uint8Array;
}

/** `update` brings the browser up to `upto`; `vector` is what the server holds: the browser sends what it lacks. */
export interface Opened {
  t: "page";
  page: string;
  right: Right;
  update: Uint8Array;
  vector: Uint8Array;
  upto: string;
}

/** A Yjs update (v1) of one page; it may merge many edits. */
export interface Update {
  page: string;
  u: Uint8Array;
  /** Left out when "". */
  person?: string;
}

/** The update is on disk as entry `id` of the page. */
export interface Saved {
  t: "saved";
  id: string;
}

export interface Shut {
  page: string;
}

/** What this page said before: answered with `Past`, to people who may open it and to nobody else. */
export interface HistoryAsked {
  page: string;
}

/** Newest first. */
export interface Past {
  t: "past";
  /** Left out when []. */
  moments?: Moment[];
  /** Left out when {}. */
  names?: Record<string, Name>;
}

/** A state of the page that can be looked at; `authors` wrote what is new in it. */
export interface Moment {
  id: string;
  at_ms: number;
  /** Left out when []. */
  authors?: string[];
  /** Left out when "". */
  label?: string;
}

export interface MomentAsked {
  page: string;
  id: string;
}

/** A Yjs update that builds the page as it was. Bringing it back is writing: the browser types the old words. */
export interface PageThen {
  t: "then";
  update: Uint8Array;
}

/** Keep the page as it is now, under a name. Answered with `Saved`. */
export interface KeepMoment {
  page: string;
  label: string;
}

/** Something that may be lost: a caret (`page` and Yjs awareness bytes), a card under a finger. */
export interface Flick {
  kind: "caret" | "drag";
  page: string;
  data: Uint8Array;
}

/** A sign of life every 15 s and on every change of visibility. */
export interface Here {
  visible: boolean;
  /** Left out when 0. */
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

/** The wish is no fact. With `then: retry` the browser keeps and resends it, with `stop` it tells the person. */
export interface RefusedFrame {
  t: "no";
  code: string;
  /** Left out when "stop". */
  then?: Then;
  /** Left out when "". */
  detail?: string;
  /** Left out when 0. */
  after_ms?: number;
  /** Left out when "". */
  ref?: string;
}

/** What a browser sends, and what it may get back. Any frame can be refused at the door. */
export interface Asked {
  command: { frame: CommandFrame; answer: Accepted | RefusedFrame };
  ask: { frame: Ask; answer: Answer | RefusedFrame };
  open: { frame: Open; answer: Opened | RefusedFrame };
  update: { frame: Update; answer: Saved | RefusedFrame };
  shut: { frame: Shut; answer: undefined | RefusedFrame };
  history: { frame: HistoryAsked; answer: Past | RefusedFrame };
  moment: { frame: MomentAsked; answer: PageThen | RefusedFrame };
  keep: { frame: KeepMoment; answer: Saved | RefusedFrame };
  flick: { frame: Flick; answer: undefined | RefusedFrame };
  here: { frame: Here; answer: undefined | RefusedFrame };
  time: { frame: TimeAsked; answer: TimeTold | RefusedFrame };
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

/** A command or a question: its `type` is the name of the struct on the server. */
export interface Body {
  type: string;
  [field: string]: unknown;
}

export type Refused = RefusedFrame;

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

export const REFUSAL_CODES: Record<string, Then> = {
  bad_frame: "stop",
  too_big: "stop",
  unknown_command: "stop",
  not_allowed: "stop",
  not_yours: "stop",
  away: "retry",
  slow_down: "retry",
  defect: "stop",
};

// -- The workshop -----------------------------------------------------------------------------------------------------

export type WorkshopCommand =
  | AdmitPerson
  | AdmitPeople
  | ChangeProfile
  | TakePlace
  | TakeSeat
  | LeaveForGood
  | OfferSeat
  | AnswerOffer
  | OpenSeat
  | CloseSeat
  | KeepApart
  | KeepTogether
  | MoveRoom
  | UndoMove
  | UndoAct
  | OpenPhase
  | ClosePhase
  | SkipPhase
  | MoveStep
  | MoveTurn
  | ChangeMinutes
  | ChangeOrder
  | ChangeVariant
  | CutStep
  | ShareDelay
  | WarnPhase
  | CatchUp
  | FormGroups
  | MovePerson
  | SwapPeople
  | MergeGroups
  | SplitGroup
  | RepairGroup
  | StartTimer
  | PauseTimer
  | ResumeTimer
  | AddTime
  | StopTimer
  | SignalDone
  | SignalNeedTime
  | CallHelp
  | CancelHelp
  | AnswerHelp
  | Announce
  | LookInto
  | WelcomeStaff
  | AssignTables
  | ChangeLife
  | RenameWorkshop;

/** What `ask` carries. */
export type Question = PreviewGroups | PreviewMove | JudgeGroups;

/** What answers a question. */
export type Preview = GroupsPreview | MovePreview | RulesPreview;

/** What each kind of audience sees of the part "". */
export interface WorkshopViews {
  room: RoomView;
  person: PersonView;
  group: GroupView;
  moderators: ModeratorsView;
  screen: ScreenView;
}

/** What moderators see of the parts that are no phase. */
export interface FlickerViews {
  "~here": PresenceView;
  "~pages": PagesView;
}

/** By activity. */
export interface Commands {
  arrival: ArrivalCommand;
  interview: InterviewCommand;
  network_dimensions: NetworkDimensionsCommand;
  partnering: PartneringCommand;
  similarity: SimilarityCommand;
  talk: TalkCommand;
  vignette_writing: VignetteWritingCommand;
}

/** By activity. */
export interface Views {
  arrival: ArrivalView;
  interview: InterviewView;
  network_dimensions: NetworkDimensionsView;
  partnering: PartneringView;
  similarity: SimilarityView;
  talk: TalkView;
  vignette_writing: VignetteWritingView;
}

export type Path = Pack;

/** A seat for somebody: by the door when they join, by the moderator for a list or for someone without a device. */
export interface AdmitPerson {
  type: "AdmitPerson";
  person: string;
  school: string;
  /** Left out when []. */
  languages?: string[];
  /** Left out when "". */
  schooling?: string;
  /** Left out when false. */
  remote?: boolean;
  /** Left out when false. */
  without_device?: boolean;
  /** Left out when false. */
  expected?: boolean;
}

/** Seats for everybody on a list, all at once or none; who has one already keeps it. */
export interface AdmitPeople {
  type: "AdmitPeople";
  people: Listed[];
}

/** One line of a list of people. */
export interface Listed {
  person: string;
  school: string;
  /** Left out when []. */
  languages?: string[];
  /** Left out when "". */
  schooling?: string;
}

export interface ChangeProfile {
  type: "ChangeProfile";
  person: string;
  school: string;
  /** Left out when []. */
  languages?: string[];
  /** Left out when "". */
  schooling?: string;
  /** Left out when false. */
  remote?: boolean;
}

/** Somebody is here (again): joined, and in a group of every phase that is open. */
export interface TakePlace {
  type: "TakePlace";
  person: string;
}

/** Somebody taps their name on the list: the first who does has the seat, and it is expected no more. */
export interface TakeSeat {
  type: "TakeSeat";
  person: string;
  school: string;
  /** Left out when []. */
  languages?: string[];
  /** Left out when "". */
  schooling?: string;
  /** Left out when false. */
  remote?: boolean;
}

export interface LeaveForGood {
  type: "LeaveForGood";
  person: string;
}

/** A moderator makes a way to somebody's seat from another device, by the name `handover`. */
export interface OfferSeat {
  type: "OfferSeat";
  person: string;
  handover: string;
}

/** Whose seat it is says yes or no to a device that is at the door. */
export interface AnswerOffer {
  type: "AnswerOffer";
  handover: string;
  allow: boolean;
}

/** The door's own: somebody has come with the link or PIN of a handover. */
export interface OpenSeat {
  type: "OpenSeat";
  handover: string;
}

/** The seat is closed on the device to which it was handed. */
export interface CloseSeat {
  type: "CloseSeat";
  handover: string;
}

/** Two people whom no grouping shall seat together; `keep: False` lifts it. */
export interface KeepApart {
  type: "KeepApart";
  one: string;
  other: string;
  /** Left out when true. */
  keep?: boolean;
}

export interface KeepTogether {
  type: "KeepTogether";
  one: string;
  other: string;
  /** Left out when true. */
  keep?: boolean;
}

/**
 * Everybody goes to `phase`. `left` is where the moderator saw the room: two who press at once move it once.
 *
 * `groups` are those of the preview, by grouping: exactly these are formed, and who came meanwhile is placed too.
 */
export interface MoveRoom {
  type: "MoveRoom";
  phase: string;
  left: string | null;
  /** Left out when {}. */
  groups?: Record<string, Group[]>;
}

/**
 * `members` in the order of their turns; `table` is the number on the projector, from 1.
 *
 * `parts` names the groups that were merged into this one, whose pages its members go on reading. `absent` are those
 * of its members who went away and were not waited for: they keep their place, and no turn comes to them.
 */
export interface Group {
  id: string;
  members: string[];
  table: number;
  /** Left out when []. */
  parts?: string[];
  /** Left out when []. */
  absent?: string[];
}

/** Takes back the last move of the room within 60 seconds; nothing that was written or voted is touched. */
export interface UndoMove {
  type: "UndoMove";
}

/**
 * Takes back one act of the moderators, by the number of its commit, within 60 seconds: groups formed or changed by
 * hand, somebody who was let go, a change of the plan. What was written meanwhile stays readable.
 */
export interface UndoAct {
  type: "UndoAct";
  act: number;
}

/** Opens a phase for writing beside the one where the room is: reopened, or open between two meetings. */
export interface OpenPhase {
  type: "OpenPhase";
  phase: string;
}

export interface ClosePhase {
  type: "ClosePhase";
  phase: string;
}

/** Leaves a phase out of the plan, or takes it in again. What was made in it stays. */
export interface SkipPhase {
  type: "SkipPhase";
  phase: string;
  /** Left out when true. */
  skip?: boolean;
}

/** The room, or one group, goes to a step. `left` is the step where the sender saw it. */
export interface MoveStep {
  type: "MoveStep";
  phase: string;
  step: number;
  left: number;
  /** Left out when null. */
  group?: string | null;
}

/** A group goes to another turn of its step: a member swaps, or the moderator does. */
export interface MoveTurn {
  type: "MoveTurn";
  phase: string;
  group: string;
  turn: number;
  left: number;
}

export interface ChangeMinutes {
  type: "ChangeMinutes";
  phase: string;
  minutes: number;
}

/** The remaining phases in a new order; every phase of the workshop, once. */
export interface ChangeOrder {
  type: "ChangeOrder";
  phases: string[];
}

/** Another length of a phase that has not begun: its short form, mostly. */
export interface ChangeVariant {
  type: "ChangeVariant";
  phase: string;
  variant: string;
}

/** A step that is still ahead is left out to win its minutes, or taken in again. */
export interface CutStep {
  type: "CutStep";
  phase: string;
  step: string;
  /** Left out when true. */
  cut?: boolean;
}

/** New minutes for several remaining phases at once: a delay that is shared by all is one act with one undo. */
export interface ShareDelay {
  type: "ShareDelay";
  minutes: Record<string, number>;
}

/** The clock says that the time of the current phase is nearly over. */
export interface WarnPhase {
  type: "WarnPhase";
  phase: string;
}

/** Somebody who missed a phase, or was away, makes up for the least that is needed of it; the room goes on. */
export interface CatchUp {
  type: "CatchUp";
  phase: string;
}

/**
 * Groups for one grouping of a phase. With `groups`, exactly those of the preview; else they are rolled now.
 *
 * `how` is the form and the rules that the moderator chose instead of the path's; latecomers are placed by it too.
 */
export interface FormGroups {
  type: "FormGroups";
  phase: string;
  grouping: string;
  /** Left out when []. */
  groups?: Group[];
  /** Left out when null. */
  how?: Grouping | null;
}

/**
 * How the people of a phase are put together, by the path or by the moderator's choice on the day.
 *
 * `of` names the grouping to merge, `phase` the one to repeat; together, a grouping of an earlier phase. `count` is
 * how many groups there are, `size` how large groups by answers and merged ones are. The rest switches rules off.
 */
export interface Grouping {
  form: FormName;
  /** Left out when "". */
  of?: string;
  /** Left out when "". */
  phase?: string;
  /** Left out when 2. */
  count?: number;
  /** Left out when 4. */
  size?: number;
  /** Left out when true. */
  mix_schools?: boolean;
  /** Left out when true. */
  meet_new?: boolean;
  /** Left out when true. */
  common_language?: boolean;
  /** Left out when true. */
  remote_together?: boolean;
}

export interface MovePerson {
  type: "MovePerson";
  phase: string;
  grouping: string;
  person: string;
  to: string;
}

export interface SwapPeople {
  type: "SwapPeople";
  phase: string;
  grouping: string;
  one: string;
  other: string;
}

export interface MergeGroups {
  type: "MergeGroups";
  phase: string;
  grouping: string;
  one: string;
  other: string;
}

export interface SplitGroup {
  type: "SplitGroup";
  phase: string;
  grouping: string;
  group: string;
  leaving: string[];
}

/** The one tap when somebody's partner is gone: the group is merged or paired anew as the console suggests. */
export interface RepairGroup {
  type: "RepairGroup";
  phase: string;
  grouping: string;
  group: string;
}

/** A clock for the room (scope "") or for a group. */
export interface StartTimer {
  type: "StartTimer";
  scope: string;
  ms: number;
}

export interface PauseTimer {
  type: "PauseTimer";
  scope: string;
}

export interface ResumeTimer {
  type: "ResumeTimer";
  scope: string;
}

export interface AddTime {
  type: "AddTime";
  scope: string;
  ms: number;
}

export interface StopTimer {
  type: "StopTimer";
  scope: string;
}

export interface SignalDone {
  type: "SignalDone";
  /** Left out when true. */
  done?: boolean;
}

export interface SignalNeedTime {
  type: "SignalNeedTime";
  /** Left out when true. */
  need?: boolean;
}

export interface CallHelp {
  type: "CallHelp";
  /** Left out when "help". */
  reason?: "help" | "partner_gone";
  /** Left out when false. */
  for_group?: boolean;
}

/** The caller, or the moderator who has been there, closes the call. */
export interface CancelHelp {
  type: "CancelHelp";
  person: string;
}

/** A moderator is coming; the caller and, if it was called for the group, the group see it. */
export interface AnswerHelp {
  type: "AnswerHelp";
  person: string;
}

/** A message to the room, a group or a person. */
export interface Announce {
  type: "Announce";
  text: string;
  /** Left out when "room". */
  to?: "group" | "person" | "room";
  /** Left out when "". */
  id?: string;
}

/**
 * A moderator looks into a group, or at the screen of a person wherever the steps lead them. Whoever is looked at
 * sees it; neither group nor person ends it.
 */
export interface LookInto {
  type: "LookInto";
  /** Left out when null. */
  group?: string | null;
  /** Left out when null. */
  person?: string | null;
}

/** Somebody who runs the room too is here, or expected: from now on tables can be given to them. */
export interface WelcomeStaff {
  type: "WelcomeStaff";
  staff: string;
  role: "clock" | "co_moderator" | "host" | "moderator" | "observer" | "person" | "screen";
}

/** The tables that a co-moderator looks after, in every phase, whatever group sits there; none: all of the room. */
export interface AssignTables {
  type: "AssignTables";
  staff: string;
  tables: number[];
}

/** live, open for follow-up, or closed. Reopening a closed workshop is the moderator's. */
export interface ChangeLife {
  type: "ChangeLife";
  life: "closed" | "follow_up" | "live";
}

export interface RenameWorkshop {
  type: "RenameWorkshop";
  title: string;
}

/** What everybody sees. */
export interface RoomView {
  title: string;
  life: Life;
  language: string;
  schedule: string;
  date: string;
  retention_days: number;
  kept_until_ms: number;
  phases: PhaseView[];
  at: string | null;
  /** Left out when 0. */
  step?: number;
  /** Left out when null. */
  timer?: Timer | null;
  /** Left out when []. */
  messages?: MessageView[];
}

/** One stop of the day. Its words stand in the path's texts under `spec` and `variant`. */
export interface PhaseView {
  id: string;
  spec: string;
  activity: string;
  variant: string;
  minutes: number;
  status: PhaseStatus;
  /** Left out when 0. */
  meeting?: number;
  /** Left out when true. */
  counted?: boolean;
  /** Left out when false. */
  between?: boolean;
  /** Left out when false. */
  skipped?: boolean;
  /** Left out when 0. */
  opened_ms?: number;
  /** Left out when 0. */
  spent_ms?: number;
  /** Left out when 0. */
  entered_ms?: number;
  /** Left out when []. */
  without?: string[];
}

/** A clock that the server owns. Running: it ends at `ends_ms`. Paused: `left_ms` stands still. It never ejects. */
export interface Timer {
  total_ms: number;
  /** Left out when 0. */
  ends_ms?: number;
  /** Left out when 0. */
  left_ms?: number;
}

export interface MessageView {
  text: string;
  at_ms: number;
}

/** What one person sees of themselves. `groups`: phase -> grouping -> group. */
export interface PersonView {
  me: Member;
  /** Left out when {}. */
  groups?: Record<string, Record<string, string>>;
  /** Left out when false. */
  done?: boolean;
  /** Left out when false. */
  need_time?: boolean;
  /** Left out when null. */
  help?: HelpCall | null;
  /** Left out when []. */
  messages?: MessageView[];
  /** Left out when []. */
  lookers?: Looker[];
  /** Left out when []. */
  kept?: KeptTable[];
  /** Left out when []. */
  handovers?: HandoverView[];
}

/** What the rules know of a person: never the name. */
export interface Member {
  id: string;
  school: string;
  /** Left out when []. */
  languages?: string[];
  /** Left out when "". */
  schooling?: string;
  /** Left out when false. */
  remote?: boolean;
  /** Left out when "joined". */
  state?: "expected" | "joined" | "left";
  /** Left out when false. */
  without_device?: boolean;
  /** Left out when "". */
  owner?: string;
  /** Left out when 0. */
  joined_ms?: number;
}

/** Somebody asks for the moderator. `group` is set when the whole group should see that somebody is coming. */
export interface HelpCall {
  person: string;
  at_ms: number;
  /** Left out when null. */
  group?: string | null;
  /** Left out when "help". */
  reason?: "help" | "partner_gone";
  /** Left out when null. */
  coming?: string | null;
}

/** Somebody of the staff who looks in right now. A name travels with it when they gave one. */
export interface Looker {
  staff: string;
  /** Left out when "moderator". */
  role?: "clock" | "co_moderator" | "host" | "moderator" | "observer" | "person" | "screen";
}

/** A table that ended while the phase ran, and the pages that its people may still read. */
export interface KeptTable {
  phase: string;
  table: number;
  members: string[];
  pages: string[];
}

/** A way to one's own seat from another device, for whose seat it is: who made it, and how far it has come. */
export interface HandoverView {
  id: string;
  by: "clock" | "co_moderator" | "host" | "moderator" | "observer" | "person" | "screen";
  state: "allowed" | "closed" | "offered" | "opened" | "refused";
  offered_ms: number;
  until_ms: number;
  /** Left out when 0. */
  opened_ms?: number;
}

/**
 * What a group sees of itself: who looks in right now, and why it is put together as it is.
 *
 * `beside`: they have no partner yet, and work beside the partnerships.
 */
export interface GroupView {
  id: string;
  phase: string;
  grouping: string;
  members: string[];
  table: number;
  standing: Progress;
  /** Left out when []. */
  parts?: string[];
  /** Left out when []. */
  absent?: string[];
  /** Left out when null. */
  timer?: Timer | null;
  /** Left out when []. */
  lookers?: Looker[];
  /** Left out when null. */
  shift?: Shift | null;
  /** Left out when []. */
  help?: HelpCall[];
  /** Left out when []. */
  messages?: MessageView[];
  /** Left out when "". */
  size_note?: "" | "more" | "trio";
  /** Left out when false. */
  beside?: boolean;
}

/** Where a group (or, under the key "", the whole room) stands inside a phase. */
export interface Progress {
  /** Left out when 0. */
  step?: number;
  /** Left out when 0. */
  turn?: number;
  /** Left out when 0. */
  since_ms?: number;
  /** Left out when []. */
  spent_ms?: number[];
}

/** The last change of who sits in a group: what the group is told about it. */
export interface Shift {
  why: WhyRegrouped;
  /** Left out when []. */
  came?: string[];
  /** Left out when []. */
  went?: string[];
}

/** The board: who is here, who sits where, who signals. Counts and states, never what people wrote. */
export interface ModeratorsView {
  code: string;
  people: Member[];
  groups: Record<string, Record<string, Group[]>>;
  progress: Record<string, Record<string, Progress>>;
  timers: Record<string, Timer>;
  done: string[];
  need_time: string[];
  help: HelpCall[];
  acts: Act[];
  keeping: Keeping;
  /** Left out when 0. */
  undo_until_ms?: number;
  /** Left out when []. */
  undoable?: number[];
  /** Left out when {}. */
  how?: Record<string, Record<string, Grouping>>;
  /** Left out when {}. */
  looking?: Record<string, string>;
  /** Left out when {}. */
  viewing?: Record<string, string>;
  /** Left out when {}. */
  staff?: Record<string, "clock" | "co_moderator" | "host" | "moderator" | "observer" | "person" | "screen">;
  /** Left out when {}. */
  tables?: Record<string, number[]>;
}

/**
 * One line of the log of the moderators' own acts: whom and which tables it was about.
 *
 * `number` is what was counted: minutes, a step or a turn from 1. `seq`, the number of its commit, comes on folding.
 */
export interface Act {
  at_ms: number;
  staff: string;
  what: string;
  /** Left out when null. */
  phase?: string | null;
  /** Left out when "". */
  detail?: string;
  /** Left out when []. */
  people?: string[];
  /** Left out when []. */
  tables?: number[];
  /** Left out when 0. */
  number?: number;
  /** Left out when 0. */
  seq?: number;
}

/** Whom the moderator keeps apart and together, beside the rules of each grouping. */
export interface Keeping {
  /** Left out when []. */
  apart?: [string, string][];
  /** Left out when []. */
  together?: [string, string][];
}

/** The projector: code, phase, instruction, clock, and who sits at which table while people are finding places. */
export interface ScreenView {
  code: string;
  joined: number;
  /** Left out when null. */
  at?: string | null;
  /** Left out when 0. */
  step?: number;
  /** Left out when []. */
  tables?: TableView[];
}

/** Who sits at a table: those who said that their name may stand on the projector, and how many others. */
export interface TableView {
  table: number;
  /** Left out when []. */
  members?: string[];
  /** Left out when 0. */
  others?: number;
}

/**
 * The groups as `FormGroups` would form them; send them back with it and they are exactly these.
 *
 * `how` is a form and rules instead of the path's. With `groups` nothing is formed: these are judged, as they would be
 * after a change by hand.
 */
export interface PreviewGroups {
  type: "PreviewGroups";
  phase: string;
  grouping: string;
  /** Left out when 0. */
  seed?: number;
  /** Left out when null. */
  how?: Grouping | null;
  /** Left out when []. */
  groups?: Group[];
}

/** What `MoveRoom` would do; the groups of the answer, sent with it, are those that are formed. */
export interface PreviewMove {
  type: "PreviewMove";
  phase: string;
}

/** What the groups as they sit now break, after changes by hand. */
export interface JudgeGroups {
  type: "JudgeGroups";
  phase: string;
  grouping: string;
}

/** `how` is the form and rules that these groups follow, `broken` what they could not keep of them. */
export interface GroupsPreview {
  groups: Group[];
  broken: BrokenRule[];
  people: number;
  left_out: string[];
  how: Grouping;
  costs: RuleCost[];
}

/** Who is touched, and where: `same_school` of Ana and Bor at table 3. The console finds the words. */
export interface BrokenRule {
  rule: RuleCode;
  /** Left out when []. */
  people?: string[];
  /** Left out when []. */
  groups?: string[];
}

/** At how many tables a rule is not kept by these groups, whether it was asked for or not. */
export interface RuleCost {
  rule: RuleCode;
  tables: number;
}

/** `forms` are the groups that would be formed, `skipped` the phases that the room would pass over. */
export interface MovePreview {
  people: number;
  left: string | null;
  phase: string;
  reopened: boolean;
  minutes: number;
  not_done: number;
  forms: Formed[];
  skipped: string[];
}

/** The groups of one grouping that a move would form, and what they cannot keep. */
export interface Formed {
  grouping: string;
  groups: Group[];
  broken: BrokenRule[];
}

export interface RulesPreview {
  broken: BrokenRule[];
}

/**
 * [person, state, since_ms]: for the moderators of everybody who ever gave a sign on this node, for a group of its
 * members.
 */
export interface PresenceView {
  people: [string, State, number][];
}

/** For the moderators: [page, words, changed_ms]. Never a word of it. */
export interface PagesView {
  pages: [string, number, number][];
}

/** A whole learning path: what the bundled file holds, and what a moderator may load from a file of their own. */
export interface Pack {
  pack: 1;
  id: string;
  title: string;
  language: string;
  about: string;
  phases: Record<string, Phase>;
  schedules: Record<string, Schedule>;
  /** Left out when {}. */
  vocabularies?: Record<string, Choice[]>;
  /** Left out when []. */
  agreement?: string[];
  /** Left out when {}. */
  library?: Record<string, unknown>;
  /** Left out when {}. */
  translations?: Record<string, Record<string, string>>;
}

/** One phase of the path: an activity with its words, steps, groups and settings. */
export interface Phase {
  activity: string;
  title: string;
  short: string;
  aim: string;
  card: Card;
  variants: Record<string, Variant>;
  /** Left out when {}. */
  groups?: Record<string, Grouping>;
  /** Left out when {}. */
  config?: Record<string, unknown>;
  /** Left out when " ". */
  catch_up?: string;
  /** Left out when "". */
  minimum?: string;
}

/** The moderator's card of a phase (domain: script card). */
export interface Card {
  /** Left out when []. */
  say?: string[];
  /** Left out when []. */
  do?: string[];
  /** Left out when []. */
  watch?: string[];
  /** Left out when "". */
  if_late?: string;
  /** Left out when 0. */
  minutes_won?: number;
  /** Left out when "". */
  if_odd?: string;
  /** Left out when "". */
  paper?: string;
}

/** One length of a phase: `standard`, `short` or `long`. */
export interface Variant {
  minutes: number;
  steps: Step[];
  /** Left out when 0. */
  cut?: number;
}

/** One thing to do inside a phase. `groups` names a grouping of the phase, or `room`, or `alone`. */
export interface Step {
  id: string;
  title: string;
  minutes: number;
  /** Left out when " ". */
  prompt?: string;
  /** Left out when "room". */
  groups?: string;
  /** Left out when {}. */
  turns?: Turns;
  /** Left out when []. */
  probes?: string[];
  /** Left out when false. */
  quiet?: boolean;
  /** Left out when 0. */
  silent?: number;
  /** Left out when 0. */
  cut?: number;
  /** Left out when false. */
  never_cut?: boolean;
}

/** The turns of a step by the size of the group; `each` is one turn for every member, whatever the size. */
export interface Turns {
  /** Left out when []. */
  two?: Turn[];
  /** Left out when []. */
  three?: Turn[];
  /** Left out when null. */
  each?: Turn | null;
}

/** One turn inside a step: somebody tells, reads back, asks, listens. `speaker` counts members from 0. */
export interface Turn {
  kind: string;
  minutes: number;
  /** Left out when 0. */
  speaker?: number;
  /** Left out when "". */
  prompt?: string;
}

/** The path in one of its lengths; `cut_first` and `never_cut` are words for the moderator who runs late. */
export interface Schedule {
  title: string;
  summary: string;
  meetings: Meeting[];
  /** Left out when []. */
  cut_first?: string[];
  /** Left out when []. */
  never_cut?: string[];
}

export interface Meeting {
  title: string;
  starts: string;
  stops: Stop[];
}

/** One entry of a schedule. `phase` may occur twice; then each needs an `id` of its own. */
export interface Stop {
  phase: string;
  minutes: number;
  /** Left out when "standard". */
  variant?: string;
  /** Left out when "". */
  id?: string;
  /** Left out when true. */
  counted?: boolean;
  /** Left out when false. */
  between?: boolean;
  /** Left out when false. */
  ahead?: boolean;
}

/** One entry of a vocabulary: topics, strengths, boundaries, kinds of partner. */
export interface Choice {
  id: string;
  label: string;
  /** Left out when "". */
  hint?: string;
}

export interface ProposeByHand {
  type: "ProposeByHand";
  units: string[];
}

/** A unit asks another; when the other asks too, they agree. */
export interface ProposePartner {
  type: "ProposePartner";
  unit: string;
}

/** A third joins a partnership, if all three say yes. Asked by the pair, by the third itself or by the moderator. */
export interface ProposeThird {
  type: "ProposeThird";
  partnership: string;
  unit: string;
}

export interface SayYes {
  type: "SayYes";
  proposal: string;
}

export interface SayNotYet {
  type: "SayNotYet";
  proposal: string;
}

/** Away may come back and keeps its partnership; left does not. */
export interface MarkUnit {
  type: "MarkUnit";
  unit: string;
  here: "away" | "left" | "present";
}

export interface LeavePartnership {
  type: "LeavePartnership";
  partnership: string;
}

export interface CloseConsent {
  type: "CloseConsent";
}

/** One reason, for a screen to put into words. `offer_meets_need` reads from the first unit to the second. */
export interface Fact {
  code: FactCode;
  units: string[];
  /** Left out when "". */
  tag?: string;
}

export interface Unmatched {
  unit: string;
  reason: UnmatchedReason;
}

/** How good the matching is, in figures that the moderator may show. */
export interface Quality {
  weight: number;
  mean: number;
  minimum: number;
  blocking_pairs: number;
  swaps: number;
  not_a_wish: number;
  shortfall: number;
}

/** How many of the units agree, not which. `of_round`: the next round waits for its answer. */
export interface ProposalProgress {
  units: string[];
  agreed: number;
  expires_at_ms: number;
  /** Left out when false. */
  of_round?: boolean;
}

/** What is known of two units apart from their wishes. */
export interface Relation {
  units: [string, string];
  kind: RelationKind;
}

// -- The activity arrival ---------------------------------------------------------------------------------------------

export type ArrivalCommand = TapReady | ConfirmAgreement | GiveConsent | WithdrawConsent;

export type ArrivalView = ArrivalForRoom | ArrivalForScreen | ArrivalForModerators | ArrivalForPerson;

export interface TapReady {
  type: "TapReady";
  /** Left out when true. */
  ready?: boolean;
}

/** Learning may leave, names and stories stay: said again, here, together. */
export interface ConfirmAgreement {
  type: "ConfirmAgreement";
}

export interface GiveConsent {
  type: "GiveConsent";
  to: Consent;
}

/** A no, or a yes taken back: at any time. */
export interface WithdrawConsent {
  type: "WithdrawConsent";
  to: Consent;
}

/** `here` counts those who have joined, `ready` those of them who tapped. */
export interface ArrivalForRoom {
  ready: number;
  here: number;
  /** Left out when "". */
  aim_question?: string;
}

/** `names` are those who are ready and said that their name may be shown. */
export interface ArrivalForScreen {
  ready: number;
  here: number;
  /** Left out when []. */
  names?: string[];
}

export interface ArrivalForModerators {
  ready: string[];
  waiting: string[];
  agreed: string[];
}

/** `name_on_screen` and `quoting` are None until answered. */
export interface ArrivalForPerson {
  aim: string;
  /** Left out when false. */
  ready?: boolean;
  /** Left out when false. */
  agreed?: boolean;
  /** Left out when null. */
  name_on_screen?: boolean | null;
  /** Left out when null. */
  quoting?: boolean | null;
}

// -- The activity interview -------------------------------------------------------------------------------------------

export type InterviewCommand = KeepNotes | DiscardNotes | ApproveCard | WithdrawCard | PickForWall;

export type InterviewView =
  InterviewForPerson | InterviewForPair | InterviewForFour | InterviewForRoom | InterviewForModerators;

/** The storyteller wants the interviewer's key words; else they go when the phase ends. */
export interface KeepNotes {
  type: "KeepNotes";
}

/** The storyteller no longer wants them: at any time. */
export interface DiscardNotes {
  type: "DiscardNotes";
}

/**
 * The storyteller: this is what may leave our pair. Approving again replaces what was approved before.
 *
 * `tags` go with the strengths and `kinds` with the conditions, by the order of the written lines; "" is none.
 */
export interface ApproveCard {
  type: "ApproveCard";
  page: string;
  /** Left out when []. */
  tags?: string[];
  /** Left out when []. */
  kinds?: string[];
  /** Left out when "group". */
  strengths?: Level;
  /** Left out when "group". */
  conditions?: Level;
  /** Left out when false. */
  quote?: boolean;
}

/** Nothing of it is to be seen any more, on any screen: at any time. */
export interface WithdrawCard {
  type: "WithdrawCard";
}

/** The foursome's choice for the room, as excerpts of its members' cards: `frozen#strengths#2`. */
export interface PickForWall {
  type: "PickForWall";
  group: string;
  /** Left out when []. */
  strengths?: string[];
  /** Left out when []. */
  conditions?: string[];
}

/** `card` and `notes` are the pages about me, named as soon as I may open them. */
export interface InterviewForPerson {
  /** Left out when null. */
  role?: "interviewer" | "storyteller" | "witness" | null;
  /** Left out when []. */
  about?: Storyteller[];
  /** Left out when null. */
  card?: string | null;
  /** Left out when null. */
  notes?: string | null;
  /** Left out when false. */
  notes_kept?: boolean;
  /** Left out when null. */
  approved?: OwnCard | null;
  /** Left out when false. */
  alone?: boolean;
}

/** Somebody about whom the person writes, and the two pages to write on. */
export interface Storyteller {
  person: string;
  notes: string;
  card: string;
  /** Left out when false. */
  without_device?: boolean;
}

/** What I approved, and how far it goes. */
export interface OwnCard {
  text: string;
  /** Left out when []. */
  tags?: string[];
  /** Left out when []. */
  kinds?: string[];
  /** Left out when "group". */
  strengths?: Level;
  /** Left out when "group". */
  conditions?: Level;
  /** Left out when false. */
  quote?: boolean;
}

/** Who has which role in the turn that runs, and whose cards are approved. */
export interface InterviewForPair {
  view: "pair";
  members: string[];
  /** Left out when null. */
  storyteller?: string | null;
  /** Left out when null. */
  interviewer?: string | null;
  /** Left out when []. */
  witnesses?: string[];
  /** Left out when []. */
  approved?: string[];
}

/** `teller` tells the story of `story_of`; then the group picks. */
export interface InterviewForFour {
  view: "four";
  members: string[];
  /** Left out when null. */
  teller?: string | null;
  /** Left out when null. */
  story_of?: string | null;
  /** Left out when []. */
  cards?: SharedCard[];
  /** Left out when []. */
  picked_strengths?: string[];
  /** Left out when []. */
  picked_conditions?: string[];
}

/** A card as the foursome sees it. Lines that may be picked for the wall are in `for_room`. */
export interface SharedCard {
  person: string;
  headline: string;
  strengths: Line[];
  /** Left out when []. */
  conditions?: Line[];
  /** Left out when null. */
  quote?: string | null;
  /** Left out when []. */
  for_room?: string[];
}

/** One line of an approved card: `text` names the excerpt, `label` is its tag or kind. */
export interface Line {
  text: string;
  /** Left out when "". */
  label?: string;
}

/** The room and the projector: the guide, how many cards are approved, and the wall. */
export interface InterviewForRoom {
  /** Left out when []. */
  questions?: InterviewQuestion[];
  /** Left out when []. */
  probes?: string[];
  /** Left out when 0. */
  approved?: number;
  /** Left out when {}. */
  wall?: Wall;
}

/** One question of the guide. All may be skipped. */
export interface InterviewQuestion {
  id: string;
  title: string;
  text: string;
}

/**
 * Ordered by the random names of the texts, so that the order tells neither whose a line is nor when it came.
 *
 * `kinds` counts the people whose shared conditions are of a kind; it is empty below five contributors.
 */
export interface Wall {
  /** Left out when []. */
  strengths?: Line[];
  /** Left out when []. */
  conditions?: Line[];
  /** Left out when []. */
  quotes?: string[];
  /** Left out when {}. */
  kinds?: Record<string, number>;
}

export interface InterviewForModerators {
  /** Left out when []. */
  pairs?: PairRow[];
  /** Left out when []. */
  fours?: FourRow[];
  /** Left out when 0. */
  approved?: number;
  /** Left out when 0. */
  shared_strengths?: number;
}

/** State only. `turn` is the kind of the turn that runs; `storyteller` counts members from 1, 0 is nobody. */
export interface PairRow {
  group: string;
  members: number;
  /** Left out when "". */
  turn?: string;
  /** Left out when 0. */
  storyteller?: number;
  /** Left out when 0. */
  approved?: number;
  /** Left out when false. */
  imbalanced?: boolean;
}

export interface FourRow {
  group: string;
  members: number;
  /** Left out when 0. */
  approved?: number;
  /** Left out when 0. */
  picked?: number;
}

// -- The activity network_dimensions ----------------------------------------------------------------------------------

export type NetworkDimensionsCommand =
  SetAnswer | FinishAnswers | RevealAnyway | NameGoal | SetJoint | ConfirmRules | SetActual;

export type NetworkDimensionsView =
  DimensionsForPerson | DimensionsForPartners | DimensionsForRoom | DimensionsForModerators;

/** Where I would like it, and whether it matters to me. Mine alone until the profiles are revealed. */
export interface SetAnswer {
  type: "SetAnswer";
  indicator: string;
  wanted: number;
  /** Left out when false. */
  star?: boolean;
}

/** My partners may see my profile once theirs are finished too. */
export interface FinishAnswers {
  type: "FinishAnswers";
}

/**
 * A member who has finished, or a moderator: we go on without whoever has not finished.
 *
 * Only finished profiles show; the others stay private until they are finished.
 */
export interface RevealAnyway {
  type: "RevealAnyway";
  group: string;
}

/** What kind of goal it is, whether the topic is delicate, and whether all are busy: for the hints. */
export interface NameGoal {
  type: "NameGoal";
  group: string;
  goal: Goal;
  /** Left out when false. */
  delicate?: boolean;
  /** Left out when false. */
  busy?: boolean;
}

/** Where we want it together; None takes it back. The reason stands on the group's page. */
export interface SetJoint {
  type: "SetJoint";
  group: string;
  indicator: string;
  /** Left out when null. */
  value?: number | null;
}

/** These rules, reasons and joint positions, as they stand. What is changed afterwards is confirmed again. */
export interface ConfirmRules {
  type: "ConfirmRules";
  page: string;
}

/** How it has become, weeks later. My partners see it once all of us have answered everything. */
export interface SetActual {
  type: "SetActual";
  indicator: string;
  value: number;
}

/** My answers by indicator. `alone`: nobody else is in my partnership, and my own profile is all there is. */
export interface DimensionsForPerson {
  notes: string;
  /** Left out when {}. */
  answers?: Record<string, NetworkDimensionsAnswer>;
  /** Left out when 0. */
  stars_left?: number;
  /** Left out when false. */
  finished?: boolean;
  /** Left out when false. */
  revealed?: boolean;
  /** Left out when false. */
  alone?: boolean;
  /** Left out when {}. */
  actual?: Record<string, number>;
}

export interface NetworkDimensionsAnswer {
  wanted: number;
  /** Left out when false. */
  star?: boolean;
}

/**
 * `waiting` have not finished; `profiles` are those that are revealed.
 *
 * `hints` are codes of questions. `confirmed` have confirmed what `agreed` shows, `settled` is when all have.
 */
export interface DimensionsForPartners {
  members: string[];
  page: string;
  /** Left out when []. */
  waiting?: string[];
  /** Left out when false. */
  revealed?: boolean;
  /** Left out when []. */
  profiles?: SeenProfile[];
  /** Left out when []. */
  talk_points?: TalkPoint[];
  /** Left out when null. */
  goal?: Goal | null;
  /** Left out when false. */
  delicate?: boolean;
  /** Left out when false. */
  busy?: boolean;
  /** Left out when []. */
  hints?: string[];
  /** Left out when {}. */
  joint?: Record<string, number>;
  /** Left out when null. */
  agreed?: string | null;
  /** Left out when []. */
  confirmed?: string[];
  /** Left out when false. */
  settled?: boolean;
  /** Left out when []. */
  actual?: SeenActual[];
}

export interface SeenProfile {
  person: string;
  wanted: Record<string, number>;
  /** Left out when []. */
  stars?: string[];
}

/** Something to talk about: how far apart the two outermost are, and how many gave it a star. */
export interface TalkPoint {
  indicator: string;
  /** Left out when 0. */
  difference?: number;
  /** Left out when 0. */
  stars?: number;
}

export interface SeenActual {
  person: string;
  values: Record<string, number>;
}

/** The room and the projector. `spread` is of `people`, and empty below five of them. */
export interface DimensionsForRoom {
  /** Left out when []. */
  indicators?: Indicator[];
  /** Left out when []. */
  fit_hints?: FitHint[];
  /** Left out when 3. */
  stars?: number;
  /** Left out when 3. */
  rules_min?: number;
  /** Left out when 5. */
  rules_max?: number;
  /** Left out when 0. */
  people?: number;
  /** Left out when []. */
  spread?: Spread[];
}

/** One line of the profile, with the words of its two poles (Vrieling, Van den Beemt and De Laat, 2016). */
export interface Indicator {
  id: string;
  label: string;
  low: string;
  high: string;
  /** Left out when "practice". */
  dimension?: string;
}

/** A question for a profile that may not fit its goal; `id` is one of the codes in `hints`. */
export interface FitHint {
  id: string;
  text: string;
}

/** How many people want each place of a line, from −2 to +2. */
export interface Spread {
  indicator: string;
  counts: number[];
}

/** `unpartnered` counts those who are in no partnership. */
export interface DimensionsForModerators {
  /** Left out when []. */
  partners?: PartnersRow[];
  /** Left out when 0. */
  finished?: number;
  /** Left out when 0. */
  unpartnered?: number;
}

/**
 * State only: `wide` counts the wide gaps and does not say where, `rules` those in the copy being confirmed.
 *
 * `beside`: they have no partner yet, and work beside the partnerships.
 */
export interface PartnersRow {
  group: string;
  members: number;
  /** Left out when 0. */
  finished?: number;
  /** Left out when false. */
  revealed?: boolean;
  /** Left out when 0. */
  wide?: number;
  /** Left out when 0. */
  joint?: number;
  /** Left out when 0. */
  reasons?: number;
  /** Left out when 0. */
  rules?: number;
  /** Left out when 0. */
  confirmed?: number;
  /** Left out when false. */
  settled?: boolean;
  /** Left out when false. */
  beside?: boolean;
}

// -- The activity partnering ------------------------------------------------------------------------------------------

export type PartneringCommand =
  | SetWishes
  | SetVeto
  | ChooseUnits
  | SetRelation
  | LeaveWishes
  | MatchByProxy
  | ProposeMatching
  | ArrangeProposal
  | ShowProposals
  | FindPlace
  | ConfirmPact
  | ReopenPact
  | ShowOnMap
  | HideFromMap
  | ProposeByHand
  | ProposePartner
  | ProposeThird
  | SayYes
  | SayNotYet
  | MarkUnit
  | LeavePartnership
  | CloseConsent;

export type PartneringView =
  PartneringForPerson | PartneringForGroup | PartneringForRoom | PartneringForScreen | PartneringForModerators;

/** How gladly a person would work with others, 0 to 3; None takes a wish back. What is not named stays as it was. */
export interface SetWishes {
  type: "SetWishes";
  wants: Record<string, Wish | null>;
}

/** Not with this one, without a reason; or again with it. */
export interface SetVeto {
  type: "SetVeto";
  unit: string;
  /** Left out when true. */
  on?: boolean;
}

/** A moderator: whether a school's team or each person forms a partnership. Before the first proposal. */
export interface ChooseUnits {
  type: "ChooseUnits";
  kind: UnitKind;
}

/** A moderator: what stands between two units (`conflict` keeps them apart); or that it does not any more. */
export interface SetRelation {
  type: "SetRelation";
  units: [string, string];
  kind: RelationKind;
  /** Left out when true. */
  on?: boolean;
}

/** I cannot be there when partners are chosen: match my unit by the wishes that I leave; or I can, after all. */
export interface LeaveWishes {
  type: "LeaveWishes";
  /** Left out when true. */
  on?: boolean;
}

/** A moderator: this unit is absent, and takes part by the wishes that it set beforehand. */
export interface MatchByProxy {
  type: "MatchByProxy";
  unit: string;
  /** Left out when true. */
  on?: boolean;
}

/** A moderator: a draft for everybody who is here and has no partner. Again: another draft. */
export interface ProposeMatching {
  type: "ProposeMatching";
}

/** A moderator changes the draft by hand, before anybody sees it. */
export interface ArrangeProposal {
  type: "ArrangeProposal";
  groups: string[][];
}

/** A moderator: everybody sees their own proposal, and may answer. */
export interface ShowProposals {
  type: "ShowProposals";
}

/** Somebody late, or whose partner left: the best free unit, or the best pair as a third, is proposed. */
export interface FindPlace {
  type: "FindPlace";
  unit: string;
}

/** One side: this is our issue, this is alike and this is different. Frozen when every side confirms the same. */
export interface ConfirmPact {
  type: "ConfirmPact";
  page: string;
}

/** A member: we want to write on; every side confirms anew. */
export interface ReopenPact {
  type: "ReopenPact";
  partnership: string;
}

/** My name may stand on the room's map of partnerships; it is shown once every side said so. */
export interface ShowOnMap {
  type: "ShowOnMap";
}

/** At any time. */
export interface HideFromMap {
  type: "HideFromMap";
}

/**
 * `choices` as long as there is something to choose. `reason`: why there is no proposal, in words of our own.
 *
 * `searched`: a place was looked for, and none found. `ahead`: it has not begun, and wishes may be left for it;
 * `by_proxy`: my unit is matched by the wishes that it left.
 */
export interface PartneringForPerson {
  unit: string;
  team: string[];
  stage: Stage;
  /** Left out when null. */
  reason?: Reason | null;
  /** Left out when 0. */
  round?: number;
  /** Left out when []. */
  choices?: PartneringChoice[];
  /** Left out when {}. */
  wishes?: Record<string, Wish>;
  /** Left out when []. */
  vetoes?: string[];
  /** Left out when 0. */
  vetoes_left?: number;
  /** Left out when []. */
  proposals?: ProposalCard[];
  /** Left out when null. */
  partnership?: OwnPartnership | null;
  /** Left out when false. */
  on_map?: boolean;
  /** Left out when false. */
  closed?: boolean;
  /** Left out when false. */
  searched?: boolean;
  /** Left out when false. */
  ahead?: boolean;
  /** Left out when false. */
  by_proxy?: boolean;
  /** Left out when []. */
  former?: FormerPact[];
}

/** Somebody to wish for. `close`: what I said of a vignette that carries their name. */
export interface PartneringChoice {
  unit: string;
  people: string[];
  /** Left out when null. */
  close?: number | null;
}

/**
 * A proposal to me and others. `answered` is our own yes; whether the others have answered is not shown.
 *
 * `absent`: who of the others is not here and answers from elsewhere, which may take days.
 */
export interface ProposalCard {
  proposal: string;
  units: string[];
  people: string[];
  expires_at_ms: number;
  total_ms: number;
  /** Left out when false. */
  answered?: boolean;
  /** Left out when false. */
  third?: boolean;
  /** Left out when 0. */
  table?: number;
  /** Left out when []. */
  facts?: Fact[];
  /** Left out when []. */
  absent?: string[];
}

/**
 * `space`: the page of its members, written in every later phase. A view that a device kept from before there were
 * spaces names none.
 */
export interface OwnPartnership {
  partnership: string;
  group: string;
  units: string[];
  people: string[];
  pact: PactState;
  confirmed_ms: number;
  /** Left out when 0. */
  table?: number;
  /** Left out when []. */
  facts?: Fact[];
  /** Left out when null. */
  space?: string | null;
}

/** `said`: how many sides have confirmed; `ours`: mine has. `text` is what all confirmed. */
export interface PactState {
  page: string;
  sides: number;
  /** Left out when 0. */
  said?: number;
  /** Left out when false. */
  ours?: boolean;
  /** Left out when false. */
  agreed?: boolean;
  /** Left out when null. */
  text?: string | null;
}

/** What was written in a partnership that has ended, and with whom. `space`: see `OwnPartnership`. */
export interface FormerPact {
  page: string;
  people: string[];
  /** Left out when null. */
  space?: string | null;
}

/** The partnership among itself. */
export interface PartneringForGroup {
  partnership: OwnPartnership;
}

/** `partnered` counts people, and is there from five on. */
export interface PartneringForRoom {
  at: At;
  /** Left out when 0. */
  round?: number;
  /** Left out when 0. */
  partnered?: number;
  /** Left out when []. */
  map?: MapEntry[];
}

/** `sides`: the names that each side shows. `issue` is the title of what both confirmed. */
export interface MapEntry {
  group: string;
  sides: string[][];
  /** Left out when null. */
  issue?: string | null;
}

/** The same, in large. */
export interface PartneringForScreen {
  at: At;
  /** Left out when 0. */
  round?: number;
  /** Left out when 0. */
  partnered?: number;
  /** Left out when []. */
  map?: MapEntry[];
}

/**
 * `strengths` row n holds a shade 0 to 2 for each unit of `matrix` before the nth, as drawn with the last draft.
 *
 * `without_partner` are those present who have none. `over`: the room has moved on. `checks`: whether each round was
 * the same when it was computed again before it was shown.
 */
export interface PartneringForModerators {
  kind: UnitKind;
  units: UnitRow[];
  /** Left out when 0. */
  round?: number;
  /** Left out when 0. */
  rounds_left?: number;
  /** Left out when []. */
  without_partner?: string[];
  /** Left out when null. */
  draft?: DraftView | null;
  /** Left out when null. */
  quality?: Quality | null;
  /** Left out when []. */
  matrix?: string[];
  /** Left out when []. */
  strengths?: string[];
  /** Left out when []. */
  open?: ProposalProgress[];
  /** Left out when []. */
  partnerships?: PartnershipRow[];
  /** Left out when []. */
  relations?: Relation[];
  /** Left out when false. */
  closed?: boolean;
  /** Left out when false. */
  over?: boolean;
  /** Left out when []. */
  checks?: Check[];
}

/** `wished`: how many of the people have set wishes; which, and what, is theirs. */
export interface UnitRow {
  unit: string;
  people: string[];
  /** Left out when "waiting". */
  stage?: Stage;
  /** Left out when 0. */
  wished?: number;
  /** Left out when null. */
  missed?: UnmatchedReason | null;
  /** Left out when false. */
  lost_partner?: boolean;
  /** Left out when false. */
  by_proxy?: boolean;
}

export interface DraftView {
  groups: DraftRow[];
  /** Left out when []. */
  unmatched?: Unmatched[];
  /** Left out when false. */
  by_hand?: boolean;
}

export interface DraftRow {
  units: string[];
  /** Left out when false. */
  remote?: boolean;
}

/** State only: how many sides have confirmed their text, and whether it is the same. */
export interface PartnershipRow {
  partnership: string;
  group: string;
  units: string[];
  /** Left out when 0. */
  sides_said?: number;
  /** Left out when false. */
  agreed?: boolean;
  /** Left out when false. */
  on_map?: boolean;
}

/** Whether a round was the same when it was computed again. */
export interface Check {
  round: number;
  /** Left out when false. */
  holds?: boolean;
}

// -- The activity similarity ------------------------------------------------------------------------------------------

export type SimilarityCommand =
  | AskForVignettes
  | RateCloseness
  | PlaceCard
  | CastVotes
  | RevealVotes
  | ShareBoard
  | WithdrawBoard
  | ShareOffers
  | WithdrawOffers;

export type SimilarityView = SimilarityForPerson | SimilarityForGroup | SimilarityForRoom | SimilarityForModerators;

/** A person wants to read: a first handful, later one more. From a moderator: everybody here gets theirs. */
export interface AskForVignettes {
  type: "AskForVignettes";
}

/** How a vignette sits with its reader. Rating again replaces the answer. */
export interface RateCloseness {
  type: "RateCloseness";
  vignette: string;
  closeness: number;
  /** Left out when null. */
  recognise?: number | null;
  /** Left out when null. */
  challenge?: number | null;
}

/** Moves a card of the board from where it was seen (`left`) into a cluster; None is beside all clusters. */
export interface PlaceCard {
  type: "PlaceCard";
  group: string;
  card: string;
  /** Left out when null. */
  cluster?: number | null;
  /** Left out when null. */
  left?: number | null;
}

/** All dots of one person, by cluster from the first. Voting again replaces every dot that was there. */
export interface CastVotes {
  type: "CastVotes";
  group: string;
  votes: number[];
}

/** A member for the group, or a moderator: show the sums, and let nobody vote any more. */
export interface RevealVotes {
  type: "RevealVotes";
  group: string;
}

/** Lets the room see the names of the clusters; the differences stay in the group. Again replaces the copy. */
export interface ShareBoard {
  type: "ShareBoard";
  page: string;
}

/** At any time. */
export interface WithdrawBoard {
  type: "WithdrawBoard";
  group: string;
}

/** What I could give and would want: the lines of my page, and tags of the vocabulary that can meet. */
export interface ShareOffers {
  type: "ShareOffers";
  page: string;
  /** Left out when []. */
  gives?: string[];
  /** Left out when []. */
  wants?: string[];
}

/** At any time. */
export interface WithdrawOffers {
  type: "WithdrawOffers";
}

/**
 * `more` is how many vignettes I may still ask for; `suggested` are tags of my own strengths.
 *
 * `votes` are None until I voted in the group where I sit.
 */
export interface SimilarityForPerson {
  /** Left out when []. */
  vignettes?: Served[];
  /** Left out when 0. */
  more?: number;
  /** Left out when null. */
  own?: OwnVignette | null;
  /** Left out when null. */
  offers?: string | null;
  /** Left out when []. */
  suggested?: string[];
  /** Left out when null. */
  shared?: OwnOffers | null;
  /** Left out when null. */
  votes?: number[] | null;
}

/** A vignette to read, and what I tapped. `author` only of those who share under their name. */
export interface Served {
  vignette: string;
  text: string;
  /** Left out when "". */
  language?: string;
  /** Left out when []. */
  topics?: string[];
  /** Left out when null. */
  author?: string | null;
  /** Left out when null. */
  rated?: Reading | null;
}

/** What a reader tapped. */
export interface Reading {
  closeness: number;
  /** Left out when null. */
  recognise?: number | null;
  /** Left out when null. */
  challenge?: number | null;
}

/** How many read mine. `close` is None before the reveal and below five readers. */
export interface OwnVignette {
  vignette: string;
  text: string;
  /** Left out when 0. */
  readers?: number;
  /** Left out when null. */
  close?: number | null;
}

export interface OwnOffers {
  text: string;
  /** Left out when []. */
  gives?: string[];
  /** Left out when []. */
  wants?: string[];
}

/**
 * The board. `speaker` names their issue while the others are silent; until `silent_until_ms` nobody talks.
 *
 * `totals` are the dots by cluster, empty until they are revealed; those of who is `waiting` are not in them.
 */
export interface SimilarityForGroup {
  members: string[];
  board: string;
  clusters: number;
  votes_each: number;
  /** Left out when []. */
  cards?: SimilarityCard[];
  /** Left out when null. */
  speaker?: string | null;
  /** Left out when null. */
  next?: string | null;
  /** Left out when 0. */
  silent_until_ms?: number;
  /** Left out when 0. */
  voted?: number;
  /** Left out when 0. */
  waiting?: number;
  /** Left out when []. */
  totals?: number[];
  /** Left out when null. */
  shared?: string | null;
  /** Left out when []. */
  offers?: MemberOffers[];
}

/**
 * One issue on the board: a vignette with its `text`, or, of who let none be read, only the `person`.
 *
 * The author of a vignette is named only where they share under their name. `cluster` is None beside all clusters.
 */
export interface SimilarityCard {
  id: string;
  /** Left out when null. */
  text?: string | null;
  /** Left out when null. */
  person?: string | null;
  /** Left out when null. */
  cluster?: number | null;
}

/** The lines and the tags of one member. */
export interface MemberOffers {
  person: string;
  /** Left out when []. */
  offers?: string[];
  /** Left out when []. */
  needs?: string[];
  /** Left out when []. */
  gives?: string[];
  /** Left out when []. */
  wants?: string[];
}

/**
 * The room and the projector. `names` are those of shared clusters, in no telling order.
 *
 * `tags` is empty while fewer than five people have shared what they give and want.
 */
export interface SimilarityForRoom {
  /** Left out when 0. */
  vignettes?: number;
  /** Left out when 0. */
  well_read?: number;
  /** Left out when []. */
  names?: string[];
  /** Left out when []. */
  tags?: Tally[];
}

/** How many could give, and how many want, what has this tag. */
export interface Tally {
  tag: string;
  /** Left out when 0. */
  gives?: number;
  /** Left out when 0. */
  wants?: number;
}

/** `enough_read` counts the people who have read three, `waiting` those who were given nothing yet. */
export interface SimilarityForModerators {
  /** Left out when []. */
  vignettes?: VignetteRow[];
  /** Left out when 0. */
  here?: number;
  /** Left out when 0. */
  waiting?: number;
  /** Left out when 0. */
  enough_read?: number;
  /** Left out when []. */
  groups?: GroupRow[];
}

/** `readers` have tapped, `outside` of them are from other schools. */
export interface VignetteRow {
  title: string;
  /** Left out when 0. */
  readers?: number;
  /** Left out when 0. */
  outside?: number;
}

/** Counts only; `waiting` have not voted, and `names` are there once the group has shared them. */
export interface GroupRow {
  group: string;
  members: number;
  /** Left out when 0. */
  cards?: number;
  /** Left out when 0. */
  placed?: number;
  /** Left out when 0. */
  clusters?: number;
  /** Left out when 0. */
  voted?: number;
  /** Left out when 0. */
  waiting?: number;
  /** Left out when false. */
  revealed?: boolean;
  /** Left out when false. */
  shared?: boolean;
  /** Left out when 0. */
  differences?: number;
  /** Left out when 0. */
  offers?: number;
  /** Left out when []. */
  names?: string[];
}

// -- The activity talk ------------------------------------------------------------------------------------------------

export type TalkCommand = SaySpoken;

export type TalkView = TalkForRoom | TalkForGroup | TalkForPerson | TalkForModerators;

/** I have spoken in this step; or, with `spoken` false, I have not after all. */
export interface SaySpoken {
  type: "SaySpoken";
  /** Left out when true. */
  spoken?: boolean;
}

/** The room and the projector. `spoken` counts those who have spoken in the step where the room stands. */
export interface TalkForRoom {
  kind: string;
  /** Left out when []. */
  prompts?: string[];
  /** Left out when []. */
  questions?: string[];
  /** Left out when 0. */
  spoken?: number;
  /** Left out when 0. */
  here?: number;
}

/**
 * `speaker` and `next` are None in a step without turns, and after the last turn. `board` is the group's page,
 * `earlier` those of the tables that were put together into this one.
 */
export interface TalkForGroup {
  members: string[];
  /** Left out when null. */
  speaker?: string | null;
  /** Left out when null. */
  next?: string | null;
  /** Left out when []. */
  spoken?: string[];
  /** Left out when null. */
  board?: string | null;
  /** Left out when []. */
  earlier?: string[];
}

export interface TalkForPerson {
  /** Left out when false. */
  spoken?: boolean;
  /** Left out when null. */
  note?: string | null;
}

/** Counts of those who have spoken, by group; "" stands for the whole room. */
export interface TalkForModerators {
  kind: string;
  spoken: Record<string, number>;
}

// -- The activity vignette_writing ------------------------------------------------------------------------------------

export type VignetteWritingCommand =
  | ChooseSituation
  | TickCheck
  | InviteCoWriter
  | UninviteCoWriter
  | AskModerator
  | CloseToModerator
  | AppointTypist
  | MarkReady
  | ShareVignette
  | WithdrawVignette
  | AllowLaterUse
  | AskReader
  | AssignReaders
  | RateReading;

export type VignetteWritingView =
  WritingForPerson | WritingForGroup | WritingForRoom | WritingForScreen | WritingForModerators;

/** Replaces what was chosen before. */
export interface ChooseSituation {
  type: "ChooseSituation";
  chosen: Chosen;
}

/** What the author says about the vignette beside its text. Every word is an entry of a vocabulary. */
export interface Chosen {
  /** Left out when []. */
  topics?: string[];
  /** Left out when []. */
  boundary?: string[];
  /** Left out when "". */
  whose_issue?: string;
  /** Left out when "". */
  schooling?: string;
  /** Left out when "". */
  language?: string;
  /** Left out when null. */
  own_recognise?: number | null;
  /** Left out when null. */
  own_challenge?: number | null;
}

export interface TickCheck {
  type: "TickCheck";
  check: string;
  /** Left out when true. */
  ticked?: boolean;
}

/** Only the author invites. A co-writer edits the text, and neither shares nor invites. */
export interface InviteCoWriter {
  type: "InviteCoWriter";
  person: string;
}

/** At any time. */
export interface UninviteCoWriter {
  type: "UninviteCoWriter";
  person: string;
}

/** Opens this one text to the moderators, until it is closed again. Everybody who writes on it sees that. */
export interface AskModerator {
  type: "AskModerator";
}

/** At any time. */
export interface CloseToModerator {
  type: "CloseToModerator";
}

/** `typist` (a person) writes down what `person` tells; "" ends it. Asked by the person or a moderator. */
export interface AppointTypist {
  type: "AppointTypist";
  person: string;
  /** Left out when "". */
  typist?: string;
}

/** Hands a copy of the text to a reader from another school. Again after revising: the reader gets the new one. */
export interface MarkReady {
  type: "MarkReady";
  page: string;
  /** Left out when []. */
  confirmed?: string[];
}

/** Lets a copy of the text be seen by these and nobody else. Sharing again replaces what was to be seen before. */
export interface ShareVignette {
  type: "ShareVignette";
  page: string;
  level: ShareLevel;
  /** Left out when []. */
  confirmed?: string[];
}

/** No copy is to be seen any more, on any screen, also not by readers: at any time. */
export interface WithdrawVignette {
  type: "WithdrawVignette";
}

/** Whether the vignette may be asked for again after the event. No, unless said; may be changed at any time. */
export interface AllowLaterUse {
  type: "AllowLaterUse";
  allowed: boolean;
}

/** One more reader for my vignette. */
export interface AskReader {
  type: "AskReader";
}

/** The moderator: every ready vignette gets readers until it has `each` of them. */
export interface AssignReaders {
  type: "AssignReaders";
  /** Left out when 1. */
  each?: number;
}

/** What the reader answers; `page` is the reader's comment page. Rating again replaces the answer. */
export interface RateReading {
  type: "RateReading";
  page: string;
  recognise: number;
  challenge: number;
  pulls_clear: boolean;
  could_identify: Guess;
}

/** My own desk. `missing` is what keeps the vignette from the room, `levels` to whom I could show it now. */
export interface WritingForPerson {
  page: string;
  stake: string;
  /** Left out when "draft". */
  state?: DeskState;
  /** Left out when 0. */
  version?: number;
  /** Left out when {}. */
  chosen?: Chosen;
  /** Left out when []. */
  checks?: string[];
  /** Left out when []. */
  missing?: string[];
  /** Left out when []. */
  levels?: ShareLevel[];
  /** Left out when 0. */
  ready?: number;
  /** Left out when null. */
  ready_text?: string | null;
  /** Left out when null. */
  shared?: OwnShare | null;
  /** Left out when false. */
  later_use?: boolean;
  /** Left out when []. */
  co_writers?: string[];
  /** Left out when "". */
  typist?: string;
  /** Left out when false. */
  open_to_moderator?: boolean;
  /** Left out when false. */
  small_room?: boolean;
  /** Left out when 0. */
  readers?: number;
  /** Left out when []. */
  read_at_table?: string[];
  /** Left out when false. */
  more_readers?: boolean;
  /** Left out when []. */
  remarks?: Remark[];
  /** Left out when null. */
  represents?: boolean | null;
  /** Left out when []. */
  to_read?: ToRead[];
  /** Left out when []. */
  writes_on?: Shared[];
  /** Left out when []. */
  priorities?: Priority[];
  /** Left out when []. */
  link_notes?: string[];
}

/** What is out. `interrupted`: somebody new sits here, so nobody here sees it until the author shares again. */
export interface OwnShare {
  text: string;
  level: ShareLevel;
  version: number;
  /** Left out when false. */
  interrupted?: boolean;
}

/** What one reader answered, without who. `text` holds the fields `comment` and `judging_word`. */
export interface Remark {
  version: number;
  recognise: number;
  challenge: number;
  pulls_clear: boolean;
  could_identify: Guess;
  /** Left out when null. */
  text?: string | null;
  /** Left out when false. */
  at_table?: boolean;
}

/**
 * A vignette that I was given. No `text`: its author took it back, or the phase is over.
 *
 * It does not say whose it is, but to somebody who swaps with the author: `table` are those of whom one wrote it.
 */
export interface ToRead {
  page: string;
  /** Left out when null. */
  text?: string | null;
  /** Left out when 0. */
  version?: number;
  /** Left out when null. */
  answered?: Remark | null;
  /** Left out when []. */
  table?: string[];
}

/** A vignette on which I write with its author, or which I type for somebody. */
export interface Shared {
  author: string;
  page: string;
  /** Left out when false. */
  typing?: boolean;
  /** Left out when false. */
  open_to_moderator?: boolean;
}

export interface Priority {
  segment: string;
  /** Left out when null. */
  first_sign?: string | null;
}

/** A pair or a group: who is in it, and what its members let it see. */
export interface WritingForGroup {
  members: string[];
  /** Left out when []. */
  cards?: VignetteWritingCard[];
}

/** A shared vignette. Without an `author` it is nameless, and only what many others share stands beside it. */
export interface VignetteWritingCard {
  text: string;
  /** Left out when null. */
  author?: string | null;
  /** Left out when []. */
  topics?: string[];
  /** Left out when []. */
  boundary?: string[];
  /** Left out when "". */
  whose_issue?: string;
  /** Left out when "". */
  schooling?: string;
  /** Left out when "". */
  language?: string;
}

/** The wall, and how many texts are ready or shared. */
export interface WritingForRoom {
  /** Left out when []. */
  checks?: string[];
  /** Left out when {}. */
  limits?: Limits;
  /** Left out when 0. */
  written?: number;
  /** Left out when []. */
  wall?: VignetteWritingCard[];
}

/** Characters are Unicode NFC, trimmed. Word counts are advice and never refuse anything. */
export interface Limits {
  /** Left out when 80. */
  title?: number;
  /** Left out when 2400. */
  situation?: number;
  /** Left out when 1600. */
  situation_soft?: number;
  /** Left out when 70. */
  situation_words_min?: number;
  /** Left out when 130. */
  situation_words_max?: number;
  /** Left out when 600. */
  stuck?: number;
  /** Left out when 20. */
  stuck_words_min?: number;
  /** Left out when 50. */
  stuck_words_max?: number;
  /** Left out when 160. */
  pull_a?: number;
  /** Left out when 160. */
  pull_b?: number;
  /** Left out when 160. */
  question?: number;
  /** Left out when 280. */
  my_stake?: number;
  /** Left out when 280. */
  comment?: number;
  /** Left out when 40. */
  judging_word?: number;
  /** Left out when 6. */
  roles?: number;
  /** Left out when 40. */
  role?: number;
  /** Left out when 3. */
  topics?: number;
  /** Left out when 40. */
  topic?: number;
  /** Left out when 120. */
  words_min?: number;
  /** Left out when 220. */
  words_max?: number;
  /** Left out when 1. */
  readers_min?: number;
  /** Left out when 5. */
  readers_max?: number;
  /** Left out when 5. */
  checks_min?: number;
  /** Left out when 5. */
  co_writers?: number;
  /** Left out when 12. */
  small_room?: number;
}

/** The projector, and whoever observes. */
export interface WritingForScreen {
  /** Left out when 0. */
  written?: number;
  /** Left out when []. */
  wall?: Poster[];
}

/** What of a card fits on a projector; the whole text is on the phones. */
export interface Poster {
  title: string;
  pull_a: string;
  pull_b: string;
  question: string;
  /** Left out when null. */
  author?: string | null;
  /** Left out when []. */
  topics?: string[];
}

/** Counts and states, never a word. `unread` are handed over and nobody reads them: `AssignReaders` helps. */
export interface WritingForModerators {
  rows: DeskRow[];
  figures: Indicators;
  /** Left out when 0. */
  written?: number;
  /** Left out when 0. */
  unread?: number;
}

/** State only; `page` is named while its author asks for help. */
export interface DeskRow {
  person: string;
  /** Left out when "draft". */
  state?: DeskState;
  /** Left out when 0. */
  version?: number;
  /** Left out when 0. */
  checks?: number;
  /** Left out when 0. */
  readers?: number;
  /** Left out when 0. */
  answers?: number;
  /** Left out when 0. */
  reads?: number;
  /** Left out when "". */
  typist?: string;
  /** Left out when null. */
  page?: string | null;
}

/** I1. `topics` and `boundaries` count vignettes; what is missing there is for the pack to list. */
export interface Indicators {
  coverage: Figure;
  own_resonance: Figure;
  representative: Figure;
  dilemma_quality: Figure;
  both_voices: Figure;
  unsafe: Figure;
  /** Left out when {}. */
  topics?: Record<string, number>;
  /** Left out when {}. */
  boundaries?: Record<string, number>;
  /** Left out when []. */
  scatter?: Dot[];
}

/** A share (0…1) or a median, and how many contributed. No `value` means: too few to say. */
export interface Figure {
  n: number;
  /** Left out when null. */
  value?: number | null;
}

/** One vignette on the scatter of the room: the means of its readers, without a name. */
export interface Dot {
  recognise: number;
  challenge: number;
}
