/** One connection to the server over whatever this network lets through: WebSocket, or long polling as its equal. */

import { signal } from "@preact/signals";
import { io, type Socket } from "socket.io-client";
import type { Asked, Bye, Hello, Told } from "../protocol/frames";
import { CLOSE_CODES } from "../protocol/frames";
import * as parser from "../protocol/parser";
import type { Shelf } from "./kept";
import type { Link } from "./mark";

const ANSWER_MS = 10_000;
/** A proxy that swallows WebSockets is given up after this, and polling goes first. */
const OPENING_MS = 5_000;
const RETRY_MS = 2_000;
const WORKED = "bc-transport";

type Transport = "websocket" | "polling";

/** What worked last time goes first: a school that refuses WebSockets refuses them tomorrow too. */
export function orderOf(remembered: string | null): Transport[] {
  return remembered === "polling" ? ["polling", "websocket"] : ["websocket", "polling"];
}

function isBye(value: unknown): value is Bye {
  return typeof value === "object" && value !== null && typeof (value as Partial<Bye>).code === "string";
}

/** The reason of a refused connection: in the error's data, or as its message. */
export function reasonOf(error: Error): Bye | null {
  const { data } = error as Error & { data?: unknown };
  if (isBye(data)) return { ...data, then: data.then ?? CLOSE_CODES[data.code] ?? "retry" };
  const then = CLOSE_CODES[error.message];
  return then ? { code: error.message, then } : null;
}

export class Connection {
  readonly link = signal<Link>("connecting");
  /** Why the server ended this for good, or null. */
  readonly ended = signal<Bye | null>(null);
  private readonly socket: Socket;
  private order: Transport[];
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(hello: Hello, origin: string, storage: Shelf) {
    this.order = orderOf(storage.getItem(WORKED));
    this.socket = io(origin, {
      parser,
      auth: { ...hello },
      transports: this.order,
      tryAllTransports: true,
      timeout: OPENING_MS,
      reconnectionDelay: 400,
      reconnectionDelayMax: 5_000,
      autoConnect: false,
      forceNew: true,
    });
    this.socket.on("connect", () => this.remember(storage));
    this.socket.on("connect_error", (error: Error) => this.refused(error));
    this.socket.on("disconnect", (reason) => this.lost(reason));
    this.on("welcome", () => {
      this.link.value = "live";
    });
    this.on("notice", ({ code }) => {
      this.link.value = code === "away" ? "away" : "live";
    });
    this.on("bye", (bye) => this.goodbye(bye));
  }

  start(): void {
    this.socket.connect();
  }

  stop(): void {
    clearTimeout(this.retry);
    this.socket.disconnect();
  }

  /** Begin again at once: a phone that woke holds a socket that nobody answers. */
  renew(): void {
    if (this.ended.value) return;
    this.socket.disconnect();
    this.socket.connect();
  }

  on<K extends keyof Told>(event: K, listener: (frame: Told[K]) => void): void {
    this.socket.on(event as string, listener as (frame: unknown) => void);
  }

  /** Rejects when no answer came; the server may or may not have acted. */
  ask<K extends keyof Asked>(event: K, frame: Asked[K]["frame"]): Promise<Asked[K]["answer"]> {
    if (!this.socket.connected) return Promise.reject(new Error("not connected"));
    return this.socket.timeout(ANSWER_MS).emitWithAck(event, frame) as Promise<Asked[K]["answer"]>;
  }

  private remember(storage: Shelf): void {
    const { engine } = this.socket.io;
    const keep = (): void => storage.setItem(WORKED, engine.transport.name);
    keep();
    engine.once("upgrade", keep);
  }

  private refused(error: Error): void {
    const reason = reasonOf(error);
    if (reason) return this.goodbye(reason);
    if (this.link.value !== "stopped") this.link.value = "offline";
    // Some proxies accept a WebSocket and then swallow it: the next attempt starts with the other transport.
    this.order = this.order.slice().reverse();
    this.socket.io.opts.transports = this.order;
    if (!this.socket.active) this.again();
  }

  private lost(reason: string): void {
    if (this.ended.value) return;
    this.link.value = "offline";
    if (reason === "io server disconnect") this.again();
  }

  private again(): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.socket.connect(), RETRY_MS * (0.5 + Math.random()));
  }

  private goodbye(bye: Bye): void {
    if (bye.then === "retry") {
      this.link.value = bye.code === "away" ? "away" : "offline";
      if (!this.socket.active) this.again();
      return;
    }
    this.ended.value = bye;
    this.link.value = "stopped";
    this.socket.disconnect();
  }
}
