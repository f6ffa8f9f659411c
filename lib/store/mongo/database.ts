import { randomUUID } from "node:crypto";
import mongoose, { type Connection, type ConnectOptions } from "mongoose";
import { AppError } from "../../errors";
import type { Logger } from "../../log";
import { withTimeout } from "../../system/with-timeout";
import { storeFull } from "../room";
import { assertOpenable, assertReadable, migrate, startAnew } from "./migrations";
import { MongoRoom } from "./mongo-room";
import { isGone, ownProcess } from "./process-identity";
import { type InstanceRow, type Models, modelsOf } from "./schemas";

/** Steps that take longer fail, so that a request is answered within two seconds even without the database. */
const ANSWER_WITHIN_MS = 1_700;
/** For background and bulk work. */
export const LONG_STEP_MS = 30_000;

/** For all of its collections and their indexes. */
const NEW_DATABASE_MS = 300_000;

const BEAT_MS = 15_000;
/** A process without a heartbeat for this long is dead. */
const GONE_MS = 60_000;

const CONNECTION: ConnectOptions = {
  // Shorter than a step's limit, so that the error is the driver's, which is more precise than ours.
  serverSelectionTimeoutMS: 1_200,
  // Also the timeout of the driver's heartbeat; when one fails, everything in progress on that server is aborted.
  connectTimeoutMS: 10_000,
  // For a peer that vanished without closing; longer than any step.
  socketTimeoutMS: 45_000,
  maxPoolSize: 50,
  bufferCommands: false,
  autoIndex: false,
  autoCreate: false,
  retryWrites: true,
  retryReads: true,
  // Acknowledged means in the journal of most servers.
  writeConcern: { w: "majority", journal: true, wtimeoutMS: 10_000 },
  // Binary data comes as a Buffer.
  promoteBuffers: true,
  readPreference: "primary",
  appName: "quicksand",
};

/** A command as sent, for tests that ask the server to explain it. */
export interface SentCommand {
  name: string;
  command: Record<string, unknown>;
}

export interface MongoOptions {
  uri: string;
  log: Logger;
  /** How long a request may wait for the database; by default just under two seconds. */
  answerWithinMs?: number;
  /** The most that the database may take, where that is less than the server's disk has. */
  limitBytes?: number;
  onCommand?: (sent: SentCommand) => void;
  /** See `StoreConfiguration`. */
  runsOutliveProcess?: boolean;
  /** Opens a database of any version, also one into which a backup was restored in part, and does not migrate it. */
  restores?: boolean;
  /** Writes nothing: a database is refused that this version would have to migrate or make, and this process is not registered. */
  onlyReads?: boolean;
}

/**
 * The connection to MongoDB. Connects at the first use and again after a failure; before anything else it registers this process and
 * migrates the database, unless it `onlyReads`.
 */
export class MongoDatabase {
  /** Identifies this process in `running` rows and in `instances`. */
  readonly instance = randomUUID();
  readonly #options: MongoOptions;
  readonly #connection: Connection;
  readonly #answerWithinMs: number;
  readonly #models: Models;
  readonly room: MongoRoom;
  /** Whether the runs that this process accepts belong to a queue, which goes on without it. */
  readonly runsOutliveProcess: boolean;
  #connected = false;
  #ready: Promise<Models> | undefined;
  #beat: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: MongoOptions) {
    this.#options = options;
    this.#answerWithinMs = options.answerWithinMs ?? ANSWER_WITHIN_MS;
    this.runsOutliveProcess = options.runsOutliveProcess ?? false;
    this.#connection = mongoose.createConnection();
    this.room = new MongoRoom(() => this.#stats(), options.limitBytes);
    this.#models = modelsOf(this.#connection);
    // Failures are reported by calls; an `error` event without a listener would end the process.
    this.#connection.on("error", (error) => options.log.debug({ err: error }, "MongoDB connection"));
  }

  /** Runs one piece of work; throws `store_unavailable` when the database does not finish it within `limitMs`. */
  async step<T>(work: (models: Models) => Promise<T>, limitMs = this.#answerWithinMs): Promise<T> {
    if (this.#closed) throw unavailable("The database is closed: Quicksand is shutting down.");
    try {
      return await within(
        limitMs,
        this.#prepared().then((models) => work(models)),
      );
    } catch (error) {
      throw translated(error);
    }
  }

  /** The server's version. */
  async version(): Promise<string> {
    const answer = await this.#connection.db?.admin().command({ buildInfo: 1 });
    return typeof answer?.version === "string" ? answer.version : "unknown";
  }

  async #stats(): Promise<unknown> {
    return this.#connection.db?.command({ dbStats: 1, freeStorage: 1 });
  }

  /** Empties the database; nobody else may use it. */
  startAnew(): Promise<void> {
    return this.step(startAnew, NEW_DATABASE_MS);
  }

  async ping(): Promise<void> {
    await this.#connection.db?.admin().command({ ping: 1 });
  }

