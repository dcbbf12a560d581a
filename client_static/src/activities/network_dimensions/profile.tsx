/** The profile picture: one line for each indicator, a form of its own for each person, and a table that says the same. */

import { listed } from "../../locales";
import type { Indicator } from "../../protocol/generated";
import { signed } from "../../ui/choices";
import {
  apart,
  type Marker,
  PLACES,
  type Picture,
  pictureOf,
  POLE_LEADING,
  type Row,
  type Wanted,
  WIDTH,
  xOf,
} from "./picture";
import { d, dn } from "./words";

export interface ProfileProps {
  indicators: readonly Indicator[];
  people: readonly (Wanted & { name: string })[];
  joint?: Readonly<Record<string, number>>;
}

const R = 8.5;

/** Disc, open square, triangle, open diamond, cross, ring: told apart without colour; three teams of two are six. */
export function Form({ which, x, y }: { which: number; x: number; y: number }) {
  if (which === 0) return <circle class="form-one" cx={x} cy={y} r={R - 1} />;
  if (which === 1) return <rect class="form-two" x={x - R + 2} y={y - R + 2} width={2 * R - 4} height={2 * R - 4} />;
  if (which === 3) return <path class="form-four" d={`M${x} ${y - R}l${R} ${R}l${-R} ${R}l${-R} ${-R}z`} />;
  if (which === 4) return <path class="form-five" d={`M${x - 6} ${y - 6}l12 12M${x + 6} ${y - 6}l-12 12`} />;
  if (which === 5) return <circle class="form-four" cx={x} cy={y} r={R - 2} />;
  return <path class="form-three" d={`M${x} ${y - R}l${R} ${2 * R - 2}h${-2 * R}z`} />;
}

function JointMark({ x, y }: { x: number; y: number }) {
  return <path class="form-joint" d={`M${x} ${y - 15}v30M${x - 7} ${y - 15}h14M${x - 7} ${y + 15}h14`} />;
}

function Star({ at }: { at: Marker }) {
  const x = at.x + (at.x > WIDTH - 40 ? -15 : 15);
  return <path class="form-star" d={starPath(x, at.y)} />;
}

function starPath(x: number, y: number): string {
  const points = Array.from({ length: 10 }, (_, at) => {
    const r = at % 2 === 0 ? 5.4 : 2.3;
    const angle = (Math.PI / 5) * at - Math.PI / 2;
    return `${(x + r * Math.cos(angle)).toFixed(2)} ${(y + r * Math.sin(angle)).toFixed(2)}`;
  });
  return `M${points.join("L")}z`;
}

function Line({ row, labelled = true }: { row: Row; labelled?: boolean }) {
  const { indicator, y, markers, joint } = row;
  const from = Math.min(...markers.map((one) => one.x));
  const to = Math.max(...markers.map((one) => one.x));
  return (
    <g>
      {labelled && (
        <text class="label" x={WIDTH / 2} y={row.top + 16} text-anchor="middle">
          {indicator.label}
        </text>
      )}
      <path class="axis" d={`M${xOf(-2)} ${y}H${xOf(2)}`} />
      {PLACES.map((place) => (
        <path class="axis" key={place} d={`M${xOf(place)} ${y - 4}v8`} />
      ))}
      {markers.length > 1 && to > from && <path class="between" d={`M${from} ${y}H${to}`} />}
      {markers.map((one) => (
        <g key={one.which}>
          <Form which={one.which} x={one.x} y={one.y} />
          {one.star && <Star at={one} />}
        </g>
      ))}
      {joint !== null && <JointMark x={xOf(joint)} y={y} />}
      {row.low.map((words, at) => (
        <text class="pole" key={words} x={4} y={row.poleY + at * POLE_LEADING}>
          {words}
        </text>
      ))}
      {row.high.map((words, at) => (
        <text class="pole" key={words} x={WIDTH - 4} y={row.poleY + at * POLE_LEADING} text-anchor="end">
          {words}
        </text>
      ))}
    </g>
  );
}

