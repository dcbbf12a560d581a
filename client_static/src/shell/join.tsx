/** Joining in under twenty seconds on a phone: who you are, a little about your work, one promise, a seat. */

import { useEffect, useState } from "preact/hooks";
import { dayOf, LANGUAGES, language, languageName, t } from "../locales";
import { randomName } from "../session/identity";
import { addressOf, keepSeat, peopleOf, seatsOf } from "../session/seats";
import { Entry } from "../ui/entry";
import { Chips, Tick } from "../ui/choices";
import { Button, Motif, SeenBy, Waiting } from "../ui/parts";
import { type Invitation, invitation, type Joining, join, Problem } from "./api";
import { asProblem, ProblemPage } from "./endings";
import { calledOn } from "./called";
import { Front } from "./front";
import { CodeForm } from "./home";
import { go } from "./router";

const NAME_LETTERS = 60;
const SCHOOL_LETTERS = 80;
const FEW_LANGUAGES = 5;
const LIST_WORTH_SEARCHING = 12;

type Stage = "seats" | "list" | "who" | "about";

interface StageProps {
  form: Joining;
  onChange: (change: Partial<Joining>) => void;
  invited: Invitation;
}

function Who({
  form,
  onChange,
  invited,
  onNext,
  onList,
}: StageProps & { onNext: () => void; onList: (() => void) | null }) {
  const [tried, setTried] = useState(false);
  const next = (): void => {
    setTried(true);
    if (form.name.trim() && form.school.trim()) onNext();
  };
  return (
    <form
      class="stack wide"
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <h1 tabIndex={-1}>{t("join.who")}</h1>
      <Entry
        label={t("join.name")}
        hint={t("join.name_hint")}
        value={form.name}
        maxLength={NAME_LETTERS}
        autocomplete="name"
        problem={tried && !form.name.trim() ? t("join.need_name") : ""}
        onInput={(name) => onChange({ name })}
        aside={<SeenBy who="room" />}
      />
      <Entry
        label={t("join.school")}
        hint={t("join.school_hint")}
        value={form.school}
        maxLength={SCHOOL_LETTERS}
        autocomplete="organization"
        suggestions={invited.schools}
        problem={tried && !form.school.trim() ? t("join.need_school") : ""}
        onInput={(school) => onChange({ school })}
        aside={<SeenBy who="room" />}
      />
      <div class="row">
        <Button kind="primary" type="submit" large>
          {t("join.next")}
        </Button>
        {onList && (
          <Button kind="plain" onPress={onList}>
            {t("join.from_list")}
          </Button>
        )}
      </div>
    </form>
  );
}

interface ListProps {
  invited: Invitation;
  onPick: (person: Invitation["people"][number]) => void;
  onNone: () => void;
}

