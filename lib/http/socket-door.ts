import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { nanoid } from "nanoid";
import { type WebSocket, WebSocketServer } from "ws";
import type { Identity } from "../auth/identity";
import type { Viewer } from "../auth/viewer";
import { AppError } from "../errors";
import { createLog, type Logger } from "../log";
import type { Endpoint } from "../schemas/endpoints";
import type { Services } from "../services";
import { doneFor } from "../telemetry/context";
import { setDefaultHeaders } from "./default-headers";
import { errorResponse, toAppError } from "./error-response";
import { sendResponse, webRequest } from "./node-exchange";
import { permit } from "./permission";
import { notWebSocket } from "./upgrades";

const KEY = /^[+/0-9A-Za-z]{22}==$/;
/** Open sessions of one kind in a network: those of a class room, with a second window each. */
const PER_NETWORK = 100;

/** A request for a session. `params` is what the kind's path captures. */
export interface SocketRequest {
  request: Request;
  requestId: string;
  services: Services;
  params: readonly string[];
}

/** A session that is open, until its WebSocket closes or `leave` is called. */
export interface SocketSession {
  /** The server stops. */
  leave(): void;
}

/** A session that can begin. */
export interface ReadySession {
  /** `refusal` answers why the session would be refused now, `null` while it may go on. */
  serve(socket: WebSocket, refusal: () => Promise<AppError | null>): SocketSession;
  /** Gives back what it holds. Called when the connection closes, also when it comes to no WebSocket. */
  leave?(): void;
}

/** A kind of session over WebSockets. */
export interface SocketKind {
  path: RegExp;
  /** What one is called in messages. */
  noun: string;
  maxMessageBytes: number;
  /** Who may have one; asked again while it is open. */
  rights: Pick<Endpoint, "access" | "scope" | "confirmed">;
  /**
   * Checks who asks, and what for, as a route does: throws what is answered in place of a WebSocket. So does `open`, which is called when
   * the request is known to be one for a WebSocket.
   */
  admit(asked: SocketRequest): Promise<{ identity: Identity; open(): Promise<ReadySession> }>;
  /** An error before there is a WebSocket; in the shape of our API where it is left out. */
  refusal?(error: AppError): Response;
}

/** Where WebSockets come in. */
export interface SocketDoor {
  /** Whether a path leads here. */
  leadsHere(path: string): boolean;
  /** Answers a request to upgrade: with a WebSocket, or as any route would refuse. `refusal` is what the gate says of it. */
  enter(request: IncomingMessage, socket: Duplex, head: Buffer, refusal: Response | null): Promise<void>;
  /** Closes every connection, with the code for a server that stops. */
  close(): void;
}

/** A kind of session, with what is open of it. */
interface Entrance {
  kind: SocketKind;
  server: WebSocketServer;
  networks: Counts;
}

