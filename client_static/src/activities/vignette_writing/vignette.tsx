/** A vignette to read: the scene, what is stuck, two pulls that meet across a line, and the question. */

import { w } from "./words";

export type Words = Readonly<Record<string, string>>;

interface VignetteProps {
  words: Words;
  lang?: string | undefined;
  /** Who wrote it, or what may be said about that. */
  by?: string;
  about?: readonly string[];
  /** Under the heading of a phase, where its own title is one level down. */
  below?: boolean;
}

const rolesIn = (words: Words): string[] =>
  (words["roles"] ?? "")
    .split("\n")
    .map((role) => role.trim())
    .filter(Boolean);

export function Pulls({ words }: { words: Words }) {
  if (!words["pull_a"] && !words["pull_b"]) return null;
  return (
    <div class="two-pulls">
      <p>{words["pull_a"]}</p>
      <span class="across" aria-hidden="true" />
      <p>{words["pull_b"]}</p>
    </div>
  );
}

export function Vignette({ words, lang, by, about = [], below }: VignetteProps) {
  const roles = rolesIn(words);
  const tags = [...about, words["topic"]?.trim()].filter(Boolean);
  return (
    <article class="vignette" lang={lang || undefined}>
      <header>
        {below ? <h3 class="title">{words["title"]}</h3> : <h2>{words["title"]}</h2>}
        {by && <p class="quiet small">{by}</p>}
      </header>
      {words["situation"] && <div class="written prose">{words["situation"]}</div>}
      {words["stuck"] && <div class="written prose stuck">{words["stuck"]}</div>}
      <Pulls words={words} />
      {words["question"] && <p class="question">{words["question"]}</p>}
      {(roles.length > 0 || tags.length > 0) && (
        <footer class="small quiet">
          {roles.length > 0 && <p>{w("card.roles", { roles: roles.join(", ") })}</p>}
          {tags.length > 0 && <p>{tags.join(" · ")}</p>}
        </footer>
      )}
    </article>
  );
}
