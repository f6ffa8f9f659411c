import { nanoid } from "nanoid";
import { AppError } from "../../errors";
import type { Fleet, FleetAnswer, FleetCall, LanguageCall, WorkerNotice } from "../fleet";
import { ANNOUNCE, GONE_MS, NOTICES, WITHDRAW } from "./fleet-scripts";
import { isAway, type Link } from "./link";

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
  readonly #waiting = new Set<() => void>();
  #handle: Serve | null = null;
  #atOnce = 0;
  #busy = 0;

  constructor(link: Link) {
    this.#link = link;
    link.register(ANNOUNCE, WITHDRAW, NOTICES);
    link.on("n", ([process = "", json = ""]) => this.#know(process, JSON.parse(json)));
    link.on("g", ([id = ""]) => this.#workers.delete(id));
    link.on("q", ([id = "", from = "", json = ""]) => void this.#answer(id, from, JSON.parse(json)));
    link.on("a", ([id = "", json = ""]) => this.#asked.get(id)?.(JSON.parse(json)));
    link.on("k", ([id = ""]) => this.#answering.get(id)?.abort());
    link.onReady(() => void this.#load());
  }

  announce: Fleet["announce"] = async (notice) => {
    await this.#link.run(ANNOUNCE, notice.id, this.#link.process, JSON.stringify(notice));
  };

  withdraw: Fleet["withdraw"] = async (id) => {
    await this.#link.run(WITHDRAW, id);
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
    const { id, message, answered } = this.#open(call, timeoutMs, signal);
    try {
      const process = await this.#ask(call, message);
      if (!process) throw noWorker();
      if (call.type === "expect") return { ok: true };
      return await this.#orGiveUp(answered, process, id);
    } catch (error) {
      throw isAway(error) ? noWorker() : error;
    } finally {
      this.#asked.delete(id);
    }
  };

  askEach: Fleet["askEach"] = async (question, { timeoutMs }) => {
    const answers = await Promise.all(
      this.#known().map(async ({ process, notice }): Promise<[string, FleetAnswer][]> => {
        const { id, message, answered } = this.#open(question, timeoutMs, undefined);
        const sent = this.#post(process, message).then((listening) => {
          if (listening === 0) throw noWorker();
        });
        try {
          const [answer] = await Promise.all([this.#orGiveUp(answered, process, id), sent]);
          return [[notice.id, answer]];
        } catch {
          // Silent, gone, or Redis is away: it is left out.
          return [];
        } finally {
          this.#asked.delete(id);
        }
      }),
    );
    return new Map(answers.flat());
  };

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
      for (const said of (await this.#link.run(NOTICES)) as string[]) {
        const [process = "", json = ""] = said.split("\n");
        this.#know(process, JSON.parse(json));
      }
    } catch (error) {
      if (!isAway(error)) this.#link.log.error({ err: error }, "the workers could not be read");
    }
  }

  /** Sends it to the first worker that listens, those that have the language's image and the least to do before others. Answers its process. */
  async #ask(call: LanguageCall, message: string): Promise<string | null> {
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

  /** A worker whose answer nobody waits for any more is told so. */
  #orGiveUp(answered: Promise<FleetAnswer>, process: string, id: string): Promise<FleetAnswer> {
    return answered.catch((error: unknown) => {
      void this.#post(process, `k\n${id}`).catch(() => {});
      throw error;
    });
  }

  /** A call under an id of its own, and its answer; whoever opens it takes its id out of `#asked` in the end. */
  #open(call: FleetCall, timeoutMs: number, signal: AbortSignal | undefined) {
    const id = nanoid();
    const message = `q\n${id}\n${this.#link.process}\n${JSON.stringify(call)}`;
    return { id, message, answered: this.#answerTo(id, timeoutMs, signal) };
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
      const work = () => handle(call, abort.signal);
      answer = await (call.type === "metrics" ? work() : this.#inTurn(work, abort.signal));
    } catch (error) {
      if (abort.signal.aborted) return;
      const code = error instanceof AppError ? error.code : "internal";
      const message = error instanceof AppError ? error.message : "The worker failed; try again.";
      if (!(error instanceof AppError))
        this.#link.log.error({ err: error, call: call.type }, "a call of the fleet failed");
      answer = { ok: false, code, message };
    } finally {
      this.#answering.delete(id);
    }
    if (call.type !== "expect") await this.#post(from, `a\n${id}\n${JSON.stringify(answer)}`).catch(() => {});
  }

  /** So many calls are answered at once, the others in their order. One that ends hands on its turn; one that is given up while it waits goes. */
  async #inTurn<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    if (this.#busy < this.#atOnce) this.#busy++;
    else if (this.#waiting.size < WAITING_CALLS) await this.#turn(signal);
    else throw tooBusy();
    try {
      return await work();
    } finally {
      const [next] = this.#waiting;
      if (next) next();
      else this.#busy--;
    }
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        this.#waiting.delete(begin);
        resolve();
      };
      this.#waiting.add(begin);
      signal.addEventListener("abort", () => {
        if (this.#waiting.delete(begin)) reject(signal.reason);
      });
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
