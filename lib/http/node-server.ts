import { subscribe } from "node:diagnostics_channel";
import { type IncomingMessage, Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { PEER_HEADER } from "../auth/address";
import { AppError } from "../errors";
import type { BuildFiles } from "./build-files";
import { CONNECTION_LIMITS, type ConnectionLimits, watchConnections } from "./connections";
import { refuseGarbage, setDefaultHeaders } from "./default-headers";
import { errorResponse } from "./error-response";
import { type Gate, headersOf, pathOf } from "./gate";
import { sendResponse, webRequest } from "./node-exchange";
import { routeTemplate } from "./route-templates";
import { Slots } from "./slots";
import type { SocketDoor } from "./socket-door";
import { type Upgrade, withoutUpgrade } from "./upgrades";

/** A larger body goes to Next.js, where it is measured as it arrives; most programs are far smaller. */
const MAX_BODY_BYTES = 262_144;
/** From here on a body is large; hardly a program is, and no form. */
const LARGE_BODY_BYTES = 32_768;
const YEAR_S = 31_536_000;
/** Longer than proxies keep an idle connection (60 s is usual), so that it is them who close one and not us when they are about to use it. */
const KEEP_ALIVE_MS = 75_000;
/** Above that: with some versions of Node it is counted from the end of the request before. */
const HEADERS_TIMEOUT_MS = 80_000;

/** Of the answers to `GET`, these are sent as they are made or as they are read. */
const SENT_IN_PIECES =
  /^\/(?:_next\/static\/|language-servers\/|api\/(?:health|health\/live|health\/ready|runs\/export|account\/export|admin\/audit\/export)$|api\/runs\/[^/]+\/(?:events$|artifacts\/))/;

/** A run that is asked for with `?wait` may take most of a minute, in which nothing is held. */
const WAITS = /^\/api\/runs\/[^/?]+\?(?:.*&)?wait=/;

type Answer = (request: Request) => Promise<Response>;

type PageCheck = (path: string, headers: Pick<Headers, "get">) => Promise<Response | null>;

/** Is told of each answer when it has ended: the address's template, and 499 for a client that left before. */
type OnAnswered = (route: string, method: string, status: number, ms: number) => void;

/** What is done with the requests of this process's HTTP server before Next.js sees them. */
export interface NodeServer {
  /** Asks this of every request before anything else. `proxied`: the connections are a proxy's, and say nothing of who is there. */
  guard(gate: Gate, options: { proxied: boolean }): void;
  /**
   * Answers `POST path` without Next.js, whose way from a socket to a route handler and back costs several times what our own part of a
   * run does (ADR 10). Everything else, and a body that is large or of unknown length, goes on to Next.js, where the same handler must
   * stand behind the same path.
   */
  openFrontDoor(path: string, answer: Answer): void;
  /**
   * Asks `check` before Next.js is asked for an address whose path `concerns` matches. What it answers is sent instead of the page; with
   * `null` Next.js renders it. For statuses that Next.js cannot give a page.
   */
  checkPages(concerns: RegExp, check: PageCheck): void;
  /** Answers for files of the build that are ready, in place of Next.js. */
  serveBuild(files: BuildFiles): void;
  /** Lets WebSockets in where this door leads. Every other request to upgrade is answered as if it were none. */
  openWebSockets(door: SocketDoor): void;
  /** Tells browsers with every answer, static files included, to come by https only. For a server whose public address is https. */
  demandHttps(): void;
}

/**
 * The only place that hooks Node's HTTP server. Next.js creates the server and hands its routes neither that nor a socket; Node's
 * `http.server.request.start` channel shows both with each request, before any listener of the server is called. From this call on every
 * request carries the address of its connection in `PEER_HEADER`, whatever the client sent under that name.
 */
export function hookNodeServer({
  limits = CONNECTION_LIMITS,
  upgrades = false,
  onAnswered,
}: {
  limits?: ConnectionLimits;
  upgrades?: boolean;
  onAnswered?: OnAnswered;
} = {}): NodeServer {
  const connections = watchConnections(limits);
  const answers = new Slots(limits.wholeAnswers, limits.mayWait);
  const waits = new Slots(4 * limits.wholeAnswers, limits.mayWait);
  const bodies = new Slots(limits.largeBodies, limits.mayWait);
  let gate: Gate | undefined;
  const adopted = new WeakSet<Server>();
  /** Next.js's own, for what it needs in development. */
  const nextUpgrades = new Set<Upgrade>();
  let frontDoor: { path: string; answer: Answer } | undefined;
  let buildFiles: BuildFiles | undefined;
  let pages: { concerns: RegExp; check: PageCheck } | undefined;
  let sockets: SocketDoor | undefined;
  let httpsOnly = false;

  /** Sets what Next.js leaves at Node's defaults (5 s of idleness), and puts our listener in front of the server's own. */
  function adopt(server: Server): void {
    adopted.add(server);
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    const others = server.listeners("request");
    server.removeAllListeners("request");
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      connections.asked(request, response);
      if (onAnswered) tellWhenAnswered(request, response, onAnswered);
      void admit(request, response, () => {
        for (const listener of others) listener.call(server, request, response);
      });
    });
    server.on("clientError", refuseGarbage);
    server.on("upgrade", upgrade);
  }

  /** Node calls this for any request that asks to upgrade, and gives up the connection. */
  function upgrade(this: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (sockets?.leadsHere(pathOf(request))) void enterSocket(sockets, request, socket, head);
    else if (upgrades) for (const listener of nextUpgrades) listener.call(this, request, socket, head);
    else withoutUpgrade(this, request, socket, head);
  }

  async function enterSocket(
    door: SocketDoor,
    ...[request, socket, head]: Parameters<Upgrade>
  ): Promise<void> {
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
    const refusal = (await gate?.refusal(request).catch(() => null)) ?? null;
    await door.enter(request, socket, head, refusal);
  }

  /** Next.js begins to listen with its first request; it ends every upgrade of an address that it has a route for. */
  function takeUpgrades(server: Server): void {
    for (const listener of server.listeners("upgrade") as Upgrade[]) {
      if (listener === upgrade) continue;
      server.removeListener("upgrade", listener);
      nextUpgrades.add(listener);
    }
  }

  async function admit(
    request: IncomingMessage,
    response: ServerResponse,
    passOn: () => void,
  ): Promise<void> {
    // A gate that fails leaves it to the page or the route to say what is wrong.
    const refusal = (await gate?.refusal(request).catch(() => null)) ?? null;
    if (refusal) return refuse(response, refusal);
    const path = pathOf(request);
    if (buildFiles?.answer(request, response, path)) return;
    inTurn(request, response, path, () => {
      if (frontDoor && entersByFrontDoor(request, frontDoor.path))
        void answerHere(request, response, frontDoor.answer);
      else if (pages?.concerns.test(path))
        void checkPage(response, pages.check(path, headersOf(request)), passOn);
      else passOn();
    });
  }

  /** Goes on when there is a slot for what this request may hold in memory. */
  function inTurn(request: IncomingMessage, response: ServerResponse, path: string, goOn: () => void): void {
    const reads = request.method === "GET" || request.method === "HEAD";
    if (response.closed) return;
    if (reads ? SENT_IN_PIECES.test(path) : !mayBeLarge(request)) {
      goOn();
      return;
    }
    const giveUp = () => refuse(response, errorResponse(tooManyAtOnce()));
    let timer = setTimeout(() => {
      leave?.();
      giveUp();
    }, limits.turnMs);
    const ofReads = WAITS.test(request.url ?? "") ? waits : answers;
    const leave = (reads ? ofReads : bodies).enter(gate?.addressOf(request) ?? "", () => {
      clearTimeout(timer);
      if (reads) timer = setTimeout(() => endSlowReader(response), limits.readMs);
      goOn();
    });
    response.once("close", () => {
      clearTimeout(timer);
      leave?.();
    });
    if (!leave) giveUp();
    else if (!reads) request.once("end", leave);
  }

  // Both: the first says when a connection begins, the second comes with each request, also of a server that nobody connected to by a socket.
  subscribe("net.server.socket", (message) => {
    const { socket } = message as { socket: Socket & { server?: unknown } };
    const { server } = socket;
    if (!(server instanceof Server)) return;
    if (!adopted.has(server)) adopt(server);
    takeUpgrades(server);
    connections.opened(socket, server);
  });
  subscribe("http.server.request.start", (message) => {
    const { request, response, server } = message as {
      request: IncomingMessage;
      response: ServerResponse;
      server: Server;
    };
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
    setDefaultHeaders(response);
    if (httpsOnly) response.setHeader("Strict-Transport-Security", `max-age=${YEAR_S}`);
    if (!adopted.has(server)) adopt(server);
  });

  return {
    guard(asked, { proxied }) {
      gate = asked;
      if (proxied) connections.trustAddresses();
    },
    openFrontDoor(path, answer) {
      frontDoor = { path, answer };
    },
    checkPages(concerns, check) {
      pages = { concerns, check };
    },
    serveBuild(files) {
      buildFiles = files;
    },
    openWebSockets(door) {
      sockets = door;
    },
    demandHttps() {
      httpsOnly = true;
    },
  };
}

