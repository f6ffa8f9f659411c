/** A way to the machine's own engine on which tests can have it behave as one elsewhere does: slowly, or under other rules. */
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ContainerCreateOptions } from "dockerode";

export interface EngineProxy {
  /** For `DOCKER_HOST`. */
  readonly host: string;
  /** From now on calls wait so long before the engine gets them; by method and path, such as `POST /containers/…/kill`. */
  delay(delayMs: (call: string) => number): void;
  /** From now on containers are created with what this makes of their options. */
  rewrite(options: (options: ContainerCreateOptions) => ContainerCreateOptions): void;
  /** As when the engine is ended: what is open breaks off, and nobody listens, until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Attached streams pass through it as they are. */
export async function engineProxy(engineSocket = "/var/run/docker.sock"): Promise<EngineProxy> {
  let delayMs: (call: string) => number = () => 0;
  let rewriteOptions = (options: ContainerCreateOptions) => options;
  const open = new Set<net.Socket>();

  /** Waits as long as a call is to be delayed. Asked again and again, so that calls that wait go on when the delay ends. */
  async function delayed(request: http.IncomingMessage): Promise<void> {
    const call = `${request.method} ${request.url?.split("?")[0]}`;
    const since = performance.now();
    while (performance.now() - since < delayMs(call)) await sleep(20);
  }

  const server = http.createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    await delayed(request);
    const { method, url, headers } = request;
    const sent =
      method === "POST" && url?.includes("/containers/create")
        ? Buffer.from(JSON.stringify(rewriteOptions(JSON.parse(body.toString("utf8")))))
        : body;
    const { "transfer-encoding": _, ...others } = headers;
    const options = { socketPath: engineSocket, method, path: url };
    const onward = http.request(
      { ...options, headers: { ...others, "content-length": sent.length } },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on("error", () => response.destroy());
    response.on("close", () => onward.destroy());
    onward.end(sent);
  });
  // An attached stream. The body of its request is left out: the engine takes the options from the address, and what of the
  // body does not come together with the headers for the program's input.
  server.on("upgrade", async (request: http.IncomingMessage, socket: net.Socket, head: Buffer) => {
    const bodyBytes = Number(request.headers["content-length"] ?? 0);
    let received = head;
    while (received.length < bodyBytes) received = Buffer.concat([received, ...(await once(socket, "data"))]);
    await delayed(request);
    const engine = net.connect(engineSocket);
    const headers = ["Connection: Upgrade", "Upgrade: tcp", "Host: engine", "Content-Length: 0"];
    engine.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
    engine.write(received.subarray(bodyBytes));
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

  const address = path.join(os.tmpdir(), `quicksand-engine-${process.pid}-${Date.now()}.sock`);
  const start = () => new Promise<void>((resolve) => server.listen(address, resolve));
  const stop = async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  await start();
  return {
    host: `unix://${address}`,
    delay(by) {
      delayMs = by;
    },
    rewrite(by) {
      rewriteOptions = by;
    },
    stop,
    start,
    close: stop,
  };
}
