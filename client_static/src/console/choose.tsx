/** A native list to choose from, and the twin of every drag: choose, then press. */

import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { Button } from "../ui/parts";
import { w } from "./words";

interface Option {
  id: string;
  label: string;
}

interface ChooseProps {
  label: string;
  options: readonly Option[];
  value: string;
  onChoose: (id: string) => void;
}

export function Choose({ label, options, value, onChoose }: ChooseProps) {
  const id = useId();
  return (
    <div class="choose">
      <label for={id}>{label}</label>
      <select id={id} class="input" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value="">{w("person.choose")}</option>
        {options.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
    </div>
  );
}

export function ChooseAndDo({
  label,
  act,
  options,
  onDo,
}: {
  label: string;
  act: string;
  options: readonly Option[];
  onDo: (id: string) => void;
}) {
  const chosen = useSignal("");
  if (options.length === 0) return null;
  return (
    <div class="choose-and-do">
      <Choose label={label} options={options} value={chosen.value} onChoose={(id) => (chosen.value = id)} />
      <Button busy={!chosen.value} onPress={() => onDo(chosen.value)}>
        {act}
      </Button>
    </div>
  );
}
