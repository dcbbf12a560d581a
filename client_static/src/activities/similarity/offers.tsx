/** What I could give and what I would want: lines for my group, and words of the path that can meet others'. */

import { useSignal } from "@preact/signals";
import { TextField } from "../../documents/field";
import type { MemberOffers, SimilarityForPerson } from "../../protocol/generated";
import { nameOf } from "../../state/day";
import { pack } from "../../state/path";
import { Chips } from "../../ui/choices";
import { Button, SeenBy } from "../../ui/parts";
import { wish } from "../wish";
import type { BoardProps } from "./board";
import { tagLabel } from "./tags";
import { s, whyNot } from "./words";

const MOST = 3;
const HARD = 490;

/** The words of the vocabulary, those of my own strengths first. */
function vocabulary(name: string, suggested: readonly string[]): { id: string; label: string }[] {
  const all = pack.value?.vocabularies?.[name] ?? [];
  const rank = (id: string): number => (suggested.includes(id) ? suggested.indexOf(id) : suggested.length);
  return [...all].sort((a, b) => rank(a.id) - rank(b.id)).map(({ id, label }) => ({ id, label }));
}

interface OffersProps extends BoardProps {
  mine: SimilarityForPerson;
  words: string;
}

function GroupOffers({ session, me, ours }: BoardProps) {
  const offers = ours.body.offers ?? [];
  const lines = (ids: readonly string[] | undefined): string[] =>
    (ids ?? []).flatMap((id) => Object.values(ours.texts[id] ?? {})).filter((line) => line.trim());
  const side = (one: MemberOffers, which: "gives" | "wants") => {
    const said = [...lines(which === "gives" ? one.offers : one.needs)];
    const tags = one[which] ?? [];
    if (said.length + tags.length === 0) return null;
    return (
      <div>
        <dt>{s(`offers.${which}`)}</dt>
        {said.map((line) => (
          <dd key={line}>{line}</dd>
        ))}
        {tags.length > 0 && <dd class="quiet small">{tags.map(tagLabel).join(" · ")}</dd>}
      </div>
    );
  };
  if (offers.length === 0) return <p class="quiet">{s("offers.quiet")}</p>;
  return (
    <ul class="exchange">
      {offers.map((one) => (
        <li key={one.person}>
          <h3>{one.person === me ? s("offers.you") : nameOf(session.views, one.person).name}</h3>
          <dl>
            {side(one, "gives")}
            {side(one, "wants")}
          </dl>
        </li>
      ))}
    </ul>
  );
}

export function Offers(props: OffersProps) {
  const { session, phase, mine, words } = props;
  const page = mine.offers;
  const gives = useSignal<string[]>(mine.shared?.gives ?? mine.suggested?.slice(0, MOST) ?? []);
  const wants = useSignal<string[]>(mine.shared?.wants ?? []);
  if (!page) return null;
  const share = (): void => {
    const body = { type: "ShareOffers" as const, page, gives: gives.value, wants: wants.value };
    void wish({ session, phase, body, refused: whyNot });
  };
  const tags = (which: typeof gives, legend: string) => (
    <Chips
      legend={legend}
      options={vocabulary(words, mine.suggested ?? [])}
      chosen={which.value}
      many
      onChoose={(chosen) => (which.value = chosen.slice(-MOST))}
    />
  );
  return (
    <div class="stack wide similarity">
      <section class="stack fill">
        <TextField
          page={page}
          name="offers"
          label={s("offers.give")}
          hint={s("offers.hint")}
          seen={mine.shared ? "group" : "me"}
          hard={HARD}
        />
        {tags(gives, s("offers.give_tags"))}
      </section>
      <section class="stack fill">
        <TextField
          page={page}
          name="needs"
          label={s("offers.want")}
          hint={s("offers.hint")}
          seen={mine.shared ? "group" : "me"}
          hard={HARD}
        />
        {tags(wants, s("offers.want_tags"))}
      </section>
      <p class="quiet small">{s("offers.tags_hint")}</p>
      <div class="row">
        <Button kind="primary" large onPress={share}>
          {mine.shared ? s("offers.update") : s("offers.share")}
        </Button>
        {mine.shared && (
          <Button
            kind="plain"
            onPress={() => void wish({ session, phase, body: { type: "WithdrawOffers" }, refused: whyNot })}
          >
            {s("offers.withdraw")}
          </Button>
        )}
      </div>
      {mine.shared && <p class="quiet">{s("offers.shared")}</p>}
      <section class="stack fill">
        <div class="above-panel">
          <h2>{s("offers.group")}</h2>
          <SeenBy who="group" />
        </div>
        <GroupOffers {...props} />
      </section>
    </div>
  );
}
