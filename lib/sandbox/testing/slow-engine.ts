/** A way to an engine on which calls take as long as on a machine that is far slower than the one that the tests run on. */
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

export interface SlowEngine {
  /** For `DOCKER_HOST`. */
  readonly host: string;
  /** From now on calls wait so long before the engine gets them; by method and path, such as `POST /containers/…/kill`. */
  delay(delayMs: (call: string) => number): void;
  /** Calls that have come, in order, by method and path. */
  readonly calls: readonly string[];
  close(): Promise<void>;
}

/** A proxy in front of the machine's own engine. Attached streams pass through it as they are. */
export async function slowEngine(engineSocket = "/var/run/docker.sock"): Promise<SlowEngine> {
  let delayMs: (call: string) => number = () => 0;
  const calls: string[] = [];
  const open = new Set<net.Socket>();

  /** Notes a call, and waits as long as it is to be delayed. */
  async function delayed(request: http.IncomingMessage): Promise<void> {
    const call = `${request.method} ${request.url?.split("?")[0]}`;
    calls.push(call);
    const since = performance.now();
    // Asked again and again, so that calls that wait go on when the delay ends.
    while (performance.now() - since < delayMs(call)) await sleep(20);
  }

  const server = http.createServer(async (request, response) => {
    await delayed(request);
    const { method, url, headers } = request;
    const onward = http.request({ socketPath: engineSocket, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    request.pipe(onward);
  });
  // An attached stream: the request goes on as it came, and then both sides' bytes.
  server.on("upgrade", async (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
    await delayed(request);
    const engine = net.connect(engineSocket);
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let at = 0; at < request.rawHeaders.length; at += 2)
      lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
    engine.write(`${lines.join("\r\n")}\r\n\r\n`);
    engine.write(head);
    socket.pipe(engine).pipe(socket);
    for (const [one, other] of [
      [engine, socket],
      [socket, engine],
    ] as const)
      one.on("error", () => other.destroy()).on("close", () => other.destroy());
  });
  server.on("connection", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });

  const address = path.join(os.tmpdir(), `quicksand-slow-${process.pid}-${Date.now()}.sock`);
  await new Promise<void>((resolve) => server.listen(address, resolve));
  return {
    host: `unix://${address}`,
    calls,
    delay(by) {
      delayMs = by;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
