import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import securityHeaders from "./security-headers.json" with { type: "json" };
import { standalonePolicy } from "./standalone-page";

/**
 * Gives an answer, whoever makes it, the headers that all have. Pages have a policy with this answer's nonce, from `proxy.ts`. What Next.js
 * sends without asking that, such as its own error pages, gets one here that lets nothing run.
 */
export function setDefaultHeaders(response: ServerResponse): void {
  for (const { key, value } of securityHeaders.everywhere) response.setHeader(key, value);
  const { writeHead } = response;
  response.writeHead = ((status: number, ...rest: [OutgoingHttpHeaders?]) => {
    const given = rest[0]?.["content-type"] ?? rest[0]?.["Content-Type"];
    const type = String(given ?? response.getHeader("content-type") ?? "");
    if (type.startsWith("text/html") && !response.hasHeader("content-security-policy"))
      response.setHeader("Content-Security-Policy", standalonePolicy(false));
    return writeHead.call(response, status, ...rest);
  }) as typeof writeHead;
}

/** Node's own answers to what is no HTTP, with our headers. */
export function refuseGarbage(error: NodeJS.ErrnoException, socket: Socket): void {
  const answering = socket.writableLength > 0;
  if (!socket.writable || answering || error.code === "ECONNRESET") {
    socket.destroy();
    return;
  }
  const status = GARBAGE[error.code ?? ""] ?? "400 Bad Request";
  const headers = [...securityHeaders.everywhere, ...securityHeaders.api];
  const lines = headers.map(({ key, value }) => `${key}: ${value}\r\n`).join("");
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n${lines}\r\n`);
}

const GARBAGE: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};