export function createSocketDoor(
  getServices: () => Promise<Services>,
  kinds: readonly SocketKind[],
): SocketDoor {
  const sessions = new Set<SocketSession>();
  const entrances = kinds.map(
    (kind): Entrance => ({ kind, server: serverOf(kind), networks: networksOf(kind) }),
  );

  async function open(
    requestId: string,
    incoming: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    const { pathname } = new URL(incoming.url ?? "/", "http://door");
    const entrance = entrances.find(({ kind }) => kind.path.test(pathname));
    // Only paths that lead here come here.
    if (!entrance) return void socket.destroy();
    const { kind, server, networks } = entrance;
    const [, ...params] = kind.path.exec(pathname) ?? [];
    let log: Logger | undefined;
    let leave: (() => void) | undefined;
    try {
      const services = await getServices();
      log = services.log;
      // There is no body to read: what follows the request is the WebSocket's.
      const request = await webRequest(incoming, new AbortController().signal, { body: false });
      const { identity, open: begin } = await kind.admit({ request, requestId, services, params });
      demandWebSocket(incoming, kind);
      const session = await begin();
      leave = () => session.leave?.();
      const free = networks.enter(identity.address);
      leave = () => {
        free();
        session.leave?.();
      };
      if (socket.destroyed) return leave();
      // Of the connection, which also closes when it comes to no WebSocket.
      socket.once("close", leave);
      leave = undefined;
      server.handleUpgrade(incoming, socket, head, (webSocket) => {
        const refusal = () => refusalNow(services, request, identity.viewer, kind);
        const opened = session.serve(webSocket, refusal);
        sessions.add(opened);
        webSocket.once("close", () => sessions.delete(opened));
      });
    } catch (error) {
      leave?.();
      const told = toAppError(error, requestId, log ?? createLog("error"));
      const refusal = kind.refusal?.(told) ?? errorResponse(told);
      refusal.headers.set("X-Request-Id", requestId);
      await refuse(incoming, socket, refusal);
    }
  }

  return {
    leadsHere: (path) => kinds.some((kind) => kind.path.test(path)),

    async enter(incoming, socket, head, refusal) {
      // Until there is a WebSocket, nobody else listens.
      const ignore = () => {};
      socket.on("error", ignore);
      if (refusal) await refuse(incoming, socket, refusal);
      else {
        const request = nanoid();
        const traceparent = incoming.headers.traceparent?.toString() ?? null;
        await doneFor({ request, traceparent }, () => open(request, incoming, socket, head));
      }
    },

    close() {
      for (const session of sessions) session.leave();
    },
  };
}

function serverOf({ maxMessageBytes }: SocketKind): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    // Compressing would cost more than the few bytes of a session are worth, and memory for each.
    perMessageDeflate: false,
    maxPayload: maxMessageBytes,
  });
}

function networksOf({ noun }: SocketKind): Counts {
  return new Counts(PER_NETWORK, `${PER_NETWORK} ${noun}s are open in your network`);
}

/**
 * Why a request that was admitted would be refused now: its session was ended, its key revoked, its account suspended or deleted. A guest's
 * cookie cannot end, so there is nothing to ask. While the database does not answer nobody can tell, and what was allowed goes on.
 */
async function refusalNow(
  { identities, env }: Services,
  { headers }: Request,
  viewer: Viewer,
  { rights, noun }: SocketKind,
): Promise<AppError | null> {
  if (viewer.credential === undefined) return null;
  try {
    const identity = await identities.of(headers);
    permit(rights, identity, env);
    if (identity.viewer.id === viewer.id) return null;
    return new AppError(
      "unauthorized",
      `The sign-in by which this ${noun} was opened has ended. Sign in to run programs as yourself again.`,
    );
  } catch (error) {
    const known = error instanceof AppError && (error.code === "unauthorized" || error.code === "forbidden");
    return known ? error : null;
  }
}

/** So many at a time for each key. */
export class Counts {
  readonly #most: number;
  readonly #full: string;
  readonly #open = new Map<string, number>();

  /** `full` says what there are `most` of. */
  constructor(most: number, full: string) {
    this.#most = most;
    this.#full = full;
  }

  /** Answers what gives the place back, once. Throws `rate_limited` when there is none. */
  enter(key: string): () => void {
    const count = this.#open.get(key) ?? 0;
    if (count >= this.#most) {
      throw new AppError("rate_limited", `${this.#full} already; close one of them.`, { retryAfterS: 10 });
    }
    this.#open.set(key, count + 1);
    return () => {
      const left = (this.#open.get(key) ?? 1) - 1;
      if (left === 0) this.#open.delete(key);
      else this.#open.set(key, left);
    };
  }
}

function demandWebSocket({ method, headers }: IncomingMessage, { noun }: SocketKind): void {
  const { upgrade = "", "sec-websocket-version": version, "sec-websocket-key": key = "" } = headers;
  if (method === "GET" && upgrade.toLowerCase() === "websocket" && version === "13" && KEY.test(key)) return;
  throw notWebSocket(noun);
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
