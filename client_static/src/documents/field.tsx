/** A field whose words are a shared text: bound to its page, counted, marked with who sees it and whether it is saved. */

import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import { counted, t } from "../locales";
import { useSession } from "../session/context";
import { type Seen, SeenBy } from "../ui/parts";
import { type Box, bind } from "./binding";
import { letters, words } from "./change";
import { Masked, useMask } from "./mask";
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
  if (mark === "kept") {
    const closed = page.refused.value === "read_only" || page.refused.value === "phase_closed";
    return <span class="save-mark kept">{t(closed ? "refused.phase_closed" : "mark.kept")}</span>;
  }
  const open = page.dirty.value && !page.copy.keeps.value;
  return <span class={`save-mark ${mark}`}>{t(open ? `mark.${mark}_open` : `mark.${mark}`)}</span>;
}

/** A field belongs to one page for as long as it stands: words meant for one table must never reach the next. */
export function TextField(props: FieldProps) {
  const masked = useMask(props.page, props.seen);
  if (masked !== null) return <Masked label={props.label} seen={props.seen} words={masked} />;
  return <OwnField key={`${props.page}#${props.name}`} {...props} />;
}

function OwnField(props: FieldProps) {
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
  const shared = {
    id,
    readOnly: page.locked.value,
    onFocus: () => page.takeInHand(),
    onBlur: () => page.letGo(),
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
export function Written({ page, field }: { page: string; field: string }) {
  const masked = useMask(page, "me");
  return masked === null ? <Read page={page} field={field} /> : <p class="quiet">{masked}</p>;
}

/** Everything that stands on a page, whatever its fields. */
export function WrittenPage({ page: name }: { page: string }) {
  const page = usePage(useSession(), name);
  const words = useSignal<readonly string[]>([]);
  useEffect(() => {
    const look = (): void => {
      words.value = Object.values(page.words());
    };
    look();
    page.doc.on("afterTransaction", look);
    return () => page.doc.off("afterTransaction", look);
  }, [page, words]);
  return words.value.map((text) => (
    <p class="written" key={text}>
      {text}
    </p>
  ));
}

function Read({ page: name, field }: { page: string; field: string }) {
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
