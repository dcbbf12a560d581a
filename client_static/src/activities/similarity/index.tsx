/** From reading to sorting: nameless vignettes alone, one board for four, and what each could give and would want. */

import { useSignal } from "@preact/signals";
import type { SimilarityForGroup, SimilarityForPerson } from "../../protocol/generated";
import { type Here, nameOf } from "../../state/day";
import { Button, People, Waiting } from "../../ui/parts";
import { t } from "../../locales";
import { Probes, Prompt, Quiet, TurnOf } from "../prompt";
import type { ActivityProps } from "../registry";
import { Board, type BoardProps, cardTitle } from "./board";
import { Different, ShareBoard } from "./different";
import { Gallery, type Mine } from "./gallery";
import { Offers } from "./offers";
import { s, sn } from "./words";
import "./similarity.css";

type Kind = "gallery" | "same" | "different" | "give_want" | "talk";

/** The path may call its steps otherwise; the numbers of the method say how. */
function kindOf(here: Here): Kind {
  const { config = {} } = here.words;
  const { id } = here.step;
  if (id === (config["gallery"] ?? "gallery")) return "gallery";
  if (id === (config["same"] ?? "same")) return "same";
  return id === "different" || id === "give_want" ? id : "talk";
}

/** Finding each other, and naming one's issue while the others are silent. */
function Table({ here, ...props }: BoardProps & { here: Here }) {
  const { session, me, ours } = props;
  const speaker = ours.body.speaker;
  const others = ours.body.members.filter((one) => one !== me);
  return (
    <>
      <TurnOf session={session} here={here} me={me} />
      {speaker && <p class="lead">{s(speaker === me ? "group.my_minute" : "group.their_minute")}</p>}
      <section class="stack tight fill">
        <h2>{s("group.title")}</h2>
        <People people={others.map((one) => nameOf(session.views, one))} />
      </section>
      <section class="stack tight fill">
        <h2>{s("group.cards")}</h2>
        <ul class="on-table">
          {(ours.body.cards ?? []).map((card) => (
            <li key={card.id} class="book">
              {cardTitle(card, props)}
            </li>
          ))}
        </ul>
      </section>
      <Probes step={here.step} />
    </>
  );
}

function Together({ here, mine, board }: { here: Here; mine: Mine; board: BoardProps }) {
  const words = String(here.words.config?.["tags"] ?? "strengths");
  switch (kindOf(here)) {
    case "same":
      return (
        <>
          <Board {...board} />
          <ShareBoard {...board} />
        </>
      );
    case "different":
      return <Different {...board} />;
    case "give_want":
      return <Offers {...board} mine={mine.body} words={words} />;
    default:
      return <Table {...board} here={here} />;
  }
}

export default function Similarity({ session, phase, me, here }: ActivityProps) {
  const mine = session.views.mine<SimilarityForPerson>(phase);
  const reading = useSignal(false);
  const group = here?.group?.id ?? "";
  const ours = group ? session.views.group<SimilarityForGroup>(phase, group) : undefined;
  if (!here) return null;
  if (!mine) return <Waiting title={t("wait.views")} />;
  const gallery = <Gallery session={session} phase={phase} mine={mine} key="gallery" />;
  if (!ours || !group) return <div class="similarity">{gallery}</div>;
  const unread = (mine.body.vignettes ?? []).filter((one) => !one.rated).length;
  if (reading.value) {
    return (
      <div class="stack wide similarity">
        <Button onPress={() => (reading.value = false)}>{s("gallery.to_group")}</Button>
        {gallery}
      </div>
    );
  }
  const board: BoardProps = { session, phase, me, group, ours, votes: mine.body.votes ?? null };
  const quiet = kindOf(here) === "talk";
  const middle = (
    <div class="stack wide similarity">
      <Prompt here={here} />
      <Together here={here} mine={mine} board={board} />
      {unread > 0 && (
        <p class="row quiet">
          <span>{sn("gallery.still", unread)}</span>
          <Button kind="plain" onPress={() => (reading.value = true)}>
            {s("gallery.go_on")}
          </Button>
        </p>
      )}
    </div>
  );
  return quiet ? <Quiet here={here}>{middle}</Quiet> : middle;
}