function NameList({ invited, onPick, onNone }: ListProps) {
  const [sought, setSought] = useState("");
  const wanted = sought.trim().toLocaleLowerCase();
  const found = invited.people.filter(({ name, school }) => `${name} ${school}`.toLocaleLowerCase().includes(wanted));
  return (
    <div class="stack wide">
      <h1 tabIndex={-1}>{t("join.list_title")}</h1>
      {invited.people.length > LIST_WORTH_SEARCHING && (
        <Entry label={t("join.list_search")} type="search" value={sought} onInput={setSought} />
      )}
      <ul class="names">
        {found.map((person) => (
          <li key={person.id}>
            <button type="button" onClick={() => onPick(person)}>
              <span class="legend">{person.name}</span>
              <span class="quiet">{person.school}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button onPress={onNone}>{t("join.not_listed")}</Button>
    </div>
  );
}

interface AboutProps extends StageProps {
  busy: boolean;
  problem: string;
  onBack: () => void;
  onTake: () => void;
}

function About({ form, onChange, invited, busy, problem, onBack, onTake }: AboutProps) {
  const offered = spokenHere(invited);
  const [all, setAll] = useState(form.languages.some((id) => !offered.slice(0, FEW_LANGUAGES).includes(id)));
  return (
    <form
      class="stack wide"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onTake();
      }}
    >
      <h1 tabIndex={-1}>{t("join.about")}</h1>
      {invited.positions.length > 0 && (
        <Chips
          legend={t("join.position")}
          options={invited.positions}
          chosen={[form.position]}
          onChoose={([position = ""]) => onChange({ position })}
        />
      )}
      {invited.schooling.length > 0 && (
        <Chips
          legend={t("join.schooling")}
          options={invited.schooling}
          chosen={[form.schooling]}
          onChoose={([schooling = ""]) => onChange({ schooling })}
        />
      )}
      <Chips
        many
        legend={t("join.languages")}
        options={(all ? offered : offered.slice(0, FEW_LANGUAGES)).map((id) => ({ id, label: languageName(id) }))}
        chosen={form.languages}
        onChoose={(languages) => onChange({ languages })}
      />
      {!all && offered.length > FEW_LANGUAGES && (
        <Button kind="plain" onPress={() => setAll(true)}>
          {t("join.more_languages")}
        </Button>
      )}
      <section class="stack tight fill" aria-labelledby="promise">
        <h2 id="promise">{t("join.agreement")}</h2>
        <div class="agreement">
          {invited.agreement.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        <p class="small quiet">{t("join.kept", { day: dayOf(invited.kept_until_ms) })}</p>
        <Tick checked={form.agreed} onChange={(agreed) => onChange({ agreed })}>
          {t("join.agree")}
        </Tick>
      </section>
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <div class="row">
        <Button kind="primary" type="submit" large busy={busy}>
          {busy ? t("join.taking") : t("join.take_seat")}
        </Button>
        <Button kind="plain" onPress={onBack}>
          {t("join.back")}
        </Button>
      </div>
    </form>
  );
}

function Seated({ invited, onSecond }: { invited: Invitation; onSecond: () => void }) {
  const mine = peopleOf(invited.workshop);
  return (
    <div class="stack wide">
      <h1 tabIndex={-1}>{t("join.already")}</h1>
      {mine.map((seat) => (
        <Button kind="primary" large key={seat.token} onPress={() => go(addressOf(seat))}>
          {t("join.go_on_as", { name: calledOn(seat, mine) })}
        </Button>
      ))}
      <Button onPress={onSecond}>{t("join.second")}</Button>
    </div>
  );
}

/** The languages of the path; a path that names none leaves those of the interface. */
function spokenHere(invited: Invitation): readonly string[] {
  return invited.languages.length > 0 ? invited.languages : LANGUAGES;
}

function empty(invited: Invitation): Joining {
  const here = spokenHere(invited);
  const mine = navigator.languages.map((code) => code.slice(0, 2)).filter((code) => here.includes(code));
  const own = here.includes(language.value) ? [language.value] : [];
  return {
    name: "",
    school: "",
    position: invited.positions[0]?.id ?? "",
    schooling: "",
    languages: [...new Set([...own, ...mine])],
    agreed: false,
    claim: randomName(),
  };
}

function JoinForm({
  code,
  invited,
  onProblem,
}: {
  code: string;
  invited: Invitation;
  onProblem: (problem: Problem) => void;
}) {
  const list: Stage = invited.people.length > 0 ? "list" : "who";
  const [stage, setStage] = useState<Stage>(peopleOf(invited.workshop).length > 0 ? "seats" : list);
  const [form, setForm] = useState(() => empty(invited));
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState("");
  const change = (part: Partial<Joining>): void => {
    setMissing("");
    setForm((held) => ({ ...held, ...part }));
  };
  useEffect(() => {
    document.querySelector<HTMLElement>("h1")?.focus();
    window.scrollTo(0, 0);
    // The workshop itself is fetched while the person writes, so that the seat opens at once.
    if (stage === "about") void import("./participant");
  }, [stage]);
  /** Whose name the form carries. Who goes back to the list is nobody on it until they tap again. */
  const stand = (person: string, name: string, school: string): void =>
    change({ person, name, school, claim: randomName() });
  const backToList = (): void => {
    if (form.person) stand("", "", "");
    setStage("list");
  };
  const take = async (): Promise<void> => {
    if (form.languages.length === 0) return setMissing(t("join.need_language"));
    if (!form.agreed) return setMissing(t("join.need_agreement"));
    setBusy(true);
    try {
      const name = form.name.trim();
      const joined = await join(code, { ...form, name, school: form.school.trim() });
      keepSeat({
        workshop: joined.workshop,
        token: joined.token,
        id: joined.person,
        role: "person",
        name,
        school: form.school.trim(),
        title: invited.title,
        code,
      });
      go(addressOf({ ...joined, role: "person" }), { replace: true });
    } catch (error) {
      const problem = asProblem(error);
      if (problem.code === "unreachable") setMissing(`${t("end.unreachable")}. ${t("end.try_again")}.`);
      else onProblem(problem);
    } finally {
      setBusy(false);
    }
  };
  const parts = { form, onChange: change, invited };
  switch (stage) {
    case "seats":
      return <Seated invited={invited} onSecond={() => setStage(list)} />;
    case "list":
      return (
        <NameList
          invited={invited}
          onNone={() => {
            stand("", "", "");
            setStage("who");
          }}
          onPick={({ id, name, school }) => {
            stand(id, name, school);
            setStage("about");
          }}
        />
      );
    case "who":
      return <Who {...parts} onNext={() => setStage("about")} onList={list === "list" ? backToList : null} />;
    case "about":
      return (
        <About
          {...parts}
          busy={busy}
          problem={missing}
          onBack={() => (form.person ? backToList() : setStage("who"))}
          onTake={() => void take()}
        />
      );
  }
}

function Joinable({ code }: { code: string }) {
  const [invited, setInvited] = useState<Invitation | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    setProblem(null);
    invitation(code, language.peek()).then(setInvited, (error: unknown) => setProblem(asProblem(error)));
  }, [code, attempt]);
  if (problem) return <ProblemPage problem={problem} onRetry={() => setAttempt(attempt + 1)} />;
  if (!invited) {
    return (
      <div class="narrow">
        <Waiting title={t("join.looking")} />
      </div>
    );
  }
  // Nobody types their name for a door that is shut; who has a seat on this device still goes in to read.
  if (invited.state === "closed" && seatsOf(invited.workshop).length === 0) {
    return <ProblemPage problem={new Problem("closed", "", "stop")} />;
  }
  return (
    <div class="narrow stack wide">
      <p class="row quiet">
        <span class="little">
          <Motif />
        </span>
        {invited.title}
      </p>
      <div class="fill">
        <JoinForm code={code} invited={invited} onProblem={setProblem} />
      </div>
    </div>
  );
}

export function JoinPage({ code }: { code: string }) {
  return (
    <Front>
      {code ? (
        <Joinable code={code} />
      ) : (
        <div class="narrow stack wide">
          <Motif />
          <h1 tabIndex={-1}>{t("join.code_title")}</h1>
          <CodeForm />
          <Button kind="plain" onPress={() => go("/pin")}>
            {t("home.by_pin")}
          </Button>
        </div>
      )}
    </Front>
  );
}
