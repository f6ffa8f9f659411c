import { existsSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { ORIGIN, type RouteFile, type Routes } from "./routes";
import { Visitor } from "./site";

const ROOT = path.join(import.meta.dirname, "..", "judge0");

/** A client of Judge0's API: the real route files, found as Next.js finds them. */
export class Judge0Client extends Visitor {
  constructor(routes: Routes, headers: Record<string, string> = {}) {
    super(routes, headers);
  }

  /** `address` as a Judge0 client writes it, without our `/judge0`. `body` is sent as JSON. */
  async call(
    method: string,
    address: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const { pathname } = new URL(address, ORIGIN);
    const [file, params] = await routeFileOf(pathname.split("/").filter((part) => part !== ""));
    return this.send(file, `/judge0${address}`, {
      method,
      params,
      headers: {
        ...this.headers,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  }

  /** Status and JSON of an answer; text where it is none. */
  async answer(method: string, address: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await this.call(method, address, body, headers);
    const text = await response.text();
    return {
      status: response.status,
      body: text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text,
    };
  }
}

/** What is called so goes before what is called anything. */
export async function routeFileOf(parts: readonly string[]): Promise<[RouteFile, Record<string, string>]> {
  let folder = ROOT;
  const params: Record<string, string> = {};
  for (const part of parts) {
    const named = path.join(folder, part);
    const variable = readdirSync(folder).find((name) => /^\[\w+\]$/.test(name));
    if (existsSync(named) && statSync(named).isDirectory()) folder = named;
    else if (variable) {
      folder = path.join(folder, variable);
      params[variable.slice(1, -1)] = decodeURIComponent(part);
    } else folder = path.join(ROOT, "[...path]");
  }
  const file = path.join(folder, "route.ts");
  const there = existsSync(file) && folder !== ROOT ? file : path.join(ROOT, "[...path]", "route.ts");
  return [(await import(there)) as RouteFile, params];
}