  /** The live processes that use this store, including this one. */
  async livingInstances(): Promise<InstanceRow[]> {
    const now = (await this.#heartbeat()).getTime();
    const known = await this.#models.instances.find({ seenAt: { $gt: new Date(now - GONE_MS) } }).lean();
    return known.filter((other) => !isGone(other));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const ready = await this.#ready?.catch(() => undefined);
    clearInterval(this.#beat);
    try {
      // Optional: without it others notice after a minute.
      if (ready && !this.#options.onlyReads) await within(ANSWER_WITHIN_MS, this.#unregister());
    } catch (error) {
      this.#options.log.debug({ err: error }, "MongoDB went away before us");
    }
    await this.#connection.close(true);
  }

  #prepared(): Promise<Models> {
    this.#ready ??= this.#prepare().catch((error) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  async #prepare(): Promise<Models> {
    // After the first connection the driver reconnects by itself.
    if (!this.#connected) await this.#connect();
    if (this.#options.onlyReads) {
      await assertReadable(this.#models);
      return this.#models;
    }
    if (this.#options.restores) await this.#register();
    else await this.#registerAndMigrate();
    return this.#models;
  }

  /**
   * A restore marks the database and then looks for other processes. So this one is to be seen before it looks for the mark, which `migrate`
   * does: one of the two finds the other, whichever comes first.
   */
  async #registerAndMigrate(): Promise<void> {
    await assertOpenable(this.#models);
    await this.#register();
    try {
      await migrate(this.#models);
    } catch (error) {
      await this.#unregister().catch(() => undefined);
      throw error;
    }
  }

  async #register(): Promise<void> {
    await this.#heartbeat();
    this.#beat ??= setInterval(() => {
      this.#heartbeat().catch((error) => this.#options.log.debug({ err: error }, "MongoDB sign of life"));
    }, BEAT_MS).unref();
  }

  async #unregister(): Promise<void> {
    clearInterval(this.#beat);
    this.#beat = undefined;
    await this.#models.instances.deleteOne({ _id: this.instance });
  }

  async #connect(): Promise<void> {
    const { uri, onCommand } = this.#options;
    try {
      await this.#connection.openUri(uri, {
        ...CONNECTION,
        waitQueueTimeoutMS: this.#answerWithinMs,
        monitorCommands: onCommand !== undefined,
      });
    } catch (error) {
      const reason = translated(error);
      if (reason instanceof AppError) throw reason;
      throw unavailable(
        "MONGODB_URI cannot be used: write it as mongodb://user:password@host:port/name.",
        error,
      );
    }
    this.#connected = true;
    this.#connection
      .getClient()
      .on("commandStarted", ({ commandName, command }) => onCommand?.({ name: commandName, command }));
  }

  /** Returns the database server's time. */
  async #heartbeat(): Promise<Date> {
    const seen = await this.#models.instances
      .findOneAndUpdate(
        { _id: this.instance },
        {
          $currentDate: { seenAt: true },
          $set: { ...ownProcess(), ...(this.runsOutliveProcess ? { ofQueue: true as const } : {}) },
        },
        { upsert: true, returnDocument: "after" },
      )
      .lean();
    return seen?.seenAt ?? new Date();
  }
}

const { mongo } = mongoose;

export function isDuplicate(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === 11_000;
}

function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return withTimeout(work, limitMs, () => {
    throw unavailable(`MongoDB did not answer within ${limitMs} ms: try again.`);
  });
}

function unavailable(message: string, cause?: unknown): AppError {
  return new AppError("store_unavailable", message, { retryAfterS: 5, cause });
}

/** Server errors of a full disk, and of a full quota at a provider. */
const FULL: ReadonlySet<unknown> = new Set([14_031, 8_000]);
/** Server errors that are temporary: shutting down, no primary, write not confirmed in time. */
const NOT_NOW: ReadonlySet<unknown> = new Set([
  64, 89, 91, 189, 262, 9001, 10_107, 11_600, 11_602, 13_388, 13_435, 13_436,
]);
/** Unauthorized, AuthenticationFailed. */
const REFUSED: ReadonlySet<unknown> = new Set([13, 18]);

/** Socket errors, which the driver does not wrap when a connection closes during a write. */
const SOCKET_ERROR = /^(EPIPE|ECONN[A-Z]+|E[A-Z]+UNREACH|ETIMEDOUT|ENOTFOUND|EAI_[A-Z]+|ERR_STREAM_[A-Z_]+)$/;

function translated(error: unknown): unknown {
  // A bulk write on a closed connection is a server error by class and a network error by cause.
  if (error instanceof mongo.MongoBulkWriteError && error.errorResponse instanceof Error) {
    return translated(error.errorResponse);
  }
  if (error instanceof mongo.MongoServerError && REFUSED.has(error.code)) {
    return unavailable(
      "MongoDB refuses the sign-in: check the user, password and database in MONGODB_URI.",
      error,
    );
  }
  if (error instanceof mongo.MongoServerError && FULL.has(error.code)) return storeFull(error);
  const away =
    error instanceof mongo.MongoNetworkError ||
    error instanceof mongo.MongoServerSelectionError ||
    (error instanceof mongo.MongoError && error.name === "MongoWaitQueueTimeoutError") ||
    error instanceof mongo.MongoNotConnectedError ||
    error instanceof mongo.MongoTopologyClosedError ||
    error instanceof mongoose.Error.MongooseServerSelectionError ||
    (error instanceof mongo.MongoServerError && NOT_NOW.has(error.code)) ||
    (error instanceof Error && "code" in error && SOCKET_ERROR.test(String(error.code)));
  return away ? unavailable("MongoDB cannot be reached: start it, or check MONGODB_URI.", error) : error;
}
