/** The frame of the pages in front of the workshop: the name, the language, and whose machine this is. */

import type { ComponentChildren } from "preact";
import { choose, isLanguage, LANGUAGES, language, languageName, t } from "../locales";
import { Motif } from "../ui/parts";
import { go } from "./router";

export function LanguagePicker() {
  return (
    <label>
      <span class="unseen">{t("app.language")}</span>
      <select
        class="language"
        value={language.value}
        onChange={(event) => {
          const wanted = event.currentTarget.value;
          if (isLanguage(wanted)) void choose(wanted);
        }}
      >
        {LANGUAGES.map((code) => (
          <option value={code} key={code} lang={code}>
            {languageName(code)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Wordmark() {
  return (
    <a
      class="wordmark"
      href="/"
      onClick={(event) => {
        event.preventDefault();
        go("/");
      }}
    >
      <span class="little">
        <Motif />
      </span>
      {t("app.name")}
    </a>
  );
}

export function Front({ children }: { children: ComponentChildren }) {
  return (
    <div class="front">
      <header>
        <Wordmark />
        <LanguagePicker />
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <footer>
        <p>{t("app.self_hosted")}</p>
      </footer>
    </div>
  );
}
