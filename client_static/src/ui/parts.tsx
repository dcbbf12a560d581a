/** The small parts that every screen shares: buttons, the motif, marks, lists, and the page that waits or ends. */

import type { ComponentChildren, JSX } from "preact";
import type { Name } from "../protocol/frames";
import type { Mark } from "../session/mark";
import { type Key, t, timeOfDay } from "../locales";

interface ButtonProps {
  children: ComponentChildren;
  onPress?: () => void;
  kind?: "primary" | "outline" | "plain";
  large?: boolean;
  busy?: boolean;
  type?: "button" | "submit";
  label?: string;
  class?: string;
  pressed?: boolean;
  /** All of what is cut short on the button. */
  title?: string;
}

/** A primary button says what it will do. A busy one keeps its place and its focus. */
export function Button({
  children,
  onPress,
  kind = "outline",
  large,
  busy,
  type = "button",
  label,
  pressed,
  title,
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      class={`button ${kind} ${large ? "large" : ""} ${rest.class ?? ""}`}
      aria-disabled={busy ? "true" : undefined}
      aria-label={label}
      aria-pressed={pressed}
      title={title}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onPress?.();
      }}
    >
      {children}
    </button>
  );
}

/** Two forms that meet across a line. */
export function Motif({ title }: { title?: string }) {
  return (
    <svg class="motif" viewBox="22 2 76 92" aria-hidden={title ? undefined : "true"} role={title ? "img" : undefined}>
      {title && <title>{title}</title>}
      <path class="one" d="M57 14a34 34 0 0 0 0 68z" />
      <path class="two" d="M63 14h14a20 20 0 0 1 20 20v28a20 20 0 0 1-20 20H63z" />
      <path class="across" d="M60 0v96" />
    </svg>
  );
}

export type Seen =
  "me" | "partner" | "co_writers" | "reader" | "author" | "group" | "room" | "moderator_state" | "moderator";

const EYES: Record<Seen, JSX.Element> = {
  me: <circle cx="10" cy="10" r="4" fill="currentColor" />,
  partner: (
    <>
      <circle cx="6" cy="10" r="3.5" fill="currentColor" />
      <circle cx="14" cy="10" r="3.5" fill="none" stroke="currentColor" stroke-width="1.5" />
    </>
  ),
  co_writers: (
    <>
      <circle cx="6" cy="10" r="3.5" fill="currentColor" />
      <circle cx="14" cy="10" r="3.5" fill="currentColor" />
    </>
  ),
  reader: (
    <>
      <circle cx="14" cy="10" r="3.5" fill="currentColor" />
      <circle cx="6" cy="10" r="3.5" fill="none" stroke="currentColor" stroke-width="1.5" />
    </>
  ),
  author: (
    <>
      <circle cx="6" cy="10" r="3.5" fill="currentColor" />
      <circle cx="14" cy="10" r="3.5" fill="none" stroke="currentColor" stroke-width="1.5" />
    </>
  ),
  moderator: (
    <>
      <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.5" />
      <circle cx="10" cy="10" r="3.5" fill="currentColor" />
    </>
  ),
  group: (
    <>
      <circle cx="10" cy="5.5" r="3" fill="currentColor" />
      <circle cx="5" cy="13.5" r="3" fill="none" stroke="currentColor" stroke-width="1.5" />
      <circle cx="15" cy="13.5" r="3" fill="none" stroke="currentColor" stroke-width="1.5" />
    </>
  ),
  room: (
    <>
      <circle cx="10" cy="10" r="2.5" fill="currentColor" />
      <circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="1.5" />
    </>
  ),
  moderator_state: (
    <>
      <circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.5 2.5" />
      <circle cx="10" cy="10" r="2" fill="currentColor" />
    </>
  ),
};

/** What others see of it: a small, constant mark beside every field. */
export function SeenBy({ who }: { who: Seen | readonly Seen[] }) {
  const all = typeof who === "string" ? [who] : who;
  const words = all.map((one) => t(`seen.${one}`)).join(" · ");
  return (
    <span class="seen-by" title={t("seen.label", { who: words })}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {EYES[all[0] ?? "me"]}
      </svg>
      <span class="unseen">{t("seen.label", { who: words })}</span>
      <span aria-hidden="true">{words}</span>
    </span>
  );
}

const SIGNS: Record<Mark["state"], string> = {
  saved: "M3 8.5l3.2 3.2L13 5",
  back: "M3 8.5l3.2 3.2L13 5",
  ready: "M3 8.5l3.2 3.2L13 5",
  connecting: "M3.5 8h.01M8 8h.01M12.5 8h.01",
  saving: "M8 13V3.5M4.5 7L8 3.5 11.5 7",
  kept: "M4.5 7V5.5a3.5 3.5 0 0 1 7 0V7M3.5 7h9v6h-9z",
  offline: "M3 3l10 10M5 11.5h6.5a2.5 2.5 0 0 0 .6-4.9M9.5 4.2A4 4 0 0 0 4.6 7 2.4 2.4 0 0 0 3.4 11",
};

export function markWords(mark: Mark): string {
  switch (mark.state) {
    case "saved":
      return t("mark.saved", { time: timeOfDay(mark.at_ms) });
    case "saving":
      return t(mark.keeps ? "mark.saving" : "mark.saving_open");
    case "offline":
      if (!mark.keeps && mark.pending > 0) return t("mark.offline_open");
      return mark.pending > 0 ? t("mark.offline_n", { n: mark.pending }) : t("mark.offline");
    default:
      return t(`mark.${mark.state}`);
  }
}

/** The state of my words, always in sight. */
export function SaveMark({ mark }: { mark: Mark }) {
  return (
    <span class={`save-mark numerals ${mark.state}`} data-state={mark.state}>
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      >
        <path d={SIGNS[mark.state]} />
      </svg>
      {markWords(mark)}
    </span>
  );
}

export function People({ people }: { people: readonly Name[] }) {
  return (
    <ul class="people">
      {people.map((person, at) => (
        <li key={`${person.name}${at}`}>
          <span class="name">{person.name}</span>
          {person.school && <span class="from">{person.school}</span>}
        </li>
      ))}
    </ul>
  );
}

/** Drawn by the server, so that no page needs a library for it. */
export function QR({ text, label }: { text: string; label: string }) {
  return <img class="qr" src={`/api/qr?text=${encodeURIComponent(text)}`} alt={label} width="240" height="240" />;
}

/** Waiting is dignified: what we wait for, and what can be done meanwhile. */
export function Waiting({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="stack waiting" role="status">
      <Motif />
      <h1 class="prompt" tabIndex={-1}>
        {title}
      </h1>
      {children && <p class="lead">{children}</p>}
    </div>
  );
}

interface EndingProps {
  title: Key;
  advice: Key;
  detail?: string;
  children?: ComponentChildren;
}

/** The end of a road: what happened, and what to do now. */
export function Ending({ title, advice, detail, children }: EndingProps) {
  return (
    <div class="stack wide narrow">
      <Motif />
      <h1 tabIndex={-1}>{t(title)}</h1>
      <p class="lead">{t(advice)}</p>
      {detail && <p class="small quiet">{detail}</p>}
      {children && <div class="row">{children}</div>}
    </div>
  );
}
