// Socket.IO for Node, as published, with its msgpack parser: the peer for a phase change.

import { createServer } from "node:http";

import { Server } from "socket.io";
import parser from "socket.io-msgpack-parser";

const view = { phase: 2, step: "wheel", words: "x".repeat(360) };
const http = createServer();
const io = new Server(http, { parser, serveClient: false });
io.on("connection", (socket) => {
  socket.join("room");
  socket.on("move", () => io.to("room").emit("view", view));
});
http.listen(0, "127.0.0.1", () => console.log(`port ${http.address().port}`));
