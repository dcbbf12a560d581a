/** Writes the service worker with the names of the files that an opened workshop needs without a network. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const WORKER = fileURLToPath(new URL("src/worker/sw.js", import.meta.url));
/** The moderator's laptop and the projector fetch their own screens; a phone does not pay for them. */
const NOT_ON_PHONES = /^assets\/(console|projector|screen|moderator)/;

export function shellFiles(): Plugin {
  return {
    name: "shell-files",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const names = Object.keys(bundle)
          .filter((name) => /\.(js|css)$/.test(name) && name.startsWith("assets/") && !NOT_ON_PHONES.test(name))
          .sort()
          .map((name) => `/${name}`);
        const edition = createHash("sha256").update(names.join("\n")).digest("hex").slice(0, 12);
        const head = `const SHELL = "bc-shell-${edition}";\nconst SHELL_FILES = ${JSON.stringify(names)};\n`;
        this.emitFile({ type: "asset", fileName: "sw.js", source: head + readFileSync(WORKER, "utf8") });
      },
    },
  };
}
