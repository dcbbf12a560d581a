/** The co-moderators: who they are, which tables are theirs, and a link with their name on it. */

import { useSignal } from "@preact/signals";
import { listed } from "../../locales";
import { CopyButton } from "../../shell/created";
import { say } from "../../ui/announcer";
import { Entry } from "../../ui/entry";
import { Button } from "../../ui/parts";
import { nameMyself, newLink } from "../api";
import { useDesk } from "../desk";
import type { ModeratorsShown } from "../shown";
import { w, whyNot } from "../words";
import "./people.css";

const LONGEST_NAME = 80;
const told = (error: unknown): void => say(whyNot(error instanceof Error ? error.message : ""));

export function helpersOf(moderators: ModeratorsShown): string[] {
  const { staff = {} } = moderators;
  return Object.keys(staff).filter((one) => staff[one] === "co_moderator");
}

export function tablesWords(tables: readonly number[]): string {
  if (tables.length === 0) return w("staff.all_tables");
  return w("staff.tables", { tables: listed([...tables].sort((a, b) => a - b).map(String)) });
}

/** A link for a colleague; with a name on it, tables can be given before they come. */
export function ColleagueLink() {
  const desk = useDesk();
  const name = useSignal("");
  const link = useSignal("");
  const make = async (): Promise<void> => {
    try {
      link.value = await newLink(desk.session.seat, "co_moderator", "", name.value.trim());
    } catch (error) {
      told(error);
    }
  };
  if (link.value) {
    return (
      <div class="row">
        <CopyButton text={link.value} what={w("links.co_moderator")} />
        <Button
          kind="plain"
          onPress={() => {
            link.value = "";
            name.value = "";
          }}
        >
          {w("staff.another")}
        </Button>
      </div>
    );
  }
  return (
    <div class="colleague">
      <Entry
        label={w("staff.name")}
        value={name.value}
        maxLength={LONGEST_NAME}
        onInput={(value) => (name.value = value)}
      />
      <Button label={`${w("links.make")}: ${w("links.co_moderator")}`} onPress={() => void make()}>
        {w("links.make")}
      </Button>
    </div>
  );
}

/** What I am called on the screens of others. */
export function MyName() {
  const desk = useDesk();
  const name = useSignal(desk.names.peek().get(desk.me)?.name ?? "");
  const keep = async (): Promise<void> => {
    try {
      await nameMyself(desk.session.seat, name.value.trim());
      say(w("staff.named"));
    } catch (error) {
      told(error);
    }
  };
  return (
    <form
      class="colleague"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.value.trim()) void keep();
      }}
    >
      <Entry
        label={w("staff.my_name")}
        value={name.value}
        maxLength={LONGEST_NAME}
        onInput={(value) => (name.value = value)}
      />
      <Button type="submit" busy={!name.value.trim()}>
        {w("staff.keep_name")}
      </Button>
    </form>
  );
}

export function Colleagues({ moderators }: { moderators: ModeratorsShown }) {
  const desk = useDesk();
  const helpers = helpersOf(moderators);
  if (helpers.length === 0) return null;
  return (
    <section class="stack tight">
      <h3>{w("staff.title")}</h3>
      <ul class="colleagues">
        {helpers.map((staff) => {
          const tables = moderators.tables?.[staff] ?? [];
          return (
            <li key={staff}>
              <span>
                <strong>{desk.colleague(staff)}</strong> <span class="quiet">{tablesWords(tables)}</span>
              </span>
              {tables.length > 0 && (
                <Button kind="plain" onPress={() => void desk.wish({ type: "AssignTables", staff, tables: [] })}>
                  {w("staff.give_all")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      <p class="small quiet">{w("staff.give_do")}</p>
    </section>
  );
}
