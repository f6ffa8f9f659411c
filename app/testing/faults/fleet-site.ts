/** A web process and workers over Redis and MongoDB, of which each can be at fault. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { RedisServer } from "../../../lib/queue/testing/redis-server";
import { eventually } from "../../../lib/sandbox/testing/sandbox-fixture";
import { type MongoServer, startMongoServer } from "../../../lib/store/testing/mongo-server";
import { TcpProxy } from "../../../lib/system/testing/tcp-proxy";
import { WorkerProcess } from "../processes";
import { containersOfServer, FaultSite, PATIENCE_MS } from "./site";

export class FleetSite {
  readonly workers: WorkerProcess[] = [];
  /** All workers are on one machine, one after another or beside each other, and know each other's containers by it. */
  readonly #dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-faults-"));

  private constructor(
    readonly web: FaultSite,
    readonly redis: RedisServer,
    /** Between everybody and Redis. */
    readonly toRedis: TcpProxy,
    /** Between the workers and MongoDB. */
    readonly toMongo: TcpProxy,
    private readonly mongo: MongoServer,
    private readonly variables: Readonly<Record<string, string>>,
  ) {}

  /** Without a worker yet. */
  static async start(variables: Readonly<Record<string, string>> = {}): Promise<FleetSite> {
    const [mongo, redis] = await Promise.all([
      startMongoServer(process.env, { own: true }),
      RedisServer.start(),
    ]);
    const [toRedis, toMongo] = [
      await TcpProxy.to(Number(new URL(redis.url).port)),
      await TcpProxy.to(Number(new URL(mongo.uri).port)),
    ];
    const common = { ...variables, REDIS_URL: `redis://127.0.0.1:${toRedis.port}` };
    const web = await FaultSite.start({ ...common, MONGODB_URI: mongo.uri });
    const proxied = new URL(mongo.uri);
    proxied.port = String(toMongo.port);
    const ofWorkers = { ...common, DOCKER_HOST: web.engine.host, MONGODB_URI: proxied.href };
    return new FleetSite(web, redis, toRedis, toMongo, mongo, ofWorkers);
  }

  /** The workers' containers. */
  containers() {
    return containersOfServer(this.#dataDir);
  }

  /** Resolves when it takes runs. */
  async startWorker(concurrency = 1): Promise<WorkerProcess> {
    const worker = await WorkerProcess.start({
      ...this.variables,
      QUICKSAND_DATA_DIR: this.#dataDir,
      QUICKSAND_CONCURRENCY: String(concurrency),
    });
    this.workers.push(worker);
    return worker;
  }

  /** Waits until the web process knows of Docker at a worker. */
  async isReady(): Promise<void> {
    await eventually(
      "the web process is ready",
      async () => (await this.web.ask("GET", "/api/health/ready")).status === 200,
      PATIENCE_MS,
    );
  }

  async dispose(): Promise<void> {
    this.toRedis.delay(0);
    await Promise.allSettled(this.workers.map((worker) => worker.end()));
    const left = await this.containers();
    await this.web.dispose();
    await Promise.allSettled([this.toRedis.stop(), this.toMongo.stop()]);
    await Promise.allSettled([this.redis.close(), this.mongo.stop()]);
    rmSync(this.#dataDir, { recursive: true, force: true });
    assert.deepEqual(
      left.map(({ Id, State }) => `${Id.slice(0, 12)} ${State}`),
      [],
      "containers were left",
    );
  }
}
