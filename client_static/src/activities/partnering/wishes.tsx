/** Private wishes: how gladly with whom, and with whom not; deleted as soon as there is a partner. */

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { listed } from "../../locales";
import type { PartneringChoice, PartneringForPerson, Wish } from "../../protocol/generated";
import type { Session } from "../../session/session";
import { nameOf, type PhaseHere } from "../../state/day";
import { Entry } from "../../ui/entry";
import { Button, SeenBy, Waiting } from "../../ui/parts";
import { wish } from "../wish";
import { found, type Side, sideOf, vetoesLeft } from "./sides";
import { posters } from "./posters";
import { p, pn, whyNot } from "./words";

const LEVELS: readonly Wish[] = [0, 1, 2, 3];
const SEARCH_FROM = 6;

export interface PartneringProps {
  session: Session;
  phase: string;
  me: string;
  mine: PartneringForPerson;
  words: PhaseHere;
}

interface RowProps extends PartneringProps {
  choice: PartneringChoice;
  side: Side;
  level: Wish | undefined;
  vetoed: boolean;
  left: number;
  onWish: (level: Wish | null) => void;
  onVeto: (on: boolean) => void;
}

function Levels({ side, level, onWish }: Pick<RowProps, "side" | "level" | "onWish">) {
  const name = useId();
  return (
    <fieldset class="levels">
      <legend class="unseen">{p("wishes.legend", { name: side.label })}</legend>
      <div class="segments scale">
        {LEVELS.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name={name}
              value={one}
              checked={one === level}
              aria-label={`${one}: ${p(`wishes.level_${one}`)}`}
              onChange={() => onWish(one)}
            />
            {one}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Row({ session, choice, side, level, vetoed, left, onWish, onVeto }: RowProps) {
  const poster = posters(session, choice.people)[0];
  const close = choice.close ?? null;
  return (
    <li class={`wish ${vetoed ? "vetoed" : ""}`} data-unit={choice.unit}>
      <div class="who">
        <h2>{side.label}</h2>
        {side.people && <p class="quiet">{side.people}</p>}
        {poster && (
          <p class="poster">
            <span class="book">{poster.title}</span>
            {poster.a && poster.b && (
              <span class="small quiet">{p("wishes.between", { a: poster.a, b: poster.b })}</span>
            )}
          </p>
        )}
        {close !== null && <p class="small quiet">{p(`wishes.close_${Math.min(3, close) as Wish}`)}</p>}
      </div>
      <div class="choose">
        {!vetoed && <Levels side={side} level={level} onWish={onWish} />}
        <div class="told small">
          <span class="quiet" aria-live="polite">
            {vetoed ? p("wishes.vetoed") : level === undefined ? p("wishes.none_yet") : p(`wishes.level_${level}`)}
          </span>
          {level !== undefined && !vetoed && (
            <Button kind="plain" label={`${p("wishes.take_back")}: ${side.label}`} onPress={() => onWish(null)}>
              {p("wishes.take_back")}
            </Button>
          )}
          {(vetoed || left > 0) && (
            <Button
              kind="plain"
              class="veto"
              pressed={vetoed}
              label={`${p(vetoed ? "wishes.not_with_on" : "wishes.not_with")}: ${side.label}`}
              onPress={() => onVeto(!vetoed)}
            >
              {vetoed ? p("wishes.not_with_on") : p("wishes.not_with")}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

export function Wishes(props: PartneringProps) {
  const { session, phase, mine } = props;
  const { choices = [], wishes = {}, vetoes = [], vetoes_left = 0 } = mine;
  const wanted = useSignal("");
  const asked = useSignal<ReadonlyMap<string, Wish | null>>(new Map());
  const barred = useSignal<ReadonlyMap<string, boolean>>(new Map());
  const set = async (unit: string, level: Wish | null): Promise<void> => {
    asked.value = new Map(asked.value).set(unit, level);
    await wish({ session, phase, body: { type: "SetWishes", wants: { [unit]: level } }, refused: whyNot });
    const rest = new Map(asked.value);
    if (rest.get(unit) === level) rest.delete(unit);
    asked.value = rest;
  };
  const veto = async (unit: string, on: boolean): Promise<void> => {
    barred.value = new Map(barred.value).set(unit, on);
    await wish({ session, phase, body: { type: "SetVeto", unit, on }, refused: whyNot });
    const rest = new Map(barred.value);
    rest.delete(unit);
    barred.value = rest;
  };
  if (choices.length === 0) return <Waiting title={p("wishes.nobody")}>{p("wishes.nobody_do")}</Waiting>;
  const rows = choices
    .map((choice) => ({
      choice,
      side: sideOf(choice.unit, choice.people, (one) => nameOf(session.views, one), listed),
    }))
    .sort((a, b) => a.side.label.localeCompare(b.side.label));
  const shown = rows.filter(({ side }) => found(side, wanted.value));
  const left = vetoesLeft({ left: vetoes_left, vetoes }, barred.value);
  const level = (unit: string): Wish | undefined =>
    asked.value.has(unit) ? (asked.value.get(unit) ?? undefined) : (wishes[unit] as Wish | undefined);
  const made = choices.filter(({ unit }) => level(unit) !== undefined).length;
  return (
    <section class="stack wide fill" aria-label={p("wishes.open")}>
      <div class="private">
        <SeenBy who="me" />
        <p>{p("wishes.secret")}</p>
      </div>
      <p class="quiet">{p("wishes.lead")}</p>
      <dl class="legend-levels small">
        {LEVELS.map((one) => (
          <div key={one}>
            <dt class="numerals">{one}</dt>
            <dd>{p(`wishes.level_${one}`)}</dd>
          </div>
        ))}
      </dl>
      {rows.length >= SEARCH_FROM && (
        <Entry
          label={p("wishes.search")}
          type="search"
          value={wanted.value}
          onInput={(value) => (wanted.value = value)}
        />
      )}
      <ul class="wishes">
        {shown.map(({ choice, side }) => (
          <Row
            {...props}
            key={choice.unit}
            choice={choice}
            side={side}
            level={level(choice.unit)}
            vetoed={barred.value.get(choice.unit) ?? vetoes.includes(choice.unit)}
            left={left}
            onWish={(one) => void set(choice.unit, one)}
            onVeto={(on) => void veto(choice.unit, on)}
          />
        ))}
      </ul>
      {shown.length === 0 && <p class="quiet">{p("wishes.none_found")}</p>}
      <p class="small quiet">
        {pn("wishes.limit", vetoes_left + vetoes.length)} {mine.team.length > 1 && `${p("wishes.limit_team")} `}
        <span class="numerals">{left > 0 ? pn("wishes.left", left) : p("wishes.left_none")}</span>
      </p>
      <p class="numerals" role="status">
        {pn("wishes.made", made)}. <span class="quiet">{p("wishes.what_follows")}</span>
      </p>
    </section>
  );
}
