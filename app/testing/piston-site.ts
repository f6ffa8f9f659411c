/** Piston's addresses with the real route files behind them. */
import { Client, type RouteFile, type Routes } from "./routes";

const files = {
  "/api/v2": () => import("../api/v2/route"),
  "/api/v2/runtimes": () => import("../api/v2/runtimes/route"),
  "/api/v2/execute": () => import("../api/v2/execute/route"),
  "/api/v2/packages": () => import("../api/v2/packages/route"),
  "/api/v2/piston": () => import("../api/v2/piston/route"),
  "/api/v2/piston/runtimes": () => import("../api/v2/piston/runtimes/route"),
  "/api/v2/piston/execute": () => import("../api/v2/piston/execute/route"),
  "/api/v2/piston/packages": () => import("../api/v2/piston/packages/route"),
} as const;

const elsewhere = () => import("../api/v2/[...path]/route");

export interface Answered<T = unknown> {
  status: number;
  body: T;
  headers: Headers;
}

/** A client of Piston's API. */
export class PistonClient extends Client {
  readonly headers: Record<string, string>;

  constructor(_routes: Routes, headers: Record<string, string> = {}) {
    super();
    this.headers = headers;
  }

  /** Texts are sent as they are, everything else as JSON. */
  async ask<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { "content-type": "application/json" },
  ): Promise<Answered<T>> {
    const load = files[path as keyof typeof files] ?? elsewhere;
    const response = await this.send((await load()) as RouteFile, path, {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : headers) },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T, headers: response.headers };
  }

  execute<T = unknown>(body: unknown, path = "/api/v2/execute"): Promise<Answered<T>> {
    return this.ask<T>("POST", path, body);
  }
}

export const PROGRAM = { language: "python", version: "3.x", files: [{ content: "print(1)" }] };
