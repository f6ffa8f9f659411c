import { Redis, type RedisOptions } from "ioredis";
import { nanoid } from "nanoid";
import { AppError } from "../../errors";
import type { Logger } from "../../log";
import { queueUnavailable } from "..";
import { batchWrites } from "./batched-writes";
import type { Script } from "./script";

/** A command that is not answered within this time is taken as lost: whoever waits for it is told so. */
const COMMAND_TIMEOUT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;
const RETRY_MS = 500;
/** After a failure on a connection that is open: at first, and doubled each time up to the most. */
const FIRST_PAUSE_MS = 200;
const MOST_PAUSE_MS = 3_000;
/** Scripts that are sent at once, about 20 KB. */
const LOADED_AT_ONCE = 5;
/** How long opening waits for Redis; it goes on without. */
const OPEN_MS = 3_000;

export interface LinkOptions {
  /** `redis://` or `rediss://`, with user and password if there are any. */
  url: string;
  /** Of all keys. */
  prefix: string;
  log: Logger;
}

/**
 * A process's connections to Redis: one for commands, and one through which it is sent messages. While Redis is away commands fail at once;
 * it is tried again all the time.
 */
export class Link {
  /** This process's name in Redis, new with each start. */
  readonly process = nanoid(10);
  readonly commands: Redis;
  readonly prefix: string;
  readonly log: Logger;
  readonly #url: string;
  readonly #inbox: Redis;
  readonly #scripts = new Map<string, Script>();
  readonly #readers = new Map<string, (fields: readonly string[]) => void>();
  readonly #onReady: (() => void)[] = [];
  /** Redis has the scripts. Before that nothing is said to it, or what is said first would be done last. */
  #loaded = false;
  #listening = false;
  /** Whoever waits for it has been told that Redis is reachable, and what they say first is on its way. */
  #resumed = false;
  #closed = false;
  #told = false;
  #toldError: string | null = null;
  #markOpened: () => void = () => {};

