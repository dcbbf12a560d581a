/** Writing in three boxes; every field says who sees it, and grows with what is written. */

import { SharedField } from "../../documents/editor/field";
import { History } from "../../documents/editor/history";
import { type Seen, SeenBy } from "../../ui/parts";
import { configOf, type Limits } from "./desk";
import { wordCount } from "./hints";
import { useVignette } from "./text";
import type { PhaseHere } from "../../state/day";
import { w, type Word } from "./words";

interface WriteProps {
  page: string;
  words: PhaseHere;
  limits: Limits;
  seen: readonly Seen[];
  /** Whether the text is mine: the author decides on remarks. */
  author: boolean;
  lang?: string;
}

const LABELS: Readonly<Record<string, Word>> = {
  title: "write.title",
  situation: "write.situation",
  stuck: "write.stuck",
  pull_a: "write.pull_a",
  pull_b: "write.pull_b",
  question: "write.question",
  roles: "write.roles",
  topic: "choose.own_topic",
};

function WholeCount({ page, limits }: Pick<WriteProps, "page" | "limits">) {
  const { situation, stuck, pull_a, pull_b, question } = useVignette(page);
  const n = wordCount([situation, stuck, pull_a, pull_b, question].join(" "));
  if (n === 0) return <p class="small quiet">{w("write.minimum")}</p>;
  return <p class="small quiet numerals">{w("write.whole", { n, from: limits.words_min, to: limits.words_max })}</p>;
}

export function Write({ page, words, limits, seen, author, lang }: WriteProps) {
  const prompts = configOf(words).prompts ?? {};
  const [field = "me"] = seen;
  // What the moderator sees is said once, above: beside each of seven fields it would drown their names.
  const shared = { page, seen: field, author, ...(lang ? { lang } : {}) };
  return (
    <div class="stack wide fill">
      <SeenBy who={seen} />
      <SharedField {...shared} name="title" label={w("write.title")} line hard={limits.title} />
      <SharedField
        {...shared}
        name="situation"
        label={w("write.situation")}
        {...(prompts["situation"] ? { hint: prompts["situation"] } : {})}
        soft={limits.situation_soft}
        hard={limits.situation}
        target={[limits.situation_words_min, limits.situation_words_max]}
      />
      <SharedField
        {...shared}
        name="stuck"
        label={w("write.stuck")}
        {...(prompts["stuck"] ? { hint: prompts["stuck"] } : {})}
        hard={limits.stuck}
        target={[limits.stuck_words_min, limits.stuck_words_max]}
      />
      <section class="pulls-to-write stack fill">
        <h2>{w("write.pulls")}</h2>
        {prompts["pulls"] && <p class="small quiet">{prompts["pulls"]}</p>}
        <SharedField {...shared} name="pull_a" label={w("write.pull_a")} line hard={limits.pull_a} />
        <SharedField {...shared} name="pull_b" label={w("write.pull_b")} line hard={limits.pull_b} />
        <SharedField
          {...shared}
          name="question"
          label={w("write.question")}
          {...(prompts["question"] ? { example: prompts["question"] } : {})}
          line
          hard={limits.question}
        />
      </section>
      <SharedField
        {...shared}
        name="roles"
        label={w("write.roles")}
        hint={w("write.roles_hint")}
        hard={limits.roles * (limits.role + 1)}
      />
      <WholeCount page={page} limits={limits} />
      <History page={page} fields={Object.entries(LABELS).map(([name, key]) => ({ name, label: w(key) }))} />
    </div>
  );
}
