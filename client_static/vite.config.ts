import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { licences } from "./licences.ts";
import { shellFiles } from "./shell_files.ts";

const server = process.env["SERVER"] ?? "http://127.0.0.1:8000";

export default defineConfig({
  base: "/",
  plugins: [shellFiles(), licences()],
  // The golden vectors lie beside the protocol, outside the client's own folder.
  resolve: { alias: { "@protocol": fileURLToPath(new URL("../protocol", import.meta.url)) } },
  build: {
    outDir: "../server/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // A font inlined into the stylesheet would be paid for before the join button works.
    assetsInlineLimit: 0,
  },
  server: { proxy: { "/socket.io": { target: server, ws: true }, "/api": server } },
  test: { environment: "happy-dom", include: ["tests/**/*.test.{ts,tsx}", "src/**/*.test.{ts,tsx}"] },
});
