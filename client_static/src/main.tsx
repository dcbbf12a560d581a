import { render } from "preact";
import { preferred, speak } from "./locales";
import { App } from "./shell/app";
import { listen } from "./shell/router";
import "./ui/tokens.css";
import "./ui/page.css";
import "./ui/buttons.css";
import "./ui/fields.css";
import "./ui/sheet.css";
import "./ui/parts.css";
import "./shell/front.css";

const LETTERS_AFTER_MS = 60;

async function begin(): Promise<void> {
  const root = document.getElementById("app");
  if (!root) throw new Error("the page has no place for the app");
  // A catalogue that cannot be fetched must not keep the page empty: English is built in.
  await speak(preferred()).catch((error: unknown) => console.info("shown in English for now", error));
  listen();
  render(<App />, root);
  setTimeout(() => void import("./ui/fonts.css"), LETTERS_AFTER_MS);
  // Service workers exist only in secure contexts: on a phone in the local network there is none, and nothing depends on it.
  if ("serviceWorker" in navigator && import.meta.env.PROD) {
    navigator.serviceWorker.register("/sw.js").catch((error: unknown) => console.info("no offline shell here", error));
  }
}

void begin();
