/** A workshop in two clicks: its length and its title stand ready, everything else has a good default. */

import { useEffect, useState } from "preact/hooks";
import { LANGUAGES, language, languageName, t } from "../locales";
import { kept } from "../session/kept";
import { Entry } from "../ui/entry";
import { Button } from "../ui/parts";
import { Chips } from "../ui/choices";
import { type Created, create, type MeetingOffer, type Problem, readPath, type ScheduleOffer, schedules } from "./api";
import { asProblem } from "./endings";

const RETENTION_DAYS = [30, 90, 365] as const;
const DEFAULT_RETENTION_DAYS = 365;
const KEY = "bc-creation-key";

/** The link printed at the server's start carries the key; this device keeps it for the next workshop. */
export function creationKey(): string {
  const given = location.hash.slice(1);
  if (given) {
    kept.setItem(KEY, given);
    history.replaceState(null, "", location.pathname);
  }
  return given || (kept.getItem(KEY) ?? "");
}

function today(): string {
  const now = new Date();
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

function defaultTitle(): string {
  const date = new Intl.DateTimeFormat(language.value, { day: "numeric", month: "long" }).format(Date.now());
  return t("home.default_title", { date });
}

export function hours(minutes: number): string {
  const amount = (n: number, unit: string): string =>
    new Intl.NumberFormat(language.value, { style: "unit", unit, unitDisplay: "short" }).format(n);
  const whole = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return [whole ? amount(whole, "hour") : "", rest ? amount(rest, "minute") : ""].filter(Boolean).join(" ");
}

const DAY_MINUTES = 24 * 60;

/** When a meeting is planned to begin and to end: "13:30–16:30". */
export function fromTo({ starts, minutes }: MeetingOffer): string {
  const [hour = 0, minute = 0] = starts.split(":").map(Number);
  const ends = (hour * 60 + minute + minutes) % DAY_MINUTES;
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${starts}–${two(Math.floor(ends / 60))}:${two(ends % 60)}`;
}

const heldOf = ({ meetings }: ScheduleOffer): MeetingOffer[] => meetings.filter(({ minutes }) => minutes > 0);

/** One line a meeting, with its name where there are several: one of them may be there only for who wants it. */
function Meetings({ offer }: { offer: ScheduleOffer }) {
  const held = heldOf(offer);
  return (
    <span class="meetings numerals">
      {held.map((one) => (
        <span key={one.title}>
          {held.length > 1 && <span>{one.title}</span>} {fromTo(one)}
        </span>
      ))}
    </span>
  );
}

interface ScheduleProps {
  offers: readonly ScheduleOffer[];
  chosen: string;
  onChoose: (id: string) => void;
}

function Schedules({ offers, chosen, onChoose }: ScheduleProps) {
  return (
    <fieldset class="field">
      <legend class="legend">{t("home.schedule")}</legend>
      <div class="schedules">
        {offers.map((offer) => (
          <label class="card-choice" key={offer.id}>
            <input type="radio" name="schedule" checked={offer.id === chosen} onChange={() => onChoose(offer.id)} />
            <span class="legend">{offer.title}</span>
            {heldOf(offer).length < 2 && <span class="measure numerals">{hours(offer.minutes)}</span>}
            <span class="about">{offer.summary}</span>
            <Meetings offer={offer} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface Details {
  date: string;
  language: string;
  retention_days: number;
}

/** A path of one's own, as `check-path` would read it: what is wrong with the file stands here line by line. */
interface OwnPath {
  name: string;
  text: string;
}

interface OwnPathProps {
  path: OwnPath | null;
  problem: Problem | null;
  onFile: (file: File | null) => void;
}

function PathOfYourOwn({ path, problem, onFile }: OwnPathProps) {
  return (
    <div class="field">
      <label class="legend" for="own-path">
        {t("home.own_path")}
      </label>
      <span class="hint" id="own-path-hint">
        {path ? t("home.own_path_used", { name: path.name }) : t("home.own_path_hint")}
      </span>
      <input
        id="own-path"
        class="file"
        type="file"
        accept=".yaml,.yml"
        aria-describedby="own-path-hint"
        onChange={(event) => onFile(event.currentTarget.files?.[0] ?? null)}
      />
      {problem && (
        <div class="path-problem" role="alert">
          <p class="problem">
            {problem.problems.length > 0 ? t("home.own_path_wrong") : problem.detail || problem.code}
          </p>
          <ul>
            {problem.problems.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

interface MoreProps {
  details: Details;
  onChange: (details: Details) => void;
  own: OwnPathProps;
}

function MoreDetails({ details, onChange, own }: MoreProps) {
  return (
    <details class="fill">
      <summary>{t("home.more")}</summary>
      <div class="stack wide" style={{ paddingBlock: "var(--gap-3)" }}>
        <Entry
          label={t("home.date")}
          type="date"
          value={details.date}
          onInput={(date) => onChange({ ...details, date })}
        />
        <Chips
          legend={t("home.workshop_language")}
          options={LANGUAGES.map((id) => ({ id, label: languageName(id) }))}
          chosen={[details.language]}
          onChoose={([chosen = details.language]) => onChange({ ...details, language: chosen })}
        />
        <Chips
          legend={t("home.retention")}
          options={RETENTION_DAYS.map((n) => ({ id: String(n), label: t("home.days", { n }) }))}
          chosen={[String(details.retention_days)]}
          onChoose={([chosen]) => onChange({ ...details, retention_days: Number(chosen) })}
        />
        <PathOfYourOwn {...own} />
      </div>
    </details>
  );
}

export function CreateForm({ onCreated }: { onCreated: (created: Created) => void }) {
  const [key] = useState(creationKey);
  const [offers, setOffers] = useState<readonly ScheduleOffer[]>([]);
  const [schedule, setSchedule] = useState("");
  const [title, setTitle] = useState<string | null>(null);
  const [details, setDetails] = useState<Details>({
    date: today(),
    language: language.value,
    retention_days: DEFAULT_RETENTION_DAYS,
  });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [unread, setUnread] = useState(false);
  const [path, setPath] = useState<OwnPath | null>(null);
  const [pathProblem, setPathProblem] = useState<Problem | null>(null);
  const spoken = language.value;
  const offer = (found: readonly ScheduleOffer[]): void => {
    setOffers(found);
    setSchedule((chosen) => (found.some((one) => one.id === chosen) ? chosen : (found[0]?.id ?? "")));
  };
  const take = async (file: File | null): Promise<void> => {
    setPathProblem(null);
    try {
      const text = file ? await file.text() : "";
      offer(file ? await readPath(text) : await schedules(spoken));
      setPath(file ? { name: file.name, text } : null);
    } catch (error) {
      // The path that was there before stays the one that is used.
      setPathProblem(asProblem(error));
    }
  };
  useEffect(() => {
    if (path) return;
    schedules(spoken).then(offer, (error: unknown) => {
      asProblem(error);
      setUnread(true);
    });
  }, [spoken]);
  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      onCreated(
        await create({
          title: (title ?? defaultTitle()).trim() || defaultTitle(),
          schedule,
          key,
          pack: path?.text ?? "",
          ...details,
        }),
      );
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  const locked = problem !== null && problem.code === "no_key";
  return (
    <form
      class="panel stack wide"
      aria-labelledby="prepare"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit();
      }}
    >
      <h2 id="prepare">{t("home.create")}</h2>
      {unread ? (
        <p class="problem">{t("home.no_schedules")}</p>
      ) : (
        <Schedules offers={offers} chosen={schedule} onChoose={setSchedule} />
      )}
      <Entry label={t("home.workshop_title")} value={title ?? defaultTitle()} onInput={setTitle} maxLength={80} />
      <MoreDetails
        details={details}
        onChange={setDetails}
        own={{ path, problem: pathProblem, onFile: (file) => void take(file) }}
      />
      {problem && (
        <p class="problem" role="alert">
          {locked ? t("home.needs_key") : `${t("end.other")}. ${problem.detail || problem.code}`}
        </p>
      )}
      <Button kind="primary" type="submit" large busy={busy}>
        {busy ? t("home.creating") : t("home.create_button")}
      </Button>
    </form>
  );
}
