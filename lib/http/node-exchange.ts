import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { PEER_HEADER } from "../auth/address";
import securityHeaders from "./security-headers.json" with { type: "json" };

/** An answer from this size on is worth compressing. */
const COMPRESS_FROM_BYTES = 32_768;

const compressed = promisify(gzip);

/** A request of Node's server, with its whole body, as route handlers take it. */
export async function webRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const body = await bodyOf(incoming);
  const headers = new Headers();
  for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
    headers.append(incoming.rawHeaders[index] as string, incoming.rawHeaders[index + 1] as string);
  }
  // The connection's address is not among what was sent.
  headers.set(PEER_HEADER, String(incoming.headers[PEER_HEADER] ?? ""));
  const url = new URL(incoming.url ?? "/", "http://front.door");
  return new Request(url, { method: incoming.method ?? "GET", headers, body: new Uint8Array(body), signal });
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Sends a route handler's answer, with the security headers that Next.js would have added and compressed where it would have. */
export async function sendResponse(
  response: Response,
  outgoing: ServerResponse,
  accepted: string | string[] = "",
): Promise<void> {
  let body: Buffer = Buffer.from(await response.arrayBuffer());
  for (const { key, value } of [...securityHeaders.everywhere, ...securityHeaders.api])
    outgoing.setHeader(key, value);
  for (const [name, value] of response.headers) if (name !== "set-cookie") outgoing.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) outgoing.setHeader("Set-Cookie", cookies);
  if (body.length >= COMPRESS_FROM_BYTES && String(accepted).includes("gzip")) {
    body = await compressed(body);
    outgoing.setHeader("Content-Encoding", "gzip");
    outgoing.setHeader("Vary", "Accept-Encoding");
  }
  outgoing.setHeader("Content-Length", body.length);
  outgoing.writeHead(response.status);
  outgoing.end(body);
}
