import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { PEER_HEADER } from "../auth/address";
import { prefers } from "./accept-encoding";
import securityHeaders from "./security-headers.json" with { type: "json" };

/** An answer from this size on is worth compressing. */
const COMPRESS_FROM_BYTES = 32_768;

const compressed = promisify(gzip);

/** A request of Node's server, with its whole body, as route handlers take it; `body` is `false` for one that can have none. */
export async function webRequest(
  incoming: IncomingMessage,
  signal: AbortSignal,
  { body: hasBody = true } = {},
): Promise<Request> {
  const body = hasBody ? new Uint8Array(await bodyOf(incoming)) : null;
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] as string, incoming.rawHeaders[index + 1] as string);
  }
  // The connection's address is not among what was sent.
  headers.set(PEER_HEADER, String(incoming.headers[PEER_HEADER] ?? ""));
  const url = new URL(incoming.url ?? "/", "http://front.door");
  return new Request(url, { method: incoming.method ?? "GET", headers, body, signal });
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/**
 * Sends a route handler's answer, with the policy that Next.js would have added; the other security headers are on every answer. A large one is compressed. Server-sent
 * events are sent one by one as they are made, and never compressed; anything else is sent whole.
 */
export async function sendResponse(
  response: Response,
  outgoing: ServerResponse,
  acceptEncoding: string | undefined,
): Promise<void> {
  for (const { key, value } of securityHeaders.api) outgoing.setHeader(key, value);
  for (const [name, value] of response.headers) if (name !== "set-cookie") outgoing.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("Set-Cookie", cookies);
  outgoing.statusCode = response.status;
  if (response.body && response.headers.get("content-type")?.startsWith("text/event-stream")) {
    await sendPieces(response.body, outgoing);
  } else {
    await sendWhole(Buffer.from(await response.arrayBuffer()), outgoing, acceptEncoding);
  }
}

async function sendWhole(
  body: Buffer,
  outgoing: ServerResponse,
  acceptEncoding: string | undefined,
): Promise<void> {
  let sent = body;
  if (body.length >= COMPRESS_FROM_BYTES) {
    outgoing.appendHeader("Vary", "Accept-Encoding");
    if (prefers("gzip", acceptEncoding)) {
      sent = await compressed(body);
      outgoing.setHeader("Content-Encoding", "gzip");
    }
  }
  outgoing.setHeader("Content-Length", sent.length);
  outgoing.end(sent);
}

/** As fast as the client takes them, and no faster: the next piece is only asked for when the socket has room. */
async function sendPieces(body: ReadableStream<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  const reader = body.getReader();
  // Also ends a read that waits, so that a client who leaves while nothing happens is not waited for.
  outgoing.once("close", () => void reader.cancel().catch(() => {}));
  // The head goes along with the first piece, or alone when that is not there yet.
  const flush = setImmediate(() => outgoing.flushHeaders());
  for (;;) {
    const { done, value } = await reader.read();
    clearImmediate(flush);
    if (done) break;
    if (!outgoing.write(value) && !outgoing.destroyed) await roomOrClose(outgoing);
  }
  outgoing.end();
}

function roomOrClose(outgoing: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      outgoing.off("drain", settle).off("close", settle);
      resolve();
    };
    outgoing.on("drain", settle).on("close", settle);
  });
}
