/** A server of a test's own behind whose back Docker can be at fault: killed, started anew, and asked as its people do. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { connectDocker } from "../../../lib/sandbox/docker";
import { type EngineProxy, engineProxy } from "../../../lib/sandbox/testing/engine-proxy";
import { containersOf, eventually } from "../../../lib/sandbox/testing/sandbox-fixture";
import type { RunDetail, RunPage, RunSummary } from "../../../lib/schemas/history";
import type { RunEvent } from "../../../lib/schemas/run";
import { withTimeout } from "../../../lib/system/with-timeout";
import { type Guest, WebProcess } from "../processes";

/** A generous bound for busy machines, not a limit that the product promises. */
export const PATIENCE_MS = 60_000;
const GIVEN_BACK_MS = 5_000;

export interface Answer {
  status: number;
  /** The error's code, else how the run ended. */
  word: string;
  /** What a person reads. */
  message: string;
  id: string;
  output: string;
  retryAfterS: number | null;
  ms: number;
}

/** What a stream of a run has said. */
export interface Watched {
  id: string;
  events: RunEvent[];
  /** Resolves when an event for which `isIt` holds is there; rejects when the stream ends before. */
  seen(isIt: (event: RunEvent) => boolean): Promise<void>;
  /** Resolves when the stream has ended, by itself or with its server. */
  over: Promise<void>;
}

export class FaultSite {
  readonly engine: EngineProxy;
  readonly dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-faults-"));
  readonly guest: Guest = { cookie: "" };
  readonly #variables: Readonly<Record<string, string>>;
  #web: WebProcess | null = null;

  private constructor(engine: EngineProxy, variables: Readonly<Record<string, string>>) {
    this.engine = engine;
    this.#variables = variables;
  }

  /** A server that runs Python, and what `variables` say. */
  static async start(variables: Readonly<Record<string, string>> = {}): Promise<FaultSite> {
    const site = new FaultSite(await engineProxy(), variables);
    await site.begin();
    await site.ask("GET", "/api/usage"); // for the cookie
    return site;
  }

  get web(): WebProcess {
    assert.ok(this.#web, "the server runs");
    return this.#web;
  }

  /** Starts the server, also anew on what it had. `more` is set for this start only. */
  async begin(more: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#web = await WebProcess.start({
      DOCKER_HOST: this.engine.host,
      QUICKSAND_DATA_DIR: this.dataDir,
      ...this.#variables,
      ...more,
    });
  }

  /** As a power cut does. */
  async kill(): Promise<void> {
    await this.web.end("SIGKILL");
  }

  /** Ends the server; fails when it has left a container. */
  async dispose(): Promise<void> {
    this.engine.delay(() => 0);
    await this.#web?.end();
    const left = await this.containers();
    await this.engine.close();
    rmSync(this.dataDir, { recursive: true, force: true });
    assert.deepEqual(
      left.map(({ Id, State }) => `${Id.slice(0, 12)} ${State}`),
      [],
      "containers were left",
    );
  }

  /** This server's containers, asked of the engine itself. */
  containers() {
    return containersOfServer(this.dataDir);
  }

  ask(method: string, address: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) {
    // Waited for no longer than a run that is waited for may take: a test that hangs says nothing.
    return withTimeout(this.web.ask(this.guest, method, address, body, headers), 2 * PATIENCE_MS, () =>
      assert.fail(`${method} ${address} was not answered`),
    );
  }

  async json<T>(address: string): Promise<T> {
    const answer = await this.ask("GET", address);
    assert.equal(answer.status, 200, address);
    return (await answer.json()) as T;
  }

  /** Runs a program and waits for its end. */
  async run(code: string, rest: object = {}): Promise<Answer> {
    const since = performance.now();
    const answer = await this.ask("POST", "/api/editor/run", { language: "python", code, ...rest });
    return answerOf(answer, performance.now() - since);
  }

  /** Starts a run that goes on without its client, and reads its events. */
  async watch(code: string, rest: object = {}): Promise<Watched> {
    const answer = await this.ask(
      "POST",
      "/api/editor/run?detach=1",
      { language: "python", code, ...rest },
      { accept: "text/event-stream" },
    );
    assert.equal(answer.status, 200);
    return watched(answer);
  }

  /** A run as history has it, once it has ended. */
  async ended(id: string): Promise<RunDetail> {
    let run: RunDetail | null = null;
    await eventually(
      `run ${id} has ended`,
      async () => {
        const answer = await this.ask("GET", `/api/runs/${id}`);
        run = answer.ok ? ((await answer.json()) as RunDetail) : null;
        return run !== null && run.status !== "running";
      },
      PATIENCE_MS,
    );
    assert.ok(run);
    return run;
  }

  async history(): Promise<readonly RunSummary[]> {
    return (await this.json<RunPage>("/api/runs?limit=100")).runs;
  }

  async used(): Promise<number> {
    return (await this.json<{ used: number }>("/api/usage")).used;
  }

  /** A run that is not counted is given back right after its end, which can be seen a moment before. */
  async assertUsed(expected: number, message?: string): Promise<void> {
    const until = performance.now() + GIVEN_BACK_MS;
    while ((await this.used()) !== expected && performance.now() < until) await sleep(50);
    assert.equal(await this.used(), expected, message);
  }

  /** Until a run is a success, in milliseconds. */
  async recovered(): Promise<number> {
    const since = performance.now();
    await eventually(
      "runs work again",
      async () => (await this.run("print('works')").catch(() => null))?.word === "success",
      PATIENCE_MS,
    );
    return performance.now() - since;
  }

  /** No run has a turn, and no container is in use but those that are warm. */
  async assertNothingTaken(warm: number): Promise<void> {
    await eventually(
      "no turn is taken",
      async () => {
        const { queue } = await (await this.ask("GET", "/api/health")).json();
        return queue.running === 0 && queue.waiting === 0;
      },
      PATIENCE_MS,
    );
    await eventually(
      `no more than ${warm} containers are left`,
      async () => (await this.containers()).length <= warm,
      PATIENCE_MS,
    );
  }
}

