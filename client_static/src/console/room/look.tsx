/** Looking in: where a table is, or what one person has on the screen. What they write is theirs until they ask in. */

import { useEffect } from "preact/hooks";
import { WrittenPage } from "../../documents/field";
import { phaseOf } from "../../state/day";
import { turnsOf } from "../../state/path";
import { type GroupShown, speakerOf, takingPart } from "../../state/workshop";
import { Segmented } from "../../ui/choices";
import { useDesk } from "../desk";
import type { ModeratorsShown, PagesShown } from "../shown";
import { ClockControls } from "../top";
import { w, wn } from "../words";
import { type GroupAt, wordsByOwner } from "./board";
import { figureWords } from "./group_card";
import { Mirror } from "./mirror";
import { PersonLine } from "./person";
import "./mirror.css";

/** As long as the sheet is open somebody looks, also after the connection came back. */
function useLooking(group: string, person: string, moderators: ModeratorsShown): boolean {
  const desk = useDesk();
  const looks = person
    ? moderators.viewing?.[desk.me] === person
    : group !== "" && moderators.looking?.[desk.me] === group;
  const live = desk.session.connection.link.value === "live";
  useEffect(() => {
    if (!looks && live) void desk.wish({ type: "LookInto", ...(person ? { person } : { group }) });
  }, [looks, live, group, person, desk]);
  return looks;
}

export const isInvited = (moderators: ModeratorsShown, group: string): boolean =>
  moderators.help.some((call) => call.group === group && (call.reason ?? "help") === "help");

/** The prompt and whose turn it is, as the lens lets them through. */
function Prompt({ at }: { at: GroupAt }) {
  const desk = useDesk();
  const shown = desk.session.views.at<GroupShown>(`look:${at.group.id}`, "")?.body;
  const [room, pack] = [desk.room.value, desk.pack.value];
  const run = room?.phases.find((one) => one.id === room.at);
  const step = run && pack ? phaseOf(run, pack)?.steps[at.step] : undefined;
  if (!shown || !step) return <p class="quiet">{w("look.waiting")}</p>;
  const turn = turnsOf(step, takingPart(shown).length)[shown.standing.turn ?? 0];
  const speaker = turn && speakerOf(shown, turn.speaker ?? 0);
  return (
    <div class="mirror">
      <p class="eyebrow">{step.title}</p>
      <p class="prompt">{turn?.prompt || step.prompt?.trim() || step.title}</p>
      {speaker && <p class="lead">{w("look.speaks", { name: desk.name(speaker) })}</p>}
    </div>
  );
}

function Shared({ at }: { at: GroupAt }) {
  const desk = useDesk();
  const phase = desk.room.value?.at ?? "";
  const pages = desk.session.views.moderators<PagesShown>("~pages")?.body.pages ?? [];
  const ours = pages
    .map(([page]) => page)
    .filter((page) => page.startsWith(`${phase}/`) && page.endsWith(`/${at.group.id}`));
  return (
    <section class="shared stack tight">
      <h3>{w("look.shared")}</h3>
      {ours.length === 0 ? (
        <p class="quiet">{w("look.none_written")}</p>
      ) : (
        ours.map((page) => <WrittenPage key={page} page={page} />)
      )}
    </section>
  );
}

function Private({ at }: { at: GroupAt }) {
  const desk = useDesk();
  const pages = desk.session.views.moderators<PagesShown>("~pages")?.body;
  const words = wordsByOwner(pages, desk.room.value?.at ?? "").get(at.group.id) ?? 0;
  const facts = [words > 0 && wn("board.words", words), ...at.figures.map(figureWords)].filter(Boolean);
  return (
    <div class="kept-private">
      <p>{w("look.uninvited", { n: at.group.table })}</p>
      <p class="small quiet">
        {facts.join(" · ")} {w("look.how_invited")}
      </p>
    </div>
  );
}

function Table({ at, moderators }: { at: GroupAt; moderators: ModeratorsShown }) {
  const desk = useDesk();
  return (
    <>
      <Prompt at={at} />
      <div class="members fill">
        {at.people.map((one) => (
          <PersonLine key={one.id} person={one} group={null} />
        ))}
      </div>
      {isInvited(moderators, at.group.id) ? <Shared at={at} /> : <Private at={at} />}
      {at.timer && desk.forTable(at.group.table) && <ClockControls scope={at.group.id} timer={at.timer} small />}
    </>
  );
}

interface LookProps {
  table: number;
  group: string;
  person: string;
  moderators: ModeratorsShown;
}

export function LookSheet({ table, group, person, moderators }: LookProps) {
  const desk = useDesk();
  const { groups = [] } = desk.board.value ?? {};
  const at = groups.find((one) => (person ? one.group.members.includes(person) : one.group.id === group));
  const looks = useLooking(group, person, moderators);
  const invited = at !== undefined && isInvited(moderators, at.group.id);
  if (!at && !person) return <p class="quiet">{w("look.moved_on")}</p>;
  return (
    <>
      <p class={looks ? "told" : "quiet"} role="status">
        {w(looks ? "look.told" : "look.waiting")}
      </p>
      {at && (
        <Segmented
          legend={w("look.whose")}
          options={[
            { id: "", label: w("board.table", { n: at.group.table }) },
            ...at.group.members.map((one) => ({ id: one, label: desk.name(one) })),
          ]}
          chosen={person}
          onChoose={(one) => (desk.sheet.value = { show: "look", table, group: at.group.id, person: one })}
        />
      )}
      {person ? (
        <>
          <p class="small quiet">{w(invited ? "look.as_invited" : "look.as_private", { name: desk.name(person) })}</p>
          <Mirror key={person} person={person} shared={invited && at ? at.group.id : null} />
        </>
      ) : (
        at && <Table at={at} moderators={moderators} />
      )}
    </>
  );
}
