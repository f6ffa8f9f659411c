import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { PEER_HEADER } from "../auth/address";
import { sendResponse, webRequest } from "./node-exchange";

/** A larger body goes to Next.js, where it is measured as it arrives; most programs are far smaller. */
const MAX_BODY_BYTES = 262_144;
const YEAR_S = 31_536_000;
/** Longer than proxies keep an idle connection (60 s is usual), so that it is them who close one and not us when they are about to use it. */
const KEEP_ALIVE_MS = 75_000;
/** Above that: with some versions of Node it is counted from the end of the request before. */
const HEADERS_TIMEOUT_MS = 80_000;

type Answer = (request: Request) => Promise<Response>;

/** What is done with the requests of this process's HTTP server before Next.js sees them. */
export interface NodeServer {
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
  checkPages(concerns: RegExp, check: (path: string) => Promise<Response | null>): void;
  /** Tells browsers with every answer, static files included, to come by https only. For a server whose public address is https. */
  demandHttps(): void;
}

/**
 * The only place that hooks Node's HTTP server. Next.js creates the server and hands its routes neither that nor a socket; Node's
 * `http.server.request.start` channel shows both with each request, before any listener of the server is called. From this call on every
 * request carries the address of its connection in `PEER_HEADER`, whatever the client sent under that name.
 */
export function hookNodeServer(): NodeServer {
  const adopted = new WeakSet<Server>();
  let frontDoor: { path: string; answer: Answer } | undefined;
  let pages: { concerns: RegExp; check: (path: string) => Promise<Response | null> } | undefined;
  let httpsOnly = false;

  /** Sets what Next.js leaves at Node's defaults (5 s of idleness), and puts our listener in front of the server's own. */
  function adopt(server: Server): void {
    adopted.add(server);
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    const others = server.listeners("request");
    server.removeAllListeners("request");
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      const passOn = () => {
        for (const listener of others) listener.call(server, request, response);
      };
      const path = pathOf(request);
      if (frontDoor && entersByFrontDoor(request, frontDoor.path)) {
        void answerHere(request, response, frontDoor.answer);
      } else if (pages?.concerns.test(path)) {
        void checkPage(response, pages.check(path), passOn);
      } else {
        passOn();
      }
    });
  }

  subscribe("http.server.request.start", (message) => {
    const { request, response, server } = message as {
      request: IncomingMessage;
      response: ServerResponse;
      server: Server;
    };
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "";
    if (httpsOnly) response.setHeader("Strict-Transport-Security", `max-age=${YEAR_S}`);
    if (!adopted.has(server)) adopt(server);
  });

  return {
    openFrontDoor(path, answer) {
      frontDoor = { path, answer };
    },
    checkPages(concerns, check) {
      pages = { concerns, check };
    },
    demandHttps() {
      httpsOnly = true;
    },
  };
}

function pathOf({ url = "" }: IncomingMessage): string {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
}

function entersByFrontDoor(request: IncomingMessage, path: string): boolean {
  const bytes = Number(request.headers["content-length"]);
  return request.method === "POST" && pathOf(request) === path && bytes <= MAX_BODY_BYTES;
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
