import { Client, ORIGIN, type RouteFile, type Routes } from "./routes";

type FileName = keyof Routes["files"];

/** Which route file serves which address, as the folders below `app` say it to Next.js. The first that fits does. */
const ADDRESSES: readonly (readonly [pattern: RegExp, file: FileName])[] = [
  [/^\/api\/editor\/run$/, "run"],
  [/^\/api\/runs$/, "runs"],
  [/^\/api\/runs\/export$/, "exportRuns"],
  [/^\/api\/runs\/statistics$/, "statistics"],
  [/^\/api\/runs\/(?<id>[^/]+)$/, "one"],
  [/^\/api\/runs\/(?<id>[^/]+)\/events$/, "events"],
  [/^\/api\/runs\/(?<id>[^/]+)\/input$/, "input"],
  [/^\/api\/runs\/(?<id>[^/]+)\/cancel$/, "cancel"],
  [/^\/api\/runs\/(?<id>[^/]+)\/artifacts\/(?<name>[^/]+)$/, "artifact"],
  [/^\/api\/usage$/, "usage"],
  [/^\/r\/(?<runId>[^/]+)\/raw$/, "raw"],
  [/^/, "nowhere"],
];

/** Somebody with a cookie jar who knows nothing but addresses, like `curl -b jar -c jar`. */
export class Visitor extends Client {
  readonly #routes: Routes;

  constructor(routes: Routes) {
    super();
    this.#routes = routes;
  }

  /** `body` is sent as JSON. */
  async ask(method: string, address: string, body?: unknown): Promise<Response> {
    const { pathname } = new URL(address, ORIGIN);
    const [file, params] = this.#find(pathname);
    return this.send(file, address, {
      method,
      params,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** The JSON of an answer that must be a 200. */
  async json<T>(method: string, address: string, body?: unknown): Promise<T> {
    const response = await this.ask(method, address, body);
    if (response.status !== 200) {
      throw new Error(`${method} ${address} answered ${response.status}: ${await response.text()}`);
    }
    return (await response.json()) as T;
  }

  #find(pathname: string): [RouteFile, Record<string, string>] {
    for (const [pattern, name] of ADDRESSES) {
      const match = pattern.exec(pathname);
      if (!match) continue;
      const params = Object.entries(match.groups ?? {}).map(([key, value]) => [
        key,
        decodeURIComponent(value),
      ]);
      return [this.#routes.files[name], Object.fromEntries(params)];
    }
    throw new Error("The last pattern fits everything.");
  }
}
