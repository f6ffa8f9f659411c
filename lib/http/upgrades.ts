import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { AppError } from "../errors";

/** A listener of Node's `upgrade` event. */
export type Upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/**
 * Answers a request as if it had not asked to upgrade, which HTTP allows. Node has given the connection up by now, so the request is put back,
 * without its wish, and the connection given to the server once more.
 */
export function withoutUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method = "GET", url = "/", httpVersion, rawHeaders } = request;
  let text = `${method} ${url} HTTP/${httpVersion}\r\n`;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    if (name.toLowerCase() !== "upgrade") text += `${name}: ${rawHeaders[at + 1] ?? ""}\r\n`;
  }
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, "latin1"), head]));
  server.emit("connection", socket);
}

/** `noun` is what there is at that address. */
export function notWebSocket(noun = "terminal"): AppError {
  return new AppError(
    "invalid_request",
    `A ${noun} speaks WebSocket, version 13; connect with a client for that.`,
  );
}
