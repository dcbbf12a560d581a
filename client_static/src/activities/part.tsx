/** One part of what somebody made, for reading again: a heading only where there are words under it. */

import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { Written } from "../documents/field";
import { usePage } from "../documents/pages";
import { useSession } from "../session/context";
import type { Session } from "../session/session";

/** What one field of a page says now. */
export function useField(session: Session, name: string, field: string): string {
  const page = usePage(session, name);
  const words = useSignal(page.text(field).toString());
  useEffect(() => {
    const look = (): void => {
      words.value = page.text(field).toString();
    };
    look();
    page.doc.on("update", look);
    return () => page.doc.off("update", look);
  }, [page, field]);
  return words.value;
}

interface PartProps {
  title: string;
  page: string;
  field: string;
  /** Who sees it, beside the heading. */
  aside?: ComponentChildren;
}

export function Part({ title, page, field, aside }: PartProps) {
  const words = useField(useSession(), page, field);
  if (!words.trim()) return null;
  return (
    <section class="stack tight fill">
      <div class="row">
        <h3>{title}</h3>
        {aside}
      </div>
      <Written page={page} field={field} />
    </section>
  );
}

/** What was written, or that there is nothing to keep. */
export function WrittenOr({ page, field, none }: { page: string; field: string; none: string }) {
  const words = useField(useSession(), page, field);
  return words.trim() ? <Written page={page} field={field} /> : <p class="quiet">{none}</p>;
}
