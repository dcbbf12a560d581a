// y-websocket's own server as published, in memory.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { WebSocketServer } from "ws";

// The package exports only its client; its server stands beside that.
const require = createRequire(import.meta.url);
const packageFolder = dirname(require.resolve("y-websocket/package.json"));
const { setupWSConnection } = require(join(packageFolder, "bin", "utils.cjs"));

const http = createServer();
const sockets = new WebSocketServer({ server: http });
sockets.on("connection", setupWSConnection);
http.listen(0, "127.0.0.1", () => console.log(`port ${http.address().port}`));
