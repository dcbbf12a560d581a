/** One line to fill in, with its name above it, a hint, and the reason when it cannot stay like this. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface EntryProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string;
  problem?: string;
  type?: "text" | "date" | "search";
  autocomplete?: string;
  inputMode?: "text" | "numeric";
  maxLength?: number;
  suggestions?: readonly string[];
  code?: boolean;
  aside?: ComponentChildren;
}

export function Entry(props: EntryProps) {
  const { label, value, onInput, hint, problem, type = "text", suggestions, code, aside } = props;
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <div class="above">
        <label for={id}>{label}</label>
        {aside}
      </div>
      <input
        id={id}
        class={code ? "input code" : "input"}
        type={type}
        value={value}
        autocomplete={props.autocomplete ?? "off"}
        autocapitalize={code ? "characters" : undefined}
        spellcheck={code ? false : undefined}
        inputMode={props.inputMode}
        maxLength={props.maxLength}
        list={suggestions?.length ? `${id}-list` : undefined}
        aria-invalid={problem ? "true" : undefined}
        aria-describedby={described || undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {suggestions && suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((one) => (
            <option value={one} key={one} />
          ))}
        </datalist>
      )}
      {hint && !problem && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {problem && (
        <span class="problem" id={`${id}-problem`} role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
