import { existsSync } from "node:fs";
import path from "node:path";
import { endpoints } from "../../lib/schemas/endpoints";
import { Client, ORIGIN, type RouteFile, type Routes } from "./routes";

const APP = path.join(import.meta.dirname, "..");

/** The route file of an endpoint's path, found as Next.js finds it. */
export function routeFileOf(address: string): string {
  return path.join(APP, ...address.replaceAll("{", "[").replaceAll("}", "]").split("/"), "route.ts");
}

interface Place {
  pattern: RegExp;
  /** Paths with fewer variable parts take precedence, as in Next.js. */
  variables: number;
  file: string;
}

const PLACES: readonly Place[] = [...new Set(Object.values(endpoints).map((endpoint) => endpoint.path))]
  .map((address) => ({
    pattern: new RegExp(`^${address.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`),
    variables: address.split("{").length - 1,
    file: routeFileOf(address),
  }))
  .sort((a, b) => a.variables - b.variables);

/** The route file that a path leads to, with the parameters of the path; `null` for no endpoint's. */
export async function routeAt(pathname: string): Promise<[RouteFile, Record<string, string>] | null> {
  for (const { pattern, file } of PLACES) {
    const match = pattern.exec(pathname);
    if (!match || !existsSync(file)) continue;
    const params = Object.entries(match.groups ?? {}).map(([key, value]) => [key, decodeURIComponent(value)]);
    return [(await import(file)) as RouteFile, Object.fromEntries(params)];
  }
  return null;
}

/** A client with a cookie jar that knows only addresses, like `curl -b jar -c jar`. */
export class Visitor extends Client {
  readonly #routes: Routes;
  /** Sent with every request. */
  readonly headers: Record<string, string>;

  constructor(routes: Routes, headers: Record<string, string> = {}) {
    super();
    this.#routes = routes;
    this.headers = headers;
  }

  /** `body` is sent as JSON. */
  ask(
    method: string,
    address: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    if (body === undefined) return this.askRaw(method, address, undefined, headers);
    return this.askRaw(method, address, JSON.stringify(body), {
      ...headers,
      "content-type": "application/json",
    });
  }

  /** `body` is sent as it is. */
  async askRaw(
    method: string,
    address: string,
    body: string | undefined,
    headers: Record<string, string>,
  ): Promise<Response> {
    const { pathname } = new URL(address, ORIGIN);
    const [file, params] = await this.#find(pathname);
    return this.send(file, address, {
      method,
      params,
      headers: { ...this.headers, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  }

  /** The JSON of the answer; throws unless it is a 200 or 201. */
  async json<T>(method: string, address: string, body?: unknown): Promise<T> {
    const response = await this.ask(method, address, body);
    if (response.status !== 200 && response.status !== 201) {
      throw new Error(`${method} ${address} answered ${response.status}: ${await response.text()}`);
    }
    return (await response.json()) as T;
  }

  async #find(pathname: string): Promise<[RouteFile, Record<string, string>]> {
    return (await routeAt(pathname)) ?? [this.#routes.files.notFound, {}];
  }
}
