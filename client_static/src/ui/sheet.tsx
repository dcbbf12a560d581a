/** A sheet over the page: the browser's own dialog, so that focus, Escape and screen readers behave. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../locales";
import { Announcer } from "./announcer";
import { useLayer } from "./layers";

interface SheetProps {
  title: string;
  open: boolean;
  onClose: () => void;
  /** Comes by itself: the keys that are on their way must not press its button. */
  calm?: boolean;
  children: ComponentChildren;
}

export function Sheet({ title, open, onClose, calm, children }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) {
      element.showModal();
      if (calm) heading.current?.focus();
    }
    if (!open && element.open) element.close();
  }, [open, calm]);
  useLayer(open, onClose);
  return (
    <dialog
      ref={dialog}
      class="sheet"
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div class="stack wide">
        <div class="sheet-head">
          <h2 id={id} tabIndex={calm ? -1 : undefined} ref={heading}>
            {title}
          </h2>
          <button type="button" class="sheet-close" aria-label={t("sheet.close")} onClick={onClose}>
            <svg viewBox="0 0 20 20" aria-hidden="true">
              <path d="M5 5l10 10M15 5L5 15" />
            </svg>
          </button>
        </div>
        {children}
      </div>
      {open && <Announcer />}
    </dialog>
  );
}
