import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { networkOf } from "../auth/address";

export interface ConnectionLimits {
  /** Open connections from one address. A browser opens six, and many people may share an address. */
  perAddress: number;
  /** How long an answer may wait for its reader without a byte being taken. */
  stalledMs: number;
  /** How long a body may take until nobody waits for it any more; a door that reads it has answered by then. */
  bodyMs: number;
  /**
   * Answers that are made whole before the first byte is sent, pages above all, are held in memory until they are read: so many at a time for
   * each network. A page of much output takes some 10 MB while it is rendered.
   */
  wholeAnswers: number;
  /** The same for bodies that may be large while they are on their way. */
  largeBodies: number;
  /** How many requests of a network may wait for one of these, and how long. */
  mayWait: number;
  turnMs: number;
  /** How long the reader of an answer that was made whole may take. */
  readMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  perAddress: 256,
  stalledMs: 30_000,
  bodyMs: 25_000,
  wholeAnswers: 4,
  largeBodies: 3,
  mayWait: 200,
  turnMs: 15_000,
  readMs: 120_000,
};

/** Where many people at once are behind one address, each with a browser of several connections: a class that opens the same page. */
export const CROWD_LIMITS: ConnectionLimits = {
  ...CONNECTION_LIMITS,
  perAddress: 1_024,
  wholeAnswers: 16,
  largeBodies: 12,
  mayWait: 2_000,
  turnMs: 60_000,
};

/** Closes what a client holds open without using it. */
export interface Connections {
  opened(socket: Socket, server: Server): void;
  asked(request: IncomingMessage, response: ServerResponse): void;
  /** Behind a proxy all connections come from it, and it is the proxy that bounds those of its clients. */
  trustAddresses(): void;
}

export function watchConnections({ perAddress, stalledMs, bodyMs }: ConnectionLimits): Connections {
  const open = new Map<string, number>();
  const answers = new WeakMap<Socket, Set<ServerResponse>>();
  const watched = new WeakSet<Server>();
  let bounded = true;

  /** Node tells of a socket on which nothing has moved for `stalledMs`, in either direction. */
  function stalled(socket: Socket): void {
    const unread = socket.writableLength > 0;
    const busy = (answers.get(socket)?.size ?? 0) > 0;
    // An answer that is not made yet, such as that of a long run, is waited for.
    if (unread || !busy) socket.destroy();
  }

  return {
    trustAddresses() {
      bounded = false;
    },

    opened(socket, server) {
      if (!watched.has(server)) {
        watched.add(server);
        // For the sockets to come, and for each after a request that it was kept alive for.
        server.timeout = stalledMs;
        server.on("timeout", stalled);
      }
      socket.setTimeout(stalledMs);
      const address = networkOf(socket.remoteAddress ?? "");
      const count = (open.get(address) ?? 0) + 1;
      open.set(address, count);
      socket.once("close", () => {
        const left = (open.get(address) ?? 1) - 1;
        if (left === 0) open.delete(address);
        else open.set(address, left);
      });
      if (bounded && count > perAddress) socket.destroy();
    },

    asked(request, response) {
      const { socket } = request;
      const pending = answers.get(socket) ?? new Set();
      answers.set(socket, pending.add(response));
      response.once("close", () => pending.delete(response));
      if (!bodyOf(request)) return;
      const late = setTimeout(() => {
        if (!request.complete) socket.destroy();
      }, bodyMs);
      const over = () => clearTimeout(late);
      request.once("end", over).once("close", over);
    },
  };
}

function bodyOf({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
}
