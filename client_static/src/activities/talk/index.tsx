/** Talking: a prompt, a turn, a clock, and a note for oneself at the end. Nothing is captured from what is said. */

import { TextField, Written } from "../../documents/field";
import { t } from "../../locales";
import { Button, People } from "../../ui/parts";
import { nameOf, type PhaseHere } from "../../state/day";
import { Probes, Prompt, Quiet, TurnOf } from "../prompt";
import type { ActivityProps } from "../registry";
import { PaperSheet } from "./paper";
import { Rest } from "./rest";
import "./talk.css";

interface ForRoom {
  kind: "round" | "break" | "plenary";
  prompts?: string[];
  questions?: string[];
}

interface ForGroup {
  board?: string | null;
  earlier?: string[];
}

interface ForPerson {
  spoken?: boolean;
  note?: string | null;
}

const NOTE_SOFT = 280;
const NOTE_HARD = 600;
const GROUP_NOTE_SOFT = 2000;
const GROUP_NOTE_HARD = 4000;

/** What the table writes together has the name that the path gives it. */
export function groupNoteTitle({ words }: PhaseHere): string {
  const title = words.config?.["group_note_title"];
  return typeof title === "string" && title ? title : t("talk.group_note");
}

export default function Talk({ session, phase, me, here }: ActivityProps) {
  const room = session.views.room<ForRoom>(phase)?.body;
  const mine = session.views.mine<ForPerson>(phase)?.body;
  const ours = here?.group ? session.views.group<ForGroup>(phase, here.group.id)?.body : undefined;
  const { board, earlier = [] } = ours ?? {};
  if (!here) return null;
  if (room?.kind === "break") return <Rest session={session} here={here} />;
  const others = (here.group?.members ?? []).filter((person) => person !== me);
  const turn = here.turns[here.turnAt];
  return (
    <Quiet here={here}>
      <div class="stack wide">
        <Prompt here={here} words={turn?.prompt ?? ""} />
        {room?.prompts?.map((prompt) => (
          <p class="lead" key={prompt}>
            {prompt}
          </p>
        ))}
        <TurnOf session={session} here={here} me={me} />
        {others.length > 0 && <People people={others.map((person) => nameOf(session.views, person))} />}
        <PaperSheet words={here} step={here.step.id} />
        <Probes step={here.step} />
        {room?.kind === "round" && here.turns.length === 0 && !here.late && (
          <Button
            pressed={mine?.spoken === true}
            onPress={() => void session.wish(phase, { type: "SaySpoken", spoken: !mine?.spoken })}
          >
            {mine?.spoken ? t("talk.spoke") : t("talk.say_spoken")}
          </Button>
        )}
        {board && (
          <TextField
            page={board}
            name="text"
            label={groupNoteTitle(here)}
            seen="group"
            soft={GROUP_NOTE_SOFT}
            hard={GROUP_NOTE_HARD}
          />
        )}
        {earlier.length > 0 && (
          <section class="stack tight fill" aria-labelledby="earlier">
            <h2 id="earlier">{t("talk.earlier")}</h2>
            {earlier.map((page) => (
              <Written key={page} page={page} field="text" />
            ))}
          </section>
        )}
        {mine?.note && (
          <TextField page={mine.note} name="text" label={t("talk.note")} seen="me" soft={NOTE_SOFT} hard={NOTE_HARD} />
        )}
      </div>
    </Quiet>
  );
}
