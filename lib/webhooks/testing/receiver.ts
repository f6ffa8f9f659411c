import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  method: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Somebody's server that webhooks lead to, on this machine. */
export interface Receiver {
  url: string;
  received: Received[];
  /** What it answers from now on, the last one again and again. `redirect` leads to `url`. */
  answer(...statuses: number[]): void;
  /** Resolves when so many requests have come. */
  until(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const waiting = new Set<() => void>();
  let statuses: number[] = [200];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", headers } = request;
      received.push({ method, headers, body: Buffer.concat(chunks).toString("utf8") });
      const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
      response
        .writeHead(status, status >= 300 && status < 400 ? { location: "/elsewhere" } : {})
        .end("heard");
      for (const look of waiting) look();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answer(...next) {
      statuses = next;
    },
    until: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A port of this machine that nobody listens to. */
export async function closedPort(): Promise<number> {
  const { url, close } = await openReceiver();
  await close();
  return Number(new URL(url).port);
}