export function Drawn({ picture, words }: { picture: Picture; words: string }) {
  return (
    <svg class="profile" viewBox={`0 0 ${WIDTH} ${picture.height}`} role="img" aria-label={words}>
      {picture.rows.map((row) => (
        <Line row={row} key={row.indicator.id} />
      ))}
    </svg>
  );
}

/** One line by itself, where its name stands above it already. */
export function OneLine({
  indicator,
  people,
  joint = {},
}: Omit<ProfileProps, "indicators"> & { indicator: Indicator }) {
  const picture = pictureOf([indicator], people, joint, false);
  const names = listed(people.map((one) => one.name));
  return (
    <svg
      class="profile one"
      viewBox={`0 0 ${WIDTH} ${picture.height}`}
      role="img"
      aria-label={d("profile.describe_one", { names, apart: howFar(indicator.id, people) })}
    >
      {picture.rows.map((row) => (
        <Line row={row} key={row.indicator.id} labelled={false} />
      ))}
    </svg>
  );
}

export function Key({ people, joint }: { people: readonly { name: string }[]; joint: boolean }) {
  return (
    <ul class="key small">
      {people.map(({ name }, which) => (
        <li key={name}>
          <svg viewBox="0 0 20 20" class="profile" aria-hidden="true">
            <Form which={which} x={10} y={10} />
          </svg>
          {name}
        </li>
      ))}
      {joint && (
        <li>
          <svg viewBox="0 0 20 40" class="profile tall" aria-hidden="true">
            <JointMark x={10} y={20} />
          </svg>
          {d("profile.joint")}
        </li>
      )}
      <li>
        <svg viewBox="0 0 20 20" class="profile" aria-hidden="true">
          <path class="form-star" d={starPath(10, 10)} />
        </svg>
        {d("profile.star")}
      </li>
    </ul>
  );
}

function TableTwin({ indicators, people, joint = {} }: ProfileProps) {
  const place = (value: number | undefined): string => (value === undefined ? "–" : signed(value, -2));
  const withJoint = Object.keys(joint).length > 0;
  return (
    <div class="scroll-x" tabIndex={0} role="region" aria-label={d("profile.table")}>
      <table class="twin numerals">
        <thead>
          <tr>
            <th scope="col">{d("profile.line")}</th>
            {people.map(({ person, name }) => (
              <th scope="col" key={person}>
                {name}
              </th>
            ))}
            {withJoint && <th scope="col">{d("profile.joint")}</th>}
          </tr>
        </thead>
        <tbody>
          {indicators.map(({ id, label, low, high }) => (
            <tr key={id}>
              <th scope="row">
                {label}
                <span class="quiet small">
                  −2 {low}; +2 {high}
                </span>
              </th>
              {people.map(({ person, values, stars = [] }) => (
                <td key={person}>
                  {place(values[id])}
                  {stars.includes(id) && (
                    <>
                      <span aria-hidden="true"> ★</span>
                      <span class="unseen">, {d("profile.star")}</span>
                    </>
                  )}
                </td>
              ))}
              {withJoint && <td>{place(joint[id])}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Profile(props: ProfileProps) {
  const { indicators, people, joint = {} } = props;
  const picture = pictureOf(indicators, people, joint);
  const names = listed(people.map((one) => one.name));
  return (
    <figure class="profile-figure">
      <Key people={people} joint={Object.keys(joint).length > 0} />
      <Drawn picture={picture} words={d("profile.describe", { names, n: indicators.length })} />
      <details>
        <summary>{d("profile.table")}</summary>
        <TableTwin {...props} />
      </details>
    </figure>
  );
}

export function howFar(indicator: string, people: readonly Wanted[]): string {
  const far = apart(indicator, people);
  return far === 0 ? d("profile.alike") : dn("profile.apart", far);
}
