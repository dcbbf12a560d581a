/** Who wrote when: earlier versions of a page, to look at and to bring back. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { listed, timeOfDay } from "../../locales";
import type { Moment, Name, Past } from "../../protocol/frames";
import { useSession } from "../../session/context";
import { say } from "../../ui/announcer";
import { Button } from "../../ui/parts";
import { Sheet } from "../../ui/sheet";
import { usePage } from "../pages";
import { bringBack, type Fields, fieldsThen } from "./past";
import { BY_HAND } from "./sync";
import { w } from "./words";
import "./editor.css";

export interface HistoryProps {
  page: string;
  /** The fields in the order in which they are read, with what they are called. */
  fields: readonly { name: string; label: string }[];
}

interface Looked {
  moment: Moment;
  fields: Fields;
}

function who(moment: Moment, names: Readonly<Record<string, Name>>): string {
  const known = (moment.authors ?? []).map((author) => names[author]?.name || w("somebody"));
  return w("past.by", { time: timeOfDay(moment.at_ms), names: listed(known.length > 0 ? known : [w("somebody")]) });
}

function List({ past, onLook }: { past: Past; onLook: (moment: Moment) => void }) {
  const moments = past.moments ?? [];
  if (moments.length === 0) return <p class="lead">{w("past.none")}</p>;
  return (
    <ul class="moments">
      {moments.map((moment) => (
        <li key={moment.id}>
          <button type="button" class="moment" onClick={() => onLook(moment)}>
            {moment.label && <strong>{moment.label}</strong>}
            <span class="numerals">{who(moment, past.names ?? {})}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Then({ looked, fields }: { looked: Looked; fields: HistoryProps["fields"] }) {
  const said = fields.filter(({ name }) => looked.fields[name]);
  if (said.length === 0) return <p class="lead">{w("past.empty")}</p>;
  return (
    <div class="then">
      {said.map(({ name, label }) => (
        <section key={name}>
          <h3>{label}</h3>
          <p class="written">{looked.fields[name]}</p>
        </section>
      ))}
    </div>
  );
}

function usePast(page: string, open: boolean) {
  const session = useSession();
  const past = useSignal<Past | null>(null);
  const away = useSignal(false);
  const looked = useSignal<Looked | null>(null);
  useEffect(() => {
    if (!open) return;
    past.value = null;
    looked.value = null;
    away.value = false;
    session.connection
      .ask("history", { page })
      .then((answer) => {
        if (answer.t === "past") past.value = answer;
        else away.value = true;
      })
      .catch(() => (away.value = true));
  }, [page, open, session, past, looked, away]);
  const look = async (moment: Moment, names: readonly string[]): Promise<void> => {
    const answer = await session.connection.ask("moment", { page, id: moment.id });
    if (answer.t === "then") looked.value = { moment, fields: fieldsThen(answer.update, names) };
    else say(w("past.gone"));
  };
  return { past, away, looked, look };
}

export function History({ page: name, fields }: HistoryProps) {
  const session = useSession();
  const page = usePage(session, name);
  const open = useSignal(false);
  const { past, away, looked, look } = usePast(name, open.value);
  const restore = async (then: Fields): Promise<void> => {
    const label = w("past.before", { time: timeOfDay(session.clock.now()) });
    await session.connection.ask("keep", { page: name, label }).catch(() => undefined);
    bringBack(page.doc, then, BY_HAND);
    open.value = false;
    say(w("past.restored"));
  };
  return (
    <>
      <Button kind="plain" class="no-print" onPress={() => (open.value = true)}>
        {w("past.open")}
      </Button>
      <Sheet title={w("past.title")} open={open.value} onClose={() => (open.value = false)}>
        {away.value && <p class="lead">{w("past.offline")}</p>}
        {!away.value && !past.value && <p class="lead">{w("past.loading")}</p>}
        {past.value && !looked.value && (
          <List
            past={past.value}
            onLook={(moment) =>
              void look(
                moment,
                fields.map((field) => field.name),
              ).catch(() => (away.value = true))
            }
          />
        )}
        {past.value && looked.value && (
          <>
            <p class="quiet numerals">{who(looked.value.moment, past.value.names ?? {})}</p>
            <Then looked={looked.value} fields={fields} />
            <div class="row">
              {page.right.value === "write" && (
                <Button kind="primary" onPress={() => void restore(looked.value?.fields ?? {})}>
                  {w("past.restore")}
                </Button>
              )}
              <Button onPress={() => (looked.value = null)}>{w("past.back")}</Button>
            </div>
            {page.right.value === "write" && <p class="small quiet">{w("past.restore_do")}</p>}
          </>
        )}
      </Sheet>
    </>
  );
}
