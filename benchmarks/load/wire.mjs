// The thinnest Socket.IO client (msgpack, WebSocket only): so thin that a thousand of them do not hide the server they measure.

import { randomBytes } from "node:crypto";
import net from "node:net";
import { inflateSync } from "node:zlib";

const SQUEEZED = 0x78;
const MASK = Buffer.from([0, 0, 0, 0]);

/** One final client frame; the mask is zero, which is legal and costs nothing. */
function clientFrame(opcode, body) {
  const size = body.length;
  const head =
    size < 126
      ? Buffer.from([0x80 | opcode, 0x80 | size])
      : Buffer.from([0x80 | opcode, 0x80 | 126, size >> 8, size & 255]);
  return Buffer.concat([head, MASK, body]);
}

export class Wire {
  /** `onBinary(frameBody)` hears every binary message, `onText(string)` every other one. */
  constructor({ port, path, onBinary, onText, onClose }) {
    this.onBinary = onBinary;
    this.onText = onText;
    this.onClose = onClose;
    this.pending = null;
    this.upgraded = false;
    this.socket = net.connect({ host: "127.0.0.1", port, noDelay: true });
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    this.socket.on("data", (bytes) => this.#receive(bytes));
    this.socket.on("error", () => {});
    this.socket.on("close", () => this.onClose?.());
  }

  sendText(text) {
    this.socket.write(clientFrame(1, Buffer.from(text)));
  }

  sendBinary(body) {
    this.socket.write(clientFrame(2, body));
  }

  close() {
    this.socket.destroy();
  }

  #receive(bytes) {
    if (this.pending !== null) {
      bytes = Buffer.concat([this.pending, bytes]);
      this.pending = null;
    }
    if (!this.upgraded) {
      const end = bytes.indexOf("\r\n\r\n");
      if (end < 0) {
        this.pending = bytes;
        return;
      }
      if (!bytes.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101"))) throw new Error(bytes.toString("latin1"));
      this.upgraded = true;
      bytes = bytes.subarray(end + 4);
    }
    let at = 0;
    while (bytes.length - at >= 2) {
      let size = bytes[at + 1] & 127;
      let body = at + 2;
      if (size === 126) {
        if (bytes.length - at < 4) break;
        size = bytes.readUInt16BE(at + 2);
        body = at + 4;
      } else if (size === 127) {
        if (bytes.length - at < 10) break;
        size = Number(bytes.readBigUInt64BE(at + 2));
        body = at + 10;
      }
      if (bytes.length < body + size) break;
      const opcode = bytes[at] & 15;
      const message = bytes.subarray(body, body + size);
      if (opcode === 2) this.onBinary(message[0] === SQUEEZED ? inflateSync(message) : message);
      else if (opcode === 1) this.onText(message.toString());
      else if (opcode === 9) this.socket.write(clientFrame(10, message));
      at = body + size;
    }
    if (at < bytes.length) this.pending = bytes.subarray(at);
  }
}

/** Opens a Socket.IO session; `connect` and `received` are already encoded or left so, `onEvent(body)` hears what comes after the welcome. */
export function openSession({ port, connectPacket, onEvent }) {
  return new Promise((resolve, reject) => {
    let welcomed = false;
    const wire = new Wire({
      port,
      path: "/socket.io/?EIO=4&transport=websocket",
      onText(text) {
        if (text[0] === "0") wire.sendBinary(connectPacket);
        else if (text[0] === "2") wire.sendText("3");
      },
      onBinary(body) {
        if (welcomed) onEvent(body, wire);
        else {
          welcomed = true;
          resolve(wire);
        }
      },
      onClose: () => reject(new Error("closed")),
    });
  });
}
