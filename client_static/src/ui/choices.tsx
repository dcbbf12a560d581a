/** Ways to choose that work with a thumb, a keyboard and a screen reader: native radios and boxes, dressed. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

export interface Option {
  id: string;
  label: string;
}

interface ChipsProps {
  legend: string;
  options: readonly Option[];
  chosen: readonly string[];
  onChoose: (chosen: string[]) => void;
  many?: boolean;
  aside?: ComponentChildren;
}

export function Chips({ legend, options, chosen, onChoose, many = false, aside }: ChipsProps) {
  const name = useId();
  const toggled = (id: string): string[] => {
    if (!many) return [id];
    return chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
  };
  return (
    <fieldset class="field">
      <div class="above">
        <legend>{legend}</legend>
        {aside}
      </div>
      <div class="chips">
        {options.map(({ id, label }) => (
          <label class="chip" key={id}>
            <input
              type={many ? "checkbox" : "radio"}
              name={name}
              value={id}
              checked={chosen.includes(id)}
              onChange={() => onChoose(toggled(id))}
            />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface SegmentedProps {
  legend: string;
  options: readonly Option[];
  chosen: string;
  onChoose: (chosen: string) => void;
}

export function Segmented({ legend, options, chosen, onChoose }: SegmentedProps) {
  const name = useId();
  return (
    <fieldset class="field">
      <legend class="legend">{legend}</legend>
      <div class="segments">
        {options.map(({ id, label }) => (
          <label key={id}>
            <input type="radio" name={name} value={id} checked={id === chosen} onChange={() => onChoose(id)} />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface ScaleProps {
  legend: string;
  /** 0 to 3, 0 to 4, or −2 to +2. */
  from: number;
  to: number;
  value: number | null;
  onChoose: (value: number) => void;
  /** What the two ends mean; colour never says it. */
  low: string;
  high: string;
  /** What each value means, for whoever hears the scale. */
  words?: readonly string[];
  aside?: ComponentChildren;
}

export function signed(value: number, from: number): string {
  if (from >= 0 || value === 0) return String(value);
  return value > 0 ? `+${value}` : `−${-value}`;
}

export function Scale({ legend, from, to, value, onChoose, low, high, words, aside }: ScaleProps) {
  const name = useId();
  const values = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  return (
    <fieldset class="field">
      <div class="above">
        <legend>{legend}</legend>
        {aside}
      </div>
      <div class="segments scale">
        {values.map((one, at) => (
          <label key={one}>
            <input
              type="radio"
              name={name}
              value={one}
              checked={one === value}
              aria-label={words?.[at] ? `${signed(one, from)}: ${words[at]}` : undefined}
              onChange={() => onChoose(one)}
            />
            {signed(one, from)}
          </label>
        ))}
      </div>
      <div class="ends">
        <span>{low}</span>
        <span>{high}</span>
      </div>
    </fieldset>
  );
}

interface TickProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ComponentChildren;
}

export function Tick({ checked, onChange, children }: TickProps) {
  return (
    <label class="tick">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}