function entersByFrontDoor(request: IncomingMessage, path: string): boolean {
  const bytes = Number(request.headers["content-length"]);
  return request.method === "POST" && pathOf(request) === path && bytes <= MAX_BODY_BYTES;
}

function tellWhenAnswered(request: IncomingMessage, response: ServerResponse, tell: OnAnswered): void {
  const since = performance.now();
  const { method = "" } = request;
  // Next.js changes the address of a request while it answers it.
  const path = pathOf(request);
  response.once("close", () => {
    const status = response.writableFinished ? response.statusCode : 499;
    tell(routeTemplate(path), method, status, performance.now() - since);
  });
}

function mayBeLarge({ headers }: IncomingMessage): boolean {
  return (
    headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > LARGE_BODY_BYTES
  );
}

/** Who takes a little of an answer now and then is never still, and would keep its slot from others for ever. */
function endSlowReader({ socket }: ServerResponse): void {
  if (socket && socket.writableLength > 0) socket.destroy();
}

function tooManyAtOnce(): AppError {
  const message = "Too many requests come from your network at the same time; wait until some are answered.";
  return new AppError("rate_limited", message, { retryAfterS: 5 });
}

function refuse(response: ServerResponse, refusal: Response): void {
  void sendResponse(refusal, response, undefined).catch(() => response.destroy());
}

async function checkPage(
  response: ServerResponse,
  checking: Promise<Response | null>,
  passOn: () => void,
): Promise<void> {
  // A check that fails leaves the page to say what is wrong.
  const refusal = await checking.catch(() => null);
  if (refusal) await sendResponse(refusal, response, undefined).catch(() => response.destroy());
  else passOn();
}

async function answerHere(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const clientGone = new AbortController();
  response.on("close", () => {
    if (!response.writableFinished) clientGone.abort();
  });
  try {
    const asked = await webRequest(request, clientGone.signal);
    await sendResponse(await answer(asked), response, request.headers["accept-encoding"]);
  } catch {
    // The client left, or its body broke off: no one is left to answer. Errors of the handler itself are answered by the handler.
    response.destroy();
  }
}
