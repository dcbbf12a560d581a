/** Three dots each, placed blind and shown together: nobody is drawn by where others put theirs. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { announce } from "../../ui/announcer";
import { Button, SeenBy } from "../../ui/parts";
import { wish } from "../wish";
import { type BoardProps, Dots } from "./board";
import { dotted } from "./moves";
import { s, sn, whyNot } from "./words";

interface VotesProps extends BoardProps {
  names: readonly string[];
  /** The piles that hold a card. */
  used: readonly number[];
}

function Revealed({ ours, names }: VotesProps) {
  const { totals = [], waiting = 0 } = ours.body;
  const most = Math.max(1, ...totals);
  const rows = totals.map((n, at) => ({ n, pile: at + 1 })).filter(({ n, pile }) => n > 0 || names[pile - 1]);
  useEffect(() => announce(s("votes.revealed")), []);
  return (
    <section class="panel stack fill">
      <h2>{s("votes.revealed")}</h2>
      <ol class="totals">
        {rows
          .sort((a, b) => b.n - a.n)
          .map(({ n, pile }) => (
            <li key={pile}>
              <span class="book">{names[pile - 1] || s("board.pile", { n: pile })}</span>
              <span class="total-dots" style={{ opacity: n === 0 ? 0.5 : 1, fontWeight: n === most ? 650 : 400 }}>
                <Dots n={n} />
                <span class="numerals small">{sn("votes.total", n)}</span>
              </span>
            </li>
          ))}
      </ol>
      {waiting > 0 && <p class="quiet small">{sn("votes.without", waiting)}</p>}
    </section>
  );
}

export function Votes(props: VotesProps) {
  const { session, phase, group, ours, names, used, votes } = props;
  const { clusters, votes_each, voted = 0, totals = [], waiting = 0 } = ours.body;
  const mine = useSignal<readonly number[] | null>(null);
  useEffect(() => {
    mine.value = null;
  }, [votes, mine]);
  if (totals.length > 0) return <Revealed {...props} />;
  const placed = mine.value ?? votes ?? [];
  const left = votes_each - placed.reduce((sum, one) => sum + one, 0);
  const dot = async (pile: number, by: 1 | -1): Promise<void> => {
    const next = dotted(placed, pile, by, votes_each, clusters);
    mine.value = next;
    const body = { type: "CastVotes" as const, group, votes: next };
    if (!(await wish({ session, phase, body, refused: whyNot }))) mine.value = null;
  };
  const shown = [...new Set([...used, ...names.flatMap((name, at) => (name ? [at + 1] : []))])].sort((a, b) => a - b);
  if (shown.length === 0) return null;
  return (
    <section class="panel stack fill votes">
      <div class="above-panel">
        <h2>{s("votes.title")}</h2>
        <SeenBy who="me" />
      </div>
      <p class="quiet">{s("votes.lead")}</p>
      <ul class="ballot">
        {shown.map((pile) => {
          const name = names[pile - 1] || s("board.pile", { n: pile });
          const n = placed[pile - 1] ?? 0;
          return (
            <li key={pile}>
              <span class="book">{name}</span>
              <span class="stepper">
                <Button label={s("votes.take", { pile: name })} busy={n === 0} onPress={() => void dot(pile, -1)}>
                  −
                </Button>
                <span class="placed">
                  <Dots n={n} />
                  <span class="unseen">{s("votes.yours", { n })}</span>
                </span>
                <Button label={s("votes.add", { pile: name })} busy={left <= 0} onPress={() => void dot(pile, 1)}>
                  +
                </Button>
              </span>
            </li>
          );
        })}
      </ul>
      <p class="numerals small" role="status">
        {left > 0 ? sn("votes.left", left) : s("votes.none_left")}
        {" · "}
        {s("votes.so_far", { voted, all: voted + waiting })}
      </p>
      {voted >= 2 && (
        <Button
          kind={waiting === 0 ? "primary" : "outline"}
          onPress={() => void wish({ session, phase, body: { type: "RevealVotes", group }, refused: whyNot })}
        >
          {s("votes.reveal")}
        </Button>
      )}
      {voted >= 2 && waiting > 0 && <p class="quiet small">{sn("votes.would_miss", waiting)}</p>}
    </section>
  );
}
