/** Writes the licence of everything that the built client carries, fonts included, into one file beside it. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import type { Plugin } from "vite";

const MODULES = fileURLToPath(new URL("node_modules", import.meta.url));
const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\//;
/** Fonts come through the stylesheets, and are no modules of any script. */
const FONTS = "@fontsource-variable";

function licenceOf(name: string): string {
  const folder = join(MODULES, name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, string>;
  const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)(\.\w+)?$/i.test(one));
  const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license ?? "see the package"}`;
  return `${name} ${version ?? ""}\n${"=".repeat(60)}\n\n${text}\n`;
}

export function licences(): Plugin {
  return {
    name: "licences",
    apply: "build",
    generateBundle(_options, bundle) {
      const carried = new Set(readdirSync(join(MODULES, FONTS)).map((font) => `${FONTS}/${font}`));
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        for (const id of file.moduleIds) {
          const name = PACKAGE.exec(id)?.[1];
          if (name && existsSync(join(MODULES, name, "package.json"))) carried.add(name);
        }
      }
      const source = [...carried].sort().map(licenceOf).join("\n\n");
      this.emitFile({ type: "asset", fileName: "licences.txt", source });
    },
  };
}
