/** A field whose words are a shared text: bound to its page, counted, marked with who sees it and whether it is saved. */

import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { counted, t } from "../locales";
import { useSession } from "../session/context";
import { type Seen, SeenBy } from "../ui/parts";
import { type Box, bind } from "./binding";
import { letters, words } from "./change";
import type { OpenPage } from "./page";
import { usePage } from "./pages";

interface FieldProps {
  page: string;
  name: string;
  label: string;
  seen: Seen | readonly Seen[];
  hint?: string;
  /** Letters after which the counter speaks up, and after which nothing more can be typed. */
  soft?: number;
  hard?: number;
  /** One line instead of a text. */
  line?: boolean;
  countWords?: boolean;
}

const NEARLY = 40;

function counter(length: number, soft: number | undefined, hard: number | undefined): string {
  if (hard !== undefined && length >= hard) return t("field.full");
  if (soft !== undefined && length > soft) return t("field.long", { n: length - soft });
  if (hard !== undefined && hard - length <= NEARLY) return t("field.left", { n: hard - length });
  return "";
}

/** Says quietly when this text is not on the server; silence means saved. */
export function TextMark({ page }: { page: OpenPage }) {
  const mark = page.mark.value;
  if (mark === "saved" || mark === "opening") return null;
  if (mark === "kept") return <span class="save-mark offline">{t("refused.phase_closed")}</span>;
  return <span class={`save-mark ${mark}`}>{t(`mark.${mark}`)}</span>;
}

export function TextField(props: FieldProps) {
  const { label, seen, hint, soft, hard, line } = props;
  const session = useSession();
  const page = usePage(session, props.page);
  const id = useId();
  const box = useRef<Box>(null);
  const value = useSignal("");
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const text = page.text(props.name);
    const look = (): void => {
      value.value = text.toString();
    };
    look();
    text.observe(look);
    const unbind = bind(text, element, hard === undefined ? {} : { hard });
    return () => {
      unbind();
      text.unobserve(look);
    };
  }, [page, props.name, hard, value]);
  const locked = page.right.value === "read" || page.right.value === "none" || !page.ready.value;
  const shared = {
    id,
    readOnly: locked,
    "aria-describedby": `${id}-hint ${id}-count`,
    "aria-busy": page.mark.value === "opening",
    autocomplete: "off",
  };
  return (
    <div class="field">
      <div class="above">
        <label for={id}>{label}</label>
        <SeenBy who={seen} />
      </div>
      {hint && (
        <span class="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {line ? (
        <input {...shared} class="input" type="text" ref={(element) => void (box.current = element)} />
      ) : (
        <textarea {...shared} class="input book" rows={4} ref={(element) => void (box.current = element)} />
      )}
      <div class="below">
        <span class="numerals" id={`${id}-count`}>
          {counter(letters(value.value), soft, hard) ||
            (props.countWords ? counted("field.words", words(value.value)) : "")}
        </span>
        <TextMark page={page} />
      </div>
    </div>
  );
}

/** What a page says, for reading again: in the book face, without a frame. */
export function Written({ page: name, field }: { page: string; field: string }) {
  const session = useSession();
  const page = usePage(session, name);
  const value = useSignal("");
  useEffect(() => {
    const text = page.text(field);
    const look = (): void => {
      value.value = text.toString();
    };
    look();
    text.observe(look);
    return () => text.unobserve(look);
  }, [page, field, value]);
  return value.value ? <p class="written">{value.value}</p> : null;
}
