/** What may be opened: its content is made only then, so that a page behind it is not fetched for nothing. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

interface FoldProps {
  title: string;
  open?: boolean;
  children: ComponentChildren;
}

export function Fold({ title, open = false, children }: FoldProps) {
  const shown = useSignal(open);
  return (
    <details class="fill" open={open} onToggle={(event) => (shown.value = event.currentTarget.open)}>
      <summary>{title}</summary>
      {shown.value && children}
    </details>
  );
}