/** Those of whatever has this data directory. A web process over workers has never had any. */
export async function containersOfServer(dataDir: string) {
  const file = path.join(dataDir, "instances", "owner");
  return existsSync(file) ? containersOf(connectDocker(), readFileSync(file, "utf8")) : [];
}

export async function answerOf(answer: Response, ms: number): Promise<Answer> {
  const body = await answer.json();
  const { id = "", output, error } = body;
  return {
    ...{ status: answer.status, ms, id },
    word: error?.code ?? body.status,
    message: error?.message ?? body.message ?? "",
    output: output?.stdout ?? "",
    retryAfterS: answer.headers.has("retry-after") ? Number(answer.headers.get("retry-after")) : null,
  };
}

/** Reads the stream of a run's events until it ends; resolves when the run has its id. */
export async function watched(answer: Response): Promise<Watched> {
  const events: RunEvent[] = [];
  const waiters = new Set<{
    isIt: (event: RunEvent) => boolean;
    resolve(): void;
    reject(error: Error): void;
  }>();
  const seen = (isIt: (event: RunEvent) => boolean) =>
    new Promise<void>((resolve, reject) => {
      if (events.some(isIt)) resolve();
      else waiters.add({ isIt, resolve, reject });
    });
  const over = (async () => {
    for await (const event of eventsOf(answer)) {
      events.push(event);
      for (const waiter of waiters) if (waiter.isIt(event)) waiter.resolve();
    }
  })()
    .catch(() => {})
    .then(() => {
      const ended = new Error(`The stream has ended: ${JSON.stringify(events.at(-1))}`);
      for (const waiter of waiters) waiter.reject(ended);
    });
  await seen(({ type }) => type === "queued");
  const [first] = events;
  assert.equal(first?.type, "queued");
  return { id: first.id, events, seen, over };
}

async function* eventsOf(answer: Response): AsyncGenerator<RunEvent> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const piece of answer.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, "m").exec(block)?.[1];
      const [data, type] = [field("data"), field("event")];
      if (data === undefined) continue;
      // Of the last event the stream has the result itself.
      const said = JSON.parse(data);
      yield (type === "done" ? { type, run: said } : { type, ...said }) as RunEvent;
    }
  }
}

/** What the table says of an answer. */
export function inWords({ status, word, message }: Pick<Answer, "status" | "word" | "message">): string {
  return `${status} \`${word}\`${message === "" ? "" : `: “${message}”`}`;
}
