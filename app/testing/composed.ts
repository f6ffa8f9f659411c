/** Runs the real docker-compose.yml as a Compose project of its own, against stand-ins for MongoDB and Redis on this machine. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { composeCommand } from "../../bin/check/compose.mjs";
import { run, succeeds } from "../../bin/setup/child.mjs";

const ROOT = path.join(import.meta.dirname, "../..");
const SOCKET = "/var/run/docker.sock";
const HEALTHY_MS = 120_000;
const MAX_SAID = 3_000;

export interface ComposedOptions {
  image: string;
  /** Ports of this machine's loopback, and what follows them in an address. */
  mongo: { port: number; rest: string };
  redis: { port: number; password: string };
  workers: number;
  /** For both roles. */
  settings: Readonly<Record<string, string>>;
}

/** What is asked of a container here; `docker inspect` has more. */
interface Inspected {
  State: { ExitCode: number; Running: boolean; Health?: { Status: string; Log: { Output: string }[] } };
  Mounts: { Type: string; Destination: string }[];
  NetworkSettings: { Networks: Record<string, { IPAddress: string }> };
}

export class Composed {
  readonly #project = `quicksand-test-${randomBytes(4).toString("hex")}`;
  readonly #folder = mkdtempSync(path.join(os.tmpdir(), "quicksand-compose-"));
  readonly #doors: net.Server[] = [];
  #environment: NodeJS.ProcessEnv | null = null;
  port = 0;

  static async start(options: ComposedOptions): Promise<Composed> {
    const composed = new Composed();
    try {
      await composed.#start(options);
      return composed;
    } catch (error) {
      await composed.close();
      throw error;
    }
  }

  async #start({ image, mongo, redis, workers, settings }: ComposedOptions): Promise<void> {
    const [database, queue] = await freeNetworks(2);
    if (!database || !queue) throw new Error("Docker gave no networks.");
    this.port = await freePort();
    const environment = (extra: Readonly<Record<string, string>>) =>
      Object.entries({ ...settings, ...extra }).map(([name, value]) => `${name}=${value}`);
    // The networks lead nowhere but to this machine's end of them: there the doors to MongoDB and Redis are opened once they are made.
    const [mongoPort, redisPort] = [await freePort(), await freePort()];
    const addresses = {
      MONGODB_URI: `mongodb://${database.gateway}:${mongoPort}/${mongo.rest}`,
      REDIS_URL: `redis://:${redis.password}@${queue.gateway}:${redisPort}`,
    };
    const override = {
      services: {
        web: { image, environment: environment(addresses) },
        worker: { image, environment: environment({ ...addresses, QUICKSAND_CONCURRENCY: "2" }) },
      },
      // Compose 1 takes a network from the last file that names it, Compose 2 merges them.
      networks: {
        database: { internal: true, ipam: { config: [database] } },
        queue: { internal: true, ipam: { config: [queue] } },
      },
    };
    writeFileSync(path.join(this.#folder, "override.yml"), JSON.stringify(override));
    this.#environment = {
      ...process.env,
      PORT: String(this.port),
      MONGO_PASSWORD: "unused",
      REDIS_PASSWORD: "unused",
      NEXTAUTH_SECRET: randomBytes(24).toString("hex"),
      DOCKER_GID: String(statSync(SOCKET).gid),
      DOCKER_SOCKET: SOCKET,
    };
    const roles = ["--no-deps", "--no-build", "--scale", `worker=${workers}`, "web", "worker"];
    await this.#compose("up", "--no-start", ...roles);
    this.#doors.push(await openDoor(database.gateway, mongoPort, mongo.port));
    this.#doors.push(await openDoor(queue.gateway, redisPort, redis.port));
    await this.#compose("up", "--detach", ...roles);
  }