  constructor({ url, prefix, log }: LinkOptions) {
    this.#url = url;
    this.prefix = `${prefix}:`;
    this.log = log;
    this.commands = this.connection({
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
    });
    this.#inbox = this.connection({
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: COMMAND_TIMEOUT_MS,
      autoResubscribe: false,
    });
    this.commands.on("ready", () => void this.#begin(this.commands.stream));
    this.commands.on("close", () => {
      this.#loaded = false;
      this.#resumed = false;
    });
    this.#inbox.on("ready", () => void this.#listen());
    this.#inbox.on("close", () => {
      this.#listening = false;
      this.#resumed = false;
    });
    this.#inbox.on("message", (_channel: string, message: string) => this.#receive(message));
  }

  /** Redis takes commands, and what others say to this process arrives. */
  get ready(): boolean {
    return this.#resumed && this.commands.status === "ready";
  }

  /** A further connection, which is its maker's to close. Its errors are logged here. */
  connection(options: RedisOptions): Redis {
    const connection = new Redis(this.#url, {
      connectTimeout: CONNECT_TIMEOUT_MS,
      keepAlive: 5_000,
      retryStrategy: () => (this.#closed ? null : RETRY_MS),
      // A primary that was demoted answers so to writes; a new connection finds the new primary.
      reconnectOnError: (error) => error.message.startsWith("READONLY"),
      ...options,
      replyMapping: "legacy",
    });
    connection.on("error", (error) => this.fault(error));
    batchWrites(connection);
    return connection;
  }

  /** Registers scripts before `open`. */
  register(...scripts: readonly Script[]): void {
    for (const script of scripts) this.#scripts.set(script.name, script);
  }

  /** Messages to this process that begin with this letter are for `read`. */
  on(letter: string, read: (fields: readonly string[]) => void): void {
    this.#readers.set(letter, read);
  }

  /** Calls it each time that Redis has become reachable, in the order of registration. */
  onReady(resume: () => void): void {
    this.#onReady.push(resume);
  }

  /** Resolves when Redis is reachable, or after some seconds without. */
  async open(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.#markOpened = resolve;
      timer = setTimeout(resolve, OPEN_MS);
      this.#resume();
    });
    clearTimeout(timer);
  }

  /** Runs a script. Rejects with `queue_unavailable` while Redis is away or does not answer. */
  async run(script: Script, ...args: readonly (string | number)[]): Promise<unknown> {
    if (!this.ready) throw queueUnavailable();
    try {
      return await this.commands.evalsha(script.sha, 0, this.prefix, ...args);
    } catch (error) {
      if (!isMissingScript(error)) throw this.#failure(error);
    }
    try {
      return await this.commands.eval(script.lua, 0, this.prefix, ...args);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /** A command; fails as `run` does. */
  async ask<T>(command: (redis: Redis) => Promise<T>): Promise<T> {
    if (!this.ready) throw queueUnavailable();
    try {
      return await command(this.commands);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /** Drops a connection that does not answer; it is made anew. */
  reconnect(): void {
    this.commands.disconnect(true);
    this.#inbox.disconnect(true);
  }

  /** For what goes on without whoever began it. Redis being away is said once, and so is an error that it answers again and again. */
  fault(error: unknown): void {
    if (this.#closed) return;
    const failure = this.#failure(error);
    const { message } = error instanceof Error ? error : new Error(String(error));
    if (!isAway(failure)) {
      if (message === this.#toldError) return;
      this.#toldError = message;
      this.log.error({ err: failure }, "Redis answers with an error");
      return;
    }
    if (this.#told) return;
    this.#told = true;
    this.log.warn({ reason: this.#withoutSecrets(message) }, "Redis cannot be reached; trying again");
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.commands.disconnect();
    this.#inbox.disconnect();
  }

  /**
   * Gives Redis the scripts that it has not, some at a time: all at once would take a slow one longer than a command may. A time-out does not end the
   * connection, since on a new one all would have to be said again.
   */
  async #begin(connected: unknown): Promise<void> {
    const isCurrent = () => this.commands.stream === connected && this.commands.status === "ready";
    const scripts = [...this.#scripts.values()];
    for (let pauseMs = FIRST_PAUSE_MS; isCurrent(); pauseMs = Math.min(2 * pauseMs, MOST_PAUSE_MS)) {
      try {
        const known = await this.commands.script("EXISTS", ...scripts.map(({ sha }) => sha));
        const missing = scripts.filter((_, index) => (known as number[])[index] !== 1);
        for (let index = 0; index < missing.length; index += LOADED_AT_ONCE) {
          const some = missing.slice(index, index + LOADED_AT_ONCE);
          await Promise.all(some.map(({ lua }) => this.commands.script("LOAD", lua)));
        }
        if (!isCurrent()) return;
        this.#loaded = true;
        this.#resume();
        return;
      } catch (error) {
        this.fault(error);
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
    }
  }

  async #listen(): Promise<void> {
    try {
      await this.#inbox.subscribe(`${this.prefix}to:${this.process}`, `${this.prefix}fleet`);
      this.#listening = true;
      this.#resume();
    } catch (error) {
      this.fault(error);
      if (this.#inbox.status === "ready") this.#inbox.disconnect(true);
    }
  }

  #resume(): void {
    if (!this.#loaded || !this.#listening || this.commands.status !== "ready") return;
    this.#resumed = true;
    if (this.#told) this.log.info("Redis is reachable again");
    this.#told = false;
    this.#toldError = null;
    this.#markOpened();
    for (const resume of this.#onReady) resume();
  }

  #receive(message: string): void {
    const letter = message.charAt(0);
    try {
      this.#readers.get(letter)?.(message.split("\n").slice(1));
    } catch (error) {
      // Another version, or something else that writes to this Redis: it must not end this process.
      this.log.error({ err: error, letter }, "a message from Redis cannot be read");
    }
  }

  /** What Redis itself answers is a mistake of ours; everything else is Redis being away. */
  #failure(error: unknown): unknown {
    if (error instanceof AppError) return error;
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    const cause = new Error(this.#withoutSecrets(message));
    const isAway =
      name !== "ReplyError" || /^(LOADING|READONLY|MASTERDOWN|NOAUTH|OOM|BUSY|MISCONF)/.test(message);
    return isAway ? queueUnavailable(cause) : cause;
  }

  #withoutSecrets(text: string): string {
    const { password } = URL.canParse(this.#url) ? new URL(this.#url) : { password: "" };
    return [password, decodeURIComponent(password)].reduce(
      (said, secret) => (secret === "" ? said : said.replaceAll(secret, "***")),
      text,
    );
  }
}

/** Whether Redis was away, or did not answer. */
export function isAway(error: unknown): boolean {
  return error instanceof AppError && error.code === "queue_unavailable";
}

function isMissingScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("NOSCRIPT");
}
