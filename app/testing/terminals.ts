/** Terminals of runs on a real server, with a scripted sandbox behind it. */
import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { after } from "node:test";
import { WebSocket } from "ws";
import { createGate } from "../../lib/http/gate";
import { hookNodeServer } from "../../lib/http/node-server";
import { createSocketDoor } from "../../lib/http/socket-door";
import { terminalSockets } from "../../lib/http/terminal-sockets";
import type { ErrorBody } from "../../lib/schemas/error";
import type { RunRequestInput } from "../../lib/schemas/run";
import { type Client, openRoutes } from "./routes";

export const routes = await openRoutes();
export const { sandbox, services } = routes;
export const door = createSocketDoor(async () => services, [terminalSockets()]);
export const node = hookNodeServer();
node.guard(
  createGate(services.env, async () => services),
  { proxied: false },
);
node.openWebSockets(door);
export const server = createServer((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => response.end(`${request.method} ${Buffer.concat(parts)}`));
});
// As Next.js does in production: it ends what it has a route for.
server.on("upgrade", (_request, socket) => socket.end());
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
export const { port } = server.address() as AddressInfo;

export const TERMINAL = { language: "python", code: "print(1)", mode: "terminal" } as const;

/** Starts a run in a terminal and leaves it. */
export async function start(client: Client, changes: Partial<RunRequestInput> = {}): Promise<string> {
  const response = await client.send(routes.files.run, "/api/editor/run?detach=1", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ ...TERMINAL, ...changes }),
  });
  const reader = response.body?.getReader();
  const first = new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  return /"id":"([\w-]{22})"/.exec(first)?.[1] ?? "";
}

export interface Opened {
  socket: WebSocket;
  /** All bytes that came. */
  bytes: () => Buffer;
  events: Record<string, unknown>[];
  closed: Promise<number>;
  /** Resolves when the condition holds. */
  until: (holds: () => boolean) => Promise<void>;
}

export type Headers = Record<string, string>;

export function open(client: Client, id: string, { query = "", headers = {} as Headers } = {}): Opened {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/api/runs/${id}/terminal${query}`, {
    headers: { ...(client.cookie ? { cookie: client.cookie } : {}), ...headers },
    maxPayload: 64 * 1_048_576,
  });
  const parts: Buffer[] = [];
  const events: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (data: Buffer, isBinary) => {
    if (isBinary) parts.push(data);
    else events.push(JSON.parse(data.toString("utf8")));
    for (const check of waiting) check();
  });
  const closed = once(socket, "close").then(([code]) => code as number);
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!holds()) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });
  return { socket, bytes: () => Buffer.concat(parts), events, closed, until };
}

/** The answer to a request to upgrade that is refused. */
export async function refusal(
  client: Client,
  path: string,
  headers: Headers = {},
  method = "GET",
): Promise<{ status: number; error: ErrorBody["error"]; headers: IncomingMessage["headers"] }> {
  const asking = httpRequest({
    ...{ port, host: "127.0.0.1", path, method },
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
      ...(client.cookie ? { cookie: client.cookie } : {}),
      ...headers,
    },
  });
  asking.end();
  const [response] = (await once(asking, "response")) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  const { error } = JSON.parse(Buffer.concat(parts).toString("utf8")) as ErrorBody;
  return { status: response.statusCode ?? 0, error, headers: response.headers };
}

export const at = (id: string) => `/api/runs/${id}/terminal`;

/** The run is ended, so that nothing waits for it. */
export async function end(client: Client, id: string): Promise<void> {
  await services.runs.cancel(await viewerOf(client), id);
}

export async function viewerOf(client: Client) {
  return (
    await services.identities.of(new Headers({ cookie: client.cookie, "x-quicksand-peer": client.address }))
  ).viewer;
}
