import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { register } from "node:module";
import os from "node:os";
import path from "node:path";
import { readEnv } from "../../lib/env";
import { createLog, type Logger } from "../../lib/log";
import { ScriptedSandbox } from "../../lib/runs/testing/runs-fixture";
import { tempStore } from "../../lib/runs/testing/temp-store";
import { createServices } from "../../lib/services";
import type { Store } from "../../lib/store";
import { checkAnswer } from "./contract";

// `server-only` exists only for the bundler of Next.js; here nothing is bundled.
const EMPTY = JSON.stringify({ url: "data:text/javascript,", shortCircuit: true });
const hook = `export const resolve = (name, context, next) => name === "server-only" ? ${EMPTY} : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

export const ORIGIN = "http://localhost:3000";

export interface RoutesOptions {
  variables?: Record<string, string>;
  store?: Store;
  log?: Logger;
}

/** Tests do more in a minute than a person; the quota per day stays as it is. */
const ROOMY = { runsPerMinute: 100_000, parallelRuns: 100, requestsPerMinute: 100_000 };

/** The real route files, with services built around a scripted sandbox. */
export async function openRoutes({
  variables = {},
  store = tempStore(),
  log = createLog("silent"),
}: RoutesOptions = {}) {
  const sandbox = new ScriptedSandbox();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-routes-"));
  process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }));
  const env = readEnv({
    NODE_ENV: "test",
    QUICKSAND_DATA_DIR: dataDir,
    QUICKSAND_PLANS: JSON.stringify({ guest: ROOMY, free: ROOMY }),
    ...variables,
  });
  const services = await createServices(env, { log, sandbox, store });
  const { provideServices } = await import("../../lib/server");
  provideServices(services);
  const [run, runs, exportRuns, statistics, usage, artifact, raw] = await Promise.all([
    import("../api/editor/run/route"),
    import("../api/runs/route"),
    import("../api/runs/export/route"),
    import("../api/runs/statistics/route"),
    import("../api/usage/route"),
    import("../api/runs/[id]/artifacts/[name]/route"),
    import("../r/[runId]/raw/route"),
  ]);
  const [one, events, input, cancel, languages, health, notFound] = await Promise.all([
    import("../api/runs/[id]/route"),
    import("../api/runs/[id]/events/route"),
    import("../api/runs/[id]/input/route"),
    import("../api/runs/[id]/cancel/route"),
    import("../api/languages/route"),
    import("../api/health/route"),
    import("../api/[...path]/route"),
  ]);
  return {
    sandbox,
    store,
    services,
    files: {
      ...{ run, runs, exportRuns, statistics, usage, artifact, raw },
      ...{ one, events, input, cancel, languages, health, notFound },
    },
  };
}

export type Routes = Awaited<ReturnType<typeof openRoutes>>;
export type RouteFile = Routes["files"]["run"];

/** Keeps cookies between requests, as a browser or `curl -b` does. */
export class Client {
  cookie = "";
  /** Each client has an address of its own, as the server would have read it from the connection. */
  address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;

  /** Calls the exported function of the method, as Next.js does. Every answer is held against the OpenAPI document. */
  async send(
    file: RouteFile,
    url: string,
    { method = "GET", headers = {}, body, signal, id = "", params = { id } }: SendOptions = {},
  ): Promise<Response> {
    const request = new Request(`${ORIGIN}${url}`, {
      method,
      headers: {
        host: "localhost:3000",
        "x-quicksand-peer": this.address,
        ...(this.cookie ? { cookie: this.cookie } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body, duplex: "half" }),
      ...(signal ? { signal } : {}),
    } as RequestInit);
    const handler = file[method as "GET"];
    const response = await handler(request, { params: Promise.resolve(params) });
    await checkAnswer(method, new URL(request.url).pathname, response);
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  #keep(setCookie: string): void {
    const [pair = "", ...attributes] = setCookie.split(";").map((part) => part.trim());
    const name = pair.slice(0, pair.indexOf("="));
    const others = this.cookie.split("; ").filter((each) => each !== "" && !each.startsWith(`${name}=`));
    const gone = attributes.some((each) => each === "Max-Age=0" || /^Expires=Thu, 01 Jan 1970/i.test(each));
    this.cookie = [...others, ...(gone ? [] : [pair])].join("; ");
  }

  /** Posts a run. Strings and bytes are sent as they are, everything else as JSON. */
  run(routes: Routes, body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) {
    return this.send(routes.files.run, "/api/editor/run", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
      ...(signal ? { signal } : {}),
    });
  }
}

export interface SendOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array | ReadableStream<Uint8Array>;
  signal?: AbortSignal;
  id?: string;
  /** The path's parameters as Next.js would have read them; `{ id }` when left out. */
  params?: Record<string, string>;
}

export interface ServerSentEvent {
  id: string;
  event: string;
  data: unknown;
}

/** The events of a whole stream, without comments. */
export function parseEvents(text: string): ServerSentEvent[] {
  return text
    .split("\n\n")
    .filter((block) => block !== "" && !block.startsWith(":"))
    .map((block) => {
      const fields = new Map(
        block.split("\n").map((line) => {
          const colon = line.indexOf(": ");
          return [line.slice(0, colon), line.slice(colon + 2)];
        }),
      );
      return {
        id: fields.get("id") ?? "",
        event: fields.get("event") ?? "",
        data: JSON.parse(fields.get("data") ?? "null"),
      };
    });
}