  async #compose(...words: string[]): Promise<string> {
    const [file, ...before] = (await composeCommand()) ?? [];
    if (!file) throw new Error("There is no Docker Compose.");
    const files = ["--file", "docker-compose.yml", "--file", path.join(this.#folder, "override.yml")];
    // Not this machine's own .env.
    const from = ["--project-name", this.#project, "--env-file", ".env.example", ...files];
    return run(file, [...before, ...from, ...words], {
      cwd: ROOT,
      ...(this.#environment && { env: this.#environment }),
    });
  }

  /** Ids of a role's containers. */
  async containers(role: "web" | "worker"): Promise<string[]> {
    const labels = [`com.docker.compose.project=${this.#project}`, `com.docker.compose.service=${role}`];
    const filters = labels.flatMap((label) => ["--filter", `label=${label}`]);
    return words(await run("docker", ["ps", "--all", "--quiet", "--no-trunc", ...filters]));
  }

  async inspect(id: string): Promise<Inspected> {
    const [found] = JSON.parse(await run("docker", ["inspect", id])) as Inspected[];
    if (!found) throw new Error(`There is no container ${id}.`);
    return found;
  }

  /** Waits until a container says so, and fails with what it said instead. */
  async healthy(id: string): Promise<void> {
    const end = performance.now() + HEALTHY_MS;
    for (;;) {
      const { State } = await this.inspect(id);
      if (State.Health?.Status === "healthy") return;
      if (!State.Running || performance.now() > end) {
        const said = State.Health?.Log.at(-1)?.Output ?? "";
        throw new Error(`A container is not healthy: ${said}\n${(await this.log(id)).slice(-MAX_SAID)}`);
      }
      await sleep(500);
    }
  }

  /** A container's address in each of its networks, by the name in docker-compose.yml. */
  async addresses(id: string): Promise<Record<string, string>> {
    const { Networks } = (await this.inspect(id)).NetworkSettings;
    const named = ([name, { IPAddress }]: [string, { IPAddress: string }]) => [
      name.slice(this.#project.length + 1),
      IPAddress,
    ];
    return Object.fromEntries(Object.entries(Networks).map(named));
  }

  exec(id: string, ...command: string[]): Promise<string> {
    return run("docker", ["exec", id, ...command]);
  }

  execSucceeds(id: string, ...command: string[]): Promise<boolean> {
    return succeeds("docker", ["exec", id, ...command]);
  }

  log(id: string): Promise<string> {
    return run("sh", ["-c", 'docker logs "$1" 2>&1', "sh", id]);
  }

  /** Ends it as an operator does; resolves with its exit code and how long that took. */
  async stop(id: string): Promise<{ code: number; ms: number }> {
    const since = performance.now();
    await run("docker", ["stop", "-t", "30", id]);
    const ms = Math.round(performance.now() - since);
    return { code: (await this.inspect(id)).State.ExitCode, ms };
  }

  async close(): Promise<void> {
    if (this.#environment) await this.#compose("down", "--volumes", "--timeout", "20");
    for (const door of this.#doors) door.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const words = (text: string) => text.split(/\s+/).filter((word) => word !== "");

/** Subnets that nothing uses, as Docker would choose them: all are asked for before any is given back. */
async function freeNetworks(count: number): Promise<{ subnet: string; gateway: string }[]> {
  const made: string[] = [];
  try {
    const found: { subnet: string; gateway: string }[] = [];
    for (let index = 0; index < count; index += 1) {
      const name = `quicksand-test-${randomBytes(6).toString("hex")}`;
      await run("docker", ["network", "create", name]);
      made.push(name);
      const format = "{{(index .IPAM.Config 0).Subnet}} {{(index .IPAM.Config 0).Gateway}}";
      const [subnet = "", gateway = ""] = words(
        await run("docker", ["network", "inspect", "--format", format, name]),
      );
      found.push({ subnet, gateway });
    }
    return found;
  } finally {
    for (const name of made) await run("docker", ["network", "rm", name]);
  }
}

/** Passes on connections to an address of this machine's to a port of its loopback. */
async function openDoor(host: string, port: number, to: number): Promise<net.Server> {
  const door = net.createServer((outer) => {
    const inner = net.connect(to, "127.0.0.1");
    outer.pipe(inner).pipe(outer);
    for (const [socket, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
    }
  });
  door.listen(port, host);
  await once(door, "listening");
  door.unref();
  return door;
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
