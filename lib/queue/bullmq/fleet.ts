import { nanoid } from "nanoid";
import { AppError } from "../../errors";
import type { Fleet, FleetAnswer, FleetCall, WorkerNotice } from "../fleet";
import { isAway, type Link } from "./link";

/** A worker counts as gone after so long without a notice. */
const GONE_MS = 10_000;
/** Calls that wait at a worker until it has answered others. */
const WAITING_CALLS = 100;

interface KnownWorker {
  /** The name of its process in Redis. */
  process: string;
  notice: WorkerNotice;
  heardAtMs: number;
}

type Serve = Parameters<Fleet["serve"]>[0];

/** Workers say what they are to everybody who listens, and are asked through the messages to their process. Nothing of it is kept. */
export class RedisFleet implements Fleet {
  readonly #link: Link;
  readonly #workers = new Map<string, KnownWorker>();
  readonly #asked = new Map<string, (answer: FleetAnswer) => void>();
  readonly #answering = new Map<string, AbortController>();
  readonly #waiting: (() => void)[] = [];
  #handle: Serve | null = null;
  #atOnce = 0;
  #busy = 0;

  constructor(link: Link) {
    this.#link = link;
    link.on("n", ([process = "", json = ""]) => this.#know(process, JSON.parse(json)));
    link.on("g", ([id = ""]) => this.#workers.delete(id));
    link.on("q", ([id = "", from = "", json = ""]) => void this.#answer(id, from, JSON.parse(json)));
    link.on("a", ([id = "", json = ""]) => this.#asked.get(id)?.(JSON.parse(json)));
    link.on("k", ([id = ""]) => this.#answering.get(id)?.abort());
    link.onReady(() => void this.#load());
  }

  announce: Fleet["announce"] = async (notice) => {
    const { process } = this.#link;
    const json = JSON.stringify(notice);
    const key = this.#keyOf(notice.id);
    await this.#link.ask((redis) =>
      Promise.all([
        redis.set(key, `${process}\n${json}`, "PX", GONE_MS),
        redis.publish(this.#everybody, `n\n${process}\n${json}`),
      ]),
    );
  };

  withdraw: Fleet["withdraw"] = async (id) => {
    await this.#link.ask((redis) =>
      Promise.all([redis.del(this.#keyOf(id)), redis.publish(this.#everybody, `g\n${id}`)]),
    );
  };

  serve: Fleet["serve"] = (handle, atOnce) => {
    this.#handle = handle;
    this.#atOnce = atOnce;
  };

  workers(): readonly WorkerNotice[] {
    return this.#known().map(({ notice }) => notice);
  }

  call: Fleet["call"] = async (call, { timeoutMs, signal }) => {
    signal?.throwIfAborted();
    const id = nanoid();
    const message = `q\n${id}\n${this.#link.process}\n${JSON.stringify(call)}`;
    const answered = this.#answerTo(id, timeoutMs, signal);
    try {
      const process = await this.#ask(call, message);
      if (!process) throw noWorker();
      if (call.type === "expect") return { ok: true };
      const onAbort = () => void this.#post(process, `k\n${id}`).catch(() => {});
      signal?.addEventListener("abort", onAbort, { once: true });
      return await answered.finally(() => signal?.removeEventListener("abort", onAbort));
    } catch (error) {
      throw isAway(error) ? noWorker() : error;
    } finally {
      this.#asked.delete(id);
    }
  };

  get #everybody(): string {
    return `${this.#link.prefix}fleet`;
  }

  #keyOf(id: string): string {
    return `${this.#link.prefix}worker:${id}`;
  }

  #known(): KnownWorker[] {
    if (!this.#link.ready) return [];
    const since = performance.now() - GONE_MS;
    for (const [id, { heardAtMs }] of this.#workers) if (heardAtMs < since) this.#workers.delete(id);
    return [...this.#workers.values()];
  }

  #know(process: string, notice: WorkerNotice): void {
    this.#workers.set(notice.id, { process, notice, heardAtMs: performance.now() });
  }

  /** What was said before this process listened. */
  async #load(): Promise<void> {
    try {
      const keys = await this.#link.ask((redis) => redis.keys(`${escaped(this.#keyOf(""))}*`));
      if (keys.length === 0) return;
      for (const said of await this.#link.ask((redis) => redis.mget(keys))) {
        const [process = "", json = ""] = said?.split("\n") ?? [];
        if (json !== "") this.#know(process, JSON.parse(json));
      }
    } catch (error) {
      if (!isAway(error)) this.#link.log.error({ err: error }, "the workers could not be read");
    }
  }

  /** Sends it to the first worker that listens, those that have the language's image and the least to do before others. Answers its process. */
  async #ask(call: FleetCall, message: string): Promise<string | null> {
    const cost = ({ notice: { draining, health, languages, concurrency } }: KnownWorker) =>
      (draining || !health.ok ? 100 : 0) +
      (languages[call.language]?.ready ? 0 : 10) +
      health.running / Math.max(1, concurrency);
    for (const { process, notice } of this.#known().toSorted((a, b) => cost(a) - cost(b))) {
      if ((await this.#post(process, message)) > 0) return process;
      this.#workers.delete(notice.id);
    }
    return null;
  }

  #post(process: string, message: string): Promise<number> {
    return this.#link.ask((redis) => redis.publish(`${this.#link.prefix}to:${process}`, message));
  }

  #answerTo(id: string, timeoutMs: number, signal: AbortSignal | undefined): Promise<FleetAnswer> {
    const answer = new Promise<FleetAnswer>((resolve, reject) => {
      const timer = setTimeout(() => reject(noAnswer(timeoutMs)), timeoutMs).unref();
      const onAbort = () => reject(signal?.reason);
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#asked.set(id, (answered) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        resolve(answered);
      });
    });
    // Whoever finds no worker does not wait for it.
    answer.catch(() => {});
    return answer;
  }

  async #answer(id: string, from: string, call: FleetCall): Promise<void> {
    const handle = this.#handle;
    if (!handle) return;
    const abort = new AbortController();
    this.#answering.set(id, abort);
    let answer: FleetAnswer;
    try {
      await this.#turn();
      answer = await handle(call, abort.signal);
    } catch (error) {
      const code = error instanceof AppError ? error.code : "internal";
      const message = error instanceof AppError ? error.message : "The worker failed; try again.";
      if (!(error instanceof AppError))
        this.#link.log.error({ err: error, call: call.type }, "a call of the fleet failed");
      answer = { ok: false, code, message };
    }
    this.#busy--;
    this.#waiting.shift()?.();
    this.#answering.delete(id);
    if (call.type !== "expect") await this.#post(from, `a\n${id}\n${JSON.stringify(answer)}`).catch(() => {});
  }

  /** So many calls are answered at once, the others in their order. */
  async #turn(): Promise<void> {
    this.#busy++;
    if (this.#busy <= this.#atOnce) return;
    if (this.#waiting.length >= WAITING_CALLS) throw tooBusy();
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
    });
  }
}

function noWorker(): AppError {
  return new AppError(
    "docker_unavailable",
    "No worker can be reached, so nothing can be run now; try again in 5 s. If it stays so, whoever runs this server starts one: `npm run worker`.",
    { retryAfterS: 5 },
  );
}

function noAnswer(timeoutMs: number): AppError {
  const seconds = Math.round(timeoutMs / 1_000);
  return new AppError("docker_unavailable", `No worker has answered within ${seconds} s; try again.`, {
    retryAfterS: 5,
  });
}

function tooBusy(): AppError {
  return new AppError("queue_full", "The worker has too much to do; try again in 5 s.", { retryAfterS: 5 });
}

/** A text that a pattern of Redis takes as it is. */
function escaped(text: string): string {
  return text.replaceAll(/[\\*?[\]^]/g, "\\$&");
}
