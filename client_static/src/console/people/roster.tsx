/** Everybody with a seat or expected; people without a device and lists are added here. */

import { useSignal } from "@preact/signals";
import { say } from "../../ui/announcer";
import { Entry } from "../../ui/entry";
import { Button } from "../../ui/parts";
import { addPerson, importList, ListProblem } from "../api";
import { useDesk } from "../desk";
import { presenceWords, PresenceSign } from "../room/person";
import type { ConsoleMember, ModeratorsShown } from "../shown";
import { w, whyNot, wn } from "../words";
import "./people.css";

const told = (error: unknown): void => say(whyNot(error instanceof Error ? error.message : ""));

function AddPerson() {
  const desk = useDesk();
  const name = useSignal("");
  const school = useSignal("");
  const busy = useSignal(false);
  const add = async (): Promise<void> => {
    busy.value = true;
    try {
      const person = await addPerson(desk.session.seat, name.value.trim(), school.value.trim());
      say(w("roster.added", { name: name.value.trim() }));
      desk.sheet.value = { show: "person", person };
    } catch (error) {
      told(error);
    } finally {
      busy.value = false;
    }
  };
  return (
    <details>
      <summary>{w("roster.add")}</summary>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.value.trim() && !busy.value) void add();
        }}
      >
        <p class="quiet">{w("roster.add_lead")}</p>
        <Entry label={w("roster.name")} value={name.value} maxLength={80} onInput={(value) => (name.value = value)} />
        <Entry
          label={w("roster.school")}
          value={school.value}
          maxLength={80}
          onInput={(value) => (school.value = value)}
        />
        <Button type="submit" busy={busy.value || !name.value.trim()}>
          {w("roster.add_do", { name: name.value.trim() || "…" })}
        </Button>
      </form>
    </details>
  );
}

function ImportList() {
  const desk = useDesk();
  const text = useSignal("");
  const file = useSignal<File | null>(null);
  const problems = useSignal<readonly string[]>([]);
  const bring = async (): Promise<void> => {
    try {
      say(wn("roster.imported", await importList(desk.session.seat, file.value ?? text.value)));
      text.value = "";
      file.value = null;
      problems.value = [];
    } catch (error) {
      if (error instanceof ListProblem) problems.value = error.lines;
      else told(error);
    }
  };
  return (
    <details>
      <summary>{w("roster.import")}</summary>
      <div class="stack">
        <p class="quiet">{w("roster.import_lead")}</p>
        <label class="field">
          <span class="legend">{w("roster.import_file")}</span>
          <input
            type="file"
            accept=".csv,text/csv,text/plain"
            onChange={(event) => {
              file.value = event.currentTarget.files?.[0] ?? null;
            }}
          />
        </label>
        {!file.value && (
          <label class="field">
            <span class="legend">{w("roster.import_paste")}</span>
            <textarea
              class="input"
              rows={4}
              value={text.value}
              onInput={(event) => (text.value = event.currentTarget.value)}
            />
          </label>
        )}
        {problems.value.length > 0 && (
          <div class="notice" role="alert">
            <p>{w("roster.bad_list")}</p>
            <ul>
              {problems.value.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        )}
        <Button busy={!file.value && !text.value.trim()} onPress={() => void bring()}>
          {w("roster.import_do")}
        </Button>
      </div>
    </details>
  );
}

function Line({ member }: { member: ConsoleMember }) {
  const desk = useDesk();
  const at = desk.board.value?.everybody.find((one) => one.id === member.id);
  const state = member.state ?? "joined";
  const words = state === "joined" ? at && presenceWords(at, desk.now_ms.value) : w(`roster.${state}`);
  return (
    <li>
      <button type="button" onClick={() => (desk.sheet.value = { show: "person", person: member.id })}>
        <PresenceSign presence={at?.presence ?? (member.without_device ? "no_device" : "unknown")} />
        <span class="name">{desk.name(member.id)}</span>
        <span class="quiet school">{desk.school(member.id)}</span>
        <span class="small quiet numerals">{words}</span>
      </button>
    </li>
  );
}

export function RosterSheet({ moderators }: { moderators: ModeratorsShown }) {
  const desk = useDesk();
  const sought = useSignal("");
  const wanted = sought.value.trim().toLocaleLowerCase();
  const found = moderators.people
    .filter((one) => `${desk.name(one.id)} ${desk.school(one.id)}`.toLocaleLowerCase().includes(wanted))
    .sort((a, b) => desk.name(a.id).localeCompare(desk.name(b.id)));
  return (
    <>
      <div class="fill roster-ways">
        <AddPerson />
        <ImportList />
      </div>
      {moderators.people.length > 0 ? (
        <Entry
          label={w("roster.search")}
          type="search"
          value={sought.value}
          onInput={(value) => (sought.value = value)}
        />
      ) : (
        <p class="quiet">{w("roster.none")}</p>
      )}
      <ul class="roster-list">
        {found.map((member) => (
          <Line key={member.id} member={member} />
        ))}
      </ul>
    </>
  );
}
