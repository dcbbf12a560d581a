/** The guide: one question at a time, moved by a thumb or by two buttons, and the small questions that keep a story going. */

import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { t } from "../../locales";
import type { InterviewQuestion } from "../../protocol/generated";
import { Button } from "../../ui/parts";

interface GuideProps {
  questions: readonly InterviewQuestion[];
  probes: readonly string[];
}

export function Guide({ questions, probes }: GuideProps) {
  const at = useSignal(0);
  const strip = useRef<HTMLOListElement>(null);
  const go = (to: number): void => {
    at.value = Math.max(0, Math.min(questions.length - 1, to));
    const card = strip.current?.children[at.value] as HTMLElement | undefined;
    strip.current?.scrollTo({ left: card?.offsetLeft ?? 0 });
  };
  // Swiped by hand: the card in the middle of the strip is the one that is asked.
  const swiped = (): void => {
    const { current } = strip;
    if (current) at.value = Math.round(current.scrollLeft / Math.max(1, current.clientWidth));
  };
  if (questions.length === 0) return null;
  return (
    <section class="guide fill" aria-label={t("interview.guide")}>
      <ol class="guide-cards" ref={strip} onScroll={swiped} tabIndex={0}>
        {questions.map((question, number) => (
          <li key={question.id} aria-hidden={number !== at.value}>
            <p class="eyebrow">
              <span class="numerals">{t("top.of_day", { n: number + 1, all: questions.length })}</span> {question.title}
            </p>
            <p class="guide-question">{question.text}</p>
          </li>
        ))}
      </ol>
      <div class="guide-turn">
        <Button onPress={() => go(at.value - 1)} label={t("interview.question_back")} busy={at.value === 0}>
          <Arrow left />
        </Button>
        <span class="dots" aria-hidden="true">
          {questions.map((question, number) => (
            <i key={question.id} class={number === at.value ? "on" : ""} />
          ))}
        </span>
        <Button
          onPress={() => go(at.value + 1)}
          label={t("interview.question_next")}
          busy={at.value === questions.length - 1}
        >
          <Arrow />
        </Button>
      </div>
      {probes.length > 0 && <Probes probes={probes} />}
    </section>
  );
}

function Arrow({ left }: { left?: boolean }) {
  return (
    <svg class="arrow" viewBox="0 0 20 20" aria-hidden="true">
      <path d={left ? "M12.5 4l-6 6 6 6" : "M7.5 4l6 6-6 6"} />
    </svg>
  );
}

function Probes({ probes }: { probes: readonly string[] }) {
  const at = useSignal(0);
  return (
    <div class="probe">
      <p>
        <span class="quiet">{t("interview.probe")}</span> <span aria-live="polite">{probes[at.value]}</span>
      </p>
      <Button kind="plain" onPress={() => (at.value = (at.value + 1) % probes.length)}>
        {t("interview.probe_other")}
      </Button>
    </div>
  );
}
