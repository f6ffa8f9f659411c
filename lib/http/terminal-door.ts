import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { nanoid } from "nanoid";
import { WebSocketServer } from "ws";
import type { Viewer } from "../auth/viewer";
import { AppError } from "../errors";
import { createLog, type Logger } from "../log";
import { endpoints } from "../schemas/endpoints";
import { MAX_TERMINAL_MESSAGE_BYTES } from "../schemas/limits";
import type { Services } from "../services";
import { setDefaultHeaders } from "./default-headers";
import { errorResponse, toAppError } from "./error-response";
import { sendResponse, webRequest } from "./node-exchange";
import { permit } from "./permission";
import { admit } from "./route";
import { TerminalSession } from "./terminal-session";
import { notWebSocket } from "./upgrades";

const PATH = /^\/api\/runs\/([\w-]{1,64})\/terminal$/;
const KEY = /^[+/0-9A-Za-z]{22}==$/;
/** Open terminals of a network: those of a class room, with a second window each. */
const PER_NETWORK = 100;
/** Windows that show one terminal. */
const PER_RUN = 10;

/** How long a run goes on that nobody has before them: longer than a page takes to load again. */
const HANG_UP_MS = 60_000;

/** Where WebSockets to the terminals of runs come in. */
export interface TerminalDoor {
  /** Whether a path leads here. */
  leadsHere(path: string): boolean;
  /** Answers a request to upgrade: with a WebSocket, or as any route would refuse. `refusal` is what the gate says of it. */
  enter(request: IncomingMessage, socket: Duplex, head: Buffer, refusal: Response | null): Promise<void>;
  /** Closes every connection, with the code for a server that stops. */
  close(): void;
}

export function createTerminalDoor(
  getServices: () => Promise<Services>,
  { hangUpMs = HANG_UP_MS, pingEveryMs }: { hangUpMs?: number; pingEveryMs?: number } = {},
): TerminalDoor {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Compressing would cost more than the few bytes of a terminal are worth, and memory for each.
    perMessageDeflate: false,
    maxPayload: MAX_TERMINAL_MESSAGE_BYTES,
  });
  const sessions = new Set<TerminalSession>();
  const networks = new Counts(PER_NETWORK);
  const runs = new Counts(PER_RUN);

  async function open(incoming: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const [, id = ""] = PATH.exec(new URL(incoming.url ?? "/", "http://door").pathname) ?? [];
    const requestId = nanoid();
    let log: Logger | undefined;
    let leave: (() => void) | undefined;
    try {
      const services = await getServices();
      log = services.log;
      // There is no body to read: what follows the request is the WebSocket's.
      const request = await webRequest(incoming, new AbortController().signal, { body: false });
      const admitted = await admit(endpoints.terminal, { request, requestId, services, params: { id } });
      const { viewer, identity, query, onError } = admitted.call;
      demandWebSocket(incoming);
      const terminal = await services.runs.terminal(viewer, id, { lingerMs: hangUpMs });
      leave = () => void terminal.events.return?.();
      const free = both(networks.enter(identity.address), runs.enter(id));
      leave = () => {
        free();
        void terminal.events.return?.();
      };
      if (socket.destroyed) return leave();
      // Of the connection, which also closes when it comes to no WebSocket.
      socket.once("close", leave);
      leave = undefined;
      server.handleUpgrade(incoming, socket, head, (webSocket) => {
        const session = new TerminalSession(webSocket, terminal, {
          ...{ from: query.from, onError, refusal: () => refusalNow(services, request, viewer) },
          ...(pingEveryMs !== undefined && { pingEveryMs }),
        });
        sessions.add(session);
        webSocket.once("close", () => sessions.delete(session));
        void session.serve();
      });
    } catch (error) {
      leave?.();
      const refusal = errorResponse(toAppError(error, requestId, log ?? createLog("error")));
      refusal.headers.set("X-Request-Id", requestId);
      await refuse(incoming, socket, refusal);
    }
  }

  return {
    leadsHere: (path) => PATH.test(path),

    async enter(incoming, socket, head, refusal) {
      // Until there is a WebSocket, nobody else listens.
      const ignore = () => {};
      socket.on("error", ignore);
      if (refusal) await refuse(incoming, socket, refusal);
      else await open(incoming, socket, head);
    },

    close() {
      for (const session of sessions) session.leave();
    },
  };
}

/**
 * Why a request that was admitted would be refused now: its session was ended, its key revoked, its account suspended or deleted. A guest's
 * cookie cannot end, so there is nothing to ask. While the database does not answer nobody can tell, and what was allowed goes on.
 */
async function refusalNow(
  { identities, env }: Services,
  { headers }: Request,
  viewer: Viewer,
): Promise<AppError | null> {
  if (viewer.credential === undefined) return null;
  try {
    const identity = await identities.of(headers);
    permit(endpoints.terminal, identity, env);
    if (identity.viewer.id === viewer.id) return null;
    return new AppError(
      "unauthorized",
      "The sign-in by which this terminal was opened has ended. Sign in to run programs as yourself again.",
    );
  } catch (error) {
    const known = error instanceof AppError && (error.code === "unauthorized" || error.code === "forbidden");
    return known ? error : null;
  }
}

/** So many at a time for each key. */
class Counts {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Answers what gives the place back, `null` when there is none. */
  enter(key: string): (() => void) | null {
    const count = this.#open.get(key) ?? 0;
    if (count >= this.#most) return null;
    this.#open.set(key, count + 1);
    return () => {
      const left = (this.#open.get(key) ?? 1) - 1;
      if (left === 0) this.#open.delete(key);
      else this.#open.set(key, left);
    };
  }
}

function both(network: (() => void) | null, run: (() => void) | null): () => void {
  const leave = () => {
    network?.();
    run?.();
  };
  if (network && run) return leave;
  leave();
  const what = network
    ? `This terminal is open in ${PER_RUN} places`
    : `${PER_NETWORK} terminals are open in your network`;
  throw new AppError("rate_limited", `${what} already; close one of them.`, { retryAfterS: 10 });
}

function demandWebSocket({ method, headers }: IncomingMessage): void {
  const { upgrade = "", "sec-websocket-version": version, "sec-websocket-key": key = "" } = headers;
  if (method === "GET" && upgrade.toLowerCase() === "websocket" && version === "13" && KEY.test(key)) return;
  throw notWebSocket();
}

/** An answer in HTTP, after which the connection ends. */
async function refuse(incoming: IncomingMessage, socket: Duplex, refusal: Response): Promise<void> {
  const response = new ServerResponse(incoming);
  response.shouldKeepAlive = false;
  setDefaultHeaders(response);
  response.assignSocket(socket as Parameters<ServerResponse["assignSocket"]>[0]);
  // Not only our side: nobody watches this connection any more, and one whose client keeps its own open would stay.
  response.once("finish", () => socket.end(() => socket.destroy()));
  refusal.headers.set("Cache-Control", "no-store");
  await sendResponse(refusal, response, undefined).catch(() => socket.destroy());
}
