/** A Docker engine of the tests' own, which they can stop without disturbing anybody's. */
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type Docker from "dockerode";
import { connectDocker } from "../docker";
import type { EngineVariables } from "../engine-address.mjs";
import { eventually } from "./sandbox-fixture";

export interface SecondEngine {
  readonly host: string;
  /** For `connectDocker` and `openSandbox`. */
  readonly variables: EngineVariables;
  readonly docker: Docker;
  start(): Promise<void>;
  /** Ends the engine and what runs on it, as a crash would. */
  stop(): Promise<void>;
  freeze(): void;
  thaw(): void;
  /** Copies an image from the machine's own engine. */
  load(image: string): Promise<void>;
  /** Stops it for good and removes its data. */
  dispose(): Promise<void>;
}

/** systemd's protocol for a socket at descriptor 3; without one it is only a shell that becomes the engine. */
const SOCKETS_HANDED_OVER = ["sh", "-c", 'LISTEN_FDS=1 LISTEN_PID=$$ exec "$@"', "sh"];

export interface SecondEngineOptions {
  /** OCI runtimes by name: the program, and what it is called with before Docker's own arguments. */
  runtimes?: Readonly<Record<string, readonly [string, ...string[]]>>;
  /** Further options of `dockerd`. */
  dockerd?: readonly string[];
  /** Descriptor of a listening TCP socket of ours. The engine's own network has no way in, so it is handed over as systemd would. */
  listener?: number;
}

/** Not started yet. Needs root and `dockerd`. */
export async function secondEngine({
  runtimes = {},
  dockerd = [],
  listener,
}: SecondEngineOptions = {}): Promise<SecondEngine> {
  const root = await mkdtemp(path.join(os.tmpdir(), "quicksand-engine-"));
  const at = (name: string) => path.join(root, name);
  const host = `unix://${at("docker.sock")}`;
  const variables: EngineVariables = { DOCKER_HOST: host };
  const docker = connectDocker(variables);
  let ended: Promise<void> = Promise.resolve();
  const known = Object.entries(runtimes).map(([name, [program, ...runtimeArgs]]) => [
    name,
    { path: program, runtimeArgs },
  ]);
  // A file even without any: else the engine would read the machine's own.
  await writeFile(at("daemon.json"), JSON.stringify({ runtimes: Object.fromEntries(known) }));

  async function start(): Promise<void> {
    const log = openSync(at("log"), "a");
    const init = ["/usr/bin/docker-init", "/usr/bin/tini"].find((file) => existsSync(file));
    const options = [
      ...["-H", host, "--data-root", at("data"), "--exec-root", at("exec"), "--pidfile", at("pid")],
      ...["--config-file", at("daemon.json")],
      ...["--bridge=none", "--iptables=false", "--ip-forward=false", "--ip-masq=false"],
      ...(listener === undefined ? [] : ["-H", "fd://"]),
      ...dockerd,
    ];
    // In a network of its own: an engine without a bridge removes `docker0`, which is another engine's; and no registry answers it.
    // Its mounts are its own too, so that they go with it.
    const wrapped = [...(init ? [init, "-s", "--"] : []), ...SOCKETS_HANDED_OVER, "dockerd", ...options];
    const child = spawn("unshare", ["--net", "--mount", "--", ...wrapped], {
      stdio: ["ignore", log, log, ...(listener === undefined ? [] : [listener])],
      detached: true,
    });
    closeSync(log);
    ended = new Promise((resolve) => child.once("close", () => resolve()));
    await eventually("the second engine answers", () => docker.ping().then(Boolean, () => false), 30_000);
  }

  /** The process id of the engine itself, from its own pid file. */
  function pid(): number {
    return Number.parseInt(readFileSync(at("pid"), "utf8"), 10);
  }

  async function stop(): Promise<void> {
    if (!existsSync(at("pid"))) return;
    process.kill(pid(), "SIGCONT");
    process.kill(pid(), "SIGTERM");
    await ended;
  }

  return {
    host,
    variables,
    docker,
    start,
    stop,
    freeze: () => process.kill(pid(), "SIGSTOP"),
    thaw: () => process.kill(pid(), "SIGCONT"),
    async load(image) {
      const archive = await connectDocker().getImage(image).get();
      const answer = await docker.loadImage(archive);
      await new Promise((resolve, reject) =>
        docker.modem.followProgress(answer, (error) => (error ? reject(error) : resolve(null))),
      );
    },
    async dispose() {
      await stop();
      await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
