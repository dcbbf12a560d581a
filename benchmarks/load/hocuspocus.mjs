// Hocuspocus as published, in memory, with nothing hooked in.

import { Server } from "@hocuspocus/server";

const server = new Server({ port: 0, address: "127.0.0.1", quiet: true });
await server.listen();
console.log(`port ${server.httpServer.address().port}`);
