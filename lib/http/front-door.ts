import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { PEER_HEADER } from "../auth/address";
import securityHeaders from "./security-headers.json" with { type: "json" };

/** A larger body takes the ordinary way, where it is measured as it comes; at most programs are far smaller. */
const MAX_BODY_BYTES = 262_144;
/** An answer from this size on is worth compressing. */
const COMPRESS_FROM_BYTES = 32_768;

const compressed = promisify(gzip);

/**
 * Answers `POST path` before Next.js sees it; everything else, streams of events too, goes on to Next.js as ever. Next.js's way from a
 * socket to a route and back costs several times what our own part of a run does (ADR 10), and this one address is where it matters. It
 * is the same handler behind both doors: whoever cannot come in here comes in there.
 */
export function openFrontDoor(path: string, answer: (request: Request) => Promise<Response>): void {
  const known = new WeakSet<Server>();
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    if (known.has(server)) return;
    known.add(server);
    const others = server.listeners("request");
    server.removeAllListeners("request");
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      if (comesIn(request, path)) void receive(request, response, answer);
      else for (const listener of others) listener.call(server, request, response);
    });
  });
}

function comesIn({ method, url = "", headers }: IncomingMessage, path: string): boolean {
  const bytes = Number(headers["content-length"]);
  return (
    method === "POST" &&
    (url === path || url.startsWith(`${path}?`)) &&
    bytes <= MAX_BODY_BYTES &&
    !headers.accept?.includes("text/event-stream")
  );
}

async function receive(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: (request: Request) => Promise<Response>,
): Promise<void> {
  const gone = new AbortController();
  outgoing.on("close", () => {
    if (!outgoing.writableFinished) gone.abort();
  });
  try {
    const body = await bodyOf(incoming);
    const headers = new Headers();
    for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
      const name = incoming.rawHeaders[index] as string;
      headers.append(name, incoming.rawHeaders[index + 1] as string);
    }
    // What was noted of the connection stands here and not among what was sent.
    headers.set(PEER_HEADER, String(incoming.headers[PEER_HEADER] ?? ""));
    const url = new URL(incoming.url ?? "/", "http://front.door");
    const response = await answer(
      new Request(url, { method: "POST", headers, body: new Uint8Array(body), signal: gone.signal }),
    );
    await send(response, outgoing, incoming.headers["accept-encoding"]);
  } catch {
    // The client went away, or the body broke off: there is nobody to tell. What fails behind the door is answered there.
    outgoing.destroy();
  }
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function send(
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
