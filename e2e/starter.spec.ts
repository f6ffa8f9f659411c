import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { freePort } from "./own-server";
import { ALL_ONLY, matrix } from "./sample";

test.describe.configure({ timeout: 180_000 });

/** An app that a command of this test starts, on a port and a data directory of its own. */
class StartedApp {
  readonly dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-e2e-"));
  readonly starter: ChildProcess;
  readonly #apps: number[] = [];
  #written = "";

  constructor(
    readonly port: number,
    command: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ) {
    const [file = "", ...args] = command;
    this.starter = spawn(file, args, {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...withoutNpm(process.env),
        NODE_ENV: "production",
        PORT: String(port),
        QUICKSAND_DATA_DIR: this.dataDir,
        QUICKSAND_LANGUAGES: "bash",
        ...environment,
      },
    });
    for (const stream of [this.starter.stdout, this.starter.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.#written += chunk.toString("utf8");
      });
    }
  }

  get written(): string {
    return this.#written;
  }

  /** Resolves with the app's process id when it answers and has registered itself in its data directory. */
  async ready(): Promise<number> {
    await expect.poll(() => this.answers(), { timeout: 120_000, message: this.#written }).toBe(true);
    const [instance = ""] = this.instances();
    const { pid } = JSON.parse(readFileSync(path.join(this.dataDir, "instances", instance), "utf8"));
    this.#apps.push(pid as number);
    return pid as number;
  }

  answers(): Promise<boolean> {
    return fetch(`http://127.0.0.1:${this.port}/api/health`).then(
      () => true,
      () => false,
    );
  }

  /** The processes that count as living; one that stops in order takes itself out, one that is killed does not. */
  instances(): string[] {
    return readdirSync(path.join(this.dataDir, "instances")).filter((name) => name !== "owner");
  }

  /** Ends whatever of it still lives: a test that failed must leave no server behind. */
  async dispose(): Promise<void> {
    this.starter.kill("SIGKILL");
    for (const pid of this.#apps.filter(isAlive)) process.kill(pid, "SIGTERM");
    await expect.poll(() => this.#apps.some(isAlive), { timeout: 30_000 }).toBe(false);
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}

const started: StartedApp[] = [];

test.afterEach(async () => {
  for (const app of started.splice(0)) await app.dispose();
});

function start(...[port, command, environment]: ConstructorParameters<typeof StartedApp>): StartedApp {
  const app = new StartedApp(port, command, environment);
  started.push(app);
  return app;
}

/** The tests themselves may have been started by npm, and what they start must not take that for its own. */
function withoutNpm(environment: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith("npm_")));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

for (const { who, command } of [
  { who: "starter", command: [process.execPath, "bin/start.mjs"] },
  { who: "npm that runs its starter", command: ["npm", "start"] },
]) {
  test(
    `when the ${who} is killed, the app stops in order and the port is free for the next start`,
    ALL_ONLY,
    async () => {
      const app = start(await freePort(), command);
      const pid = await app.ready();
      const exit = once(app.starter, "exit");
      app.starter.kill("SIGKILL");
      await exit;
      await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
      expect(app.instances(), "an app that stops in order signs itself out").toEqual([]);

      await start(app.port, command).ready();
    },
  );
}

for (const { what, command, sampled } of [
  { what: "a starter in the background", command: "node bin/start.mjs &", sampled: true },
  {
    what: "an app without a starter",
    command: 'node node_modules/next/dist/bin/next start -p "$PORT" &',
    sampled: false,
  },
]) {
  test(`${what} goes on when the shell that started it has ended`, matrix(sampled), async () => {
    const app = start(await freePort(), ["setsid", "sh", "-c", command]);
    await once(app.starter, "exit");
    await app.ready();
    // Longer than it takes to notice that a starter is gone.
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(await app.answers()).toBe(true);
  });
}

test("settings that cannot be used are said in words, and the starter ends instead of serving errors", async () => {
  const wrong = { QUICKSAND_WARM: "many", HOST: "127.0.0.1" };
  const { starter, written } = await ended(
    start(await freePort(), [process.execPath, "bin/start.mjs"], wrong),
  );
  expect(starter.exitCode).toBe(1);
  expect(written).toContain("QUICKSAND_WARM=many");
  expect(written).not.toContain("is ready");
});

async function ended(app: StartedApp): Promise<StartedApp> {
  if (app.starter.exitCode === null) await once(app.starter, "exit");
  return app;
}
