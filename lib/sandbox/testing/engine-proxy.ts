/** A way to the machine's own engine on which tests can have it behave as one elsewhere does: slowly, or under other rules. */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ContainerCreateOptions } from "dockerode";

/**
 * What a call meets instead of its answer. `refused`: 500, and the engine never hears of it. `cut`: the connection ends, and the engine never hears
 * of it. `ignored`: the engine never hears of it, and nothing is answered. `answer-cut`, `answer-withheld`: the engine does it, and the
 * connection ends, or nothing is answered.
 */
export type EngineFault = "refused" | "cut" | "ignored" | "answer-cut" | "answer-withheld";

/** A fault that is met once. */
export interface PlannedFault {
  /** Resolves when a call has met it: with `answer-…` when the engine has done what it was asked for. */
  readonly met: Promise<void>;
}

export interface EngineProxy {
  /** For `DOCKER_HOST`. */
  readonly host: string;
  /** From now on calls wait so long before the engine gets them; by method and path, such as `POST /containers/…/kill`. */
  delay(delayMs: (call: string) => number): void;
  /** The n-th call from now on that matches, such as `/^POST .*\/start$/`, meets a fault; the others pass. */
  plan(call: RegExp, fault: EngineFault, nth?: number): PlannedFault;
  /** From now on containers are created with what this makes of their options. */
  rewrite(options: (options: ContainerCreateOptions) => ContainerCreateOptions): void;
  /** As an engine that is stopped in its tracks: whatever is open stays open, and nothing passes, until `goOn`. */
  hang(): void;
  goOn(): void;
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
  const streams = new Set<{ connect(): void; disconnect(): void }>();
  const planned = new Set<{ call: RegExp; fault: EngineFault; left: number; meet: () => void }>();

  /** The fault that this call meets. */
  function faultOf(request: http.IncomingMessage) {
    const call = callOf(request);
    for (const plan of planned) {
      if (!plan.call.test(call)) continue;
      plan.left -= 1;
      if (plan.left > 0) continue;
      planned.delete(plan);
      if (!plan.fault.startsWith("answer")) plan.meet();
      return plan;
    }
    return null;
  }

  /** Waits as long as a call is to be delayed. Asked again and again, so that calls that wait go on when the delay ends. */
  async function delayed(request: http.IncomingMessage): Promise<void> {
    const call = callOf(request);
    const since = performance.now();
    while (performance.now() - since < delayMs(call)) await sleep(20);
  }

  const server = http.createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    await delayed(request);
    const plan = faultOf(request);
    if (plan?.fault === "ignored") return;
    if (plan?.fault === "cut") return void request.socket.destroy();
    if (plan?.fault === "refused") {
      response.writeHead(500, { "content-type": "application/json" });
      return void response.end(JSON.stringify({ message: "injected" }));
    }
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
        if (plan) {
          answer.resume().once("end", () => {
            plan.meet();
            if (plan.fault === "answer-cut") request.socket.destroy();
          });
          return;
        }
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
    const plan = faultOf(request);
    if (plan?.fault === "ignored") return;
    if (plan?.fault === "cut") return void socket.destroy();
    if (plan?.fault === "refused") {
      const body = JSON.stringify({ message: "injected" });
      const head = `HTTP/1.1 500 Injected\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
      return void socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
    }
    const engine = net.connect(engineSocket);
    const headers = ["Connection: Upgrade", "Upgrade: tcp", "Host: engine", "Content-Length: 0"];
    engine.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
    engine.write(received.subarray(bodyBytes));
    if (plan) {
      engine.once("data", () => {
        plan.meet();
        if (plan.fault === "answer-cut") socket.destroy();
      });
      socket.pipe(engine);
    } else {
      const stream = {
        connect: () => void socket.pipe(engine).pipe(socket),
        disconnect: () => {
          socket.unpipe(engine);
          engine.unpipe(socket);
        },
      };
      stream.connect();
      streams.add(stream);
      socket.on("close", () => streams.delete(stream));
    }
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

  const address = path.join(os.tmpdir(), `quicksand-engine-${randomUUID()}.sock`);
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
    hang() {
      delayMs = () => Number.POSITIVE_INFINITY;
      for (const stream of streams) stream.disconnect();
    },
    goOn() {
      delayMs = () => 0;
      for (const stream of streams) stream.connect();
    },
    plan(call, fault, nth = 1) {
      let meet = () => {};
      const met = new Promise<void>((resolve) => {
        meet = resolve;
      });
      planned.add({ call, fault, left: nth, meet });
      return { met };
    },
    rewrite(by) {
      rewriteOptions = by;
    },
    stop,
    start,
    close: stop,
  };
}

function callOf({ method, url }: http.IncomingMessage): string {
  return `${method} ${url?.split("?")[0]}`;
}
