/** A message to the room, to one table or to one person. */

import { useSignal } from "@preact/signals";
import { say } from "../ui/announcer";
import { Segmented } from "../ui/choices";
import { Button } from "../ui/parts";
import { useDesk } from "./desk";
import { Choose } from "./choose";
import { w } from "./words";

type To = "room" | "group" | "person";
const LONGEST = 500;

export function SayForm({ to: first, id: given }: { to: To; id: string }) {
  const desk = useDesk();
  const to = useSignal<To>(first);
  const id = useSignal(given);
  const text = useSignal("");
  const board = desk.board.value;
  const ready = text.value.trim() !== "" && (to.value === "room" || id.value !== "");
  const send = async (): Promise<void> => {
    const wish = { type: "Announce", text: text.value.trim(), to: to.value, id: to.value === "room" ? "" : id.value };
    if (!(await desk.wish(wish))) return;
    desk.sheet.value = null;
    say(w("say.sent"));
  };
  const tables = (board?.groups ?? []).filter(({ group }) => desk.forTable(group.table));
  const people = desk.forRoom
    ? (desk.moderators.value?.people ?? []).map((one) => one.id)
    : tables.flatMap(({ group }) => group.members);
  const targets =
    to.value === "group"
      ? tables.map(({ group }) => ({ id: group.id, label: w("board.table", { n: group.table }) }))
      : people.map((id) => ({ id, label: desk.name(id) }));
  return (
    <form
      class="stack fill"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void send();
      }}
    >
      <Segmented
        legend={w("say.to")}
        options={[
          ...(desk.forRoom ? [{ id: "room", label: w("say.room") }] : []),
          ...(board?.groups.length ? [{ id: "group", label: w("board.table", { n: "" }).trim() }] : []),
          { id: "person", label: w("roster.name") },
        ]}
        chosen={to.value}
        onChoose={(one) => {
          to.value = one as To;
          id.value = "";
        }}
      />
      {to.value !== "room" && (
        <Choose label={w("person.choose")} options={targets} value={id.value} onChoose={(one) => (id.value = one)} />
      )}
      <label class="field">
        <span class="legend">{w("say.words")}</span>
        <textarea
          class="input book"
          rows={3}
          maxLength={LONGEST}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        <span class="hint">{w("say.hint")}</span>
      </label>
      <Button kind="primary" type="submit" busy={!ready}>
        {w("say.send")}
      </Button>
    </form>
  );
}
