/** My own note of a talk, and what we wrote at our table. */

import { t } from "../../locales";
import type { PersonShown } from "../../state/workshop";
import { Part, WrittenOr } from "../part";
import type { ActivityProps } from "../registry";
import { groupNoteTitle } from ".";

export default function Made({ session, phase, words }: ActivityProps) {
  const note = session.views.mine<{ note?: string | null }>(phase)?.body.note;
  const tables = Object.values(session.views.mine<PersonShown>("")?.body.groups?.[phase] ?? {});
  const boards = tables.flatMap((id) => session.views.group<{ board?: string | null }>(phase, id)?.body.board ?? []);
  return (
    <div class="stack">
      {boards.map((board) => (
        <Part key={board} title={groupNoteTitle(words)} page={board} field="text" />
      ))}
      {note ? (
        <WrittenOr page={note} field="text" none={t("day.no_note")} />
      ) : (
        boards.length === 0 && <p class="quiet">{t("day.nothing")}</p>
      )}
    </div>
  );
}
