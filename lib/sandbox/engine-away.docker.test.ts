import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AppError } from "../errors";
import { LANGUAGES } from "../languages";
import { connectDocker } from "./docker";
import { createImages } from "./images";
import {
  eventually,
  languageOf,
  limitsWith,
  openSandbox,
  type Ran,
  type TestSandbox,
} from "./testing/sandbox-fixture";
import { type SecondEngine, secondEngine } from "./testing/second-engine";

let engine: SecondEngine;
let sandbox: TestSandbox;

before(async () => {
  engine = await secondEngine();
  await engine.start();
  const bash = await createImages(connectDocker(), { images: new Map() }).find(languageOf("bash"));
  assert.ok(bash, "the bash image is there");
  await engine.load((await connectDocker().getImage(bash.id).inspect()).RepoTags[0] ?? bash.id);
  const languages = LANGUAGES.filter(({ id }) => id === "bash");
  sandbox = await openSandbox({ engine: engine.variables, languages, warm: 1 });
});

after(async () => {
  await sandbox.close();
  await engine.dispose();
});

/** The error of a run that cannot start, and how long it took. */
async function refused(): Promise<{ error: unknown; ms: number }> {
  const since = performance.now();
  const error = await sandbox.run("bash", "echo no").then(
    (ran) => assert.fail(`the run ended with ${ran.status}`),
    (cause: unknown) => cause,
  );
  return { error, ms: performance.now() - since };
}

function assertUnavailable({ error, ms }: { error: unknown; ms: number }): void {
  assert.ok(error instanceof AppError, String(error));
  assert.equal(error.code, "docker_unavailable");
  assert.match(error.message, /Docker/);
  assert.ok((error.retryAfterS ?? 0) > 0);
  // 2 s are promised; the rest is for a busy machine. Waiting for a creation to fail would take longer.
  assert.ok(ms < 5_000, `${Math.round(ms)} ms`);
}

async function assertWorks(): Promise<void> {
  const ran = await sandbox.run("bash", "echo works");
  assert.deepEqual([ran.status, ran.stdout], ["success", "works\n"]);
  assert.equal((await sandbox.underTest.health()).running, 0);
}

const running = "echo up; sleep 20; echo never";

/** Starts a long run and resolves once it prints. */
async function longRun(): Promise<{ end: Promise<Ran | AppError> }> {
  let up = () => {};
  const printed = new Promise<void>((resolve) => (up = resolve));
  const end = sandbox
    .run("bash", running, {
      limits: limitsWith({ timeoutMs: 3_000 }),
      onEvent: (event) => event.type === "stdout" && up(),
    })
    .catch((cause: unknown) => {
      assert.ok(cause instanceof AppError, String(cause));
      return cause;
    });
  await printed;
  return { end };
}

test("with the engine there, runs work", assertWorks);

test("a frozen engine is said to be away in 2 s, and runs work again when it goes on", async () => {
  await eventually("a sandbox is warm", async () => (await sandbox.underTest.health()).warm === 1);
  engine.freeze();
  try {
    // First the one that is warm, then those that would have to be made.
    for (let attempt = 0; attempt < 3; attempt++) assertUnavailable(await refused());
    const health = await sandbox.underTest.health();
    assert.equal(health.ok, false);
  } finally {
    engine.thaw();
  }
  await eventually("the engine answers", async () => (await sandbox.underTest.health()).ok);
  await assertWorks();
});

test("an engine that freezes during a run makes it end as our fault, never as a success", async () => {
  const { end } = await longRun();
  engine.freeze();
  const ran = await Promise.race([end, new Promise<null>((resolve) => setTimeout(resolve, 12_000, null))]);
  engine.thaw();
  assert.ok(ran, "it ended while the engine was frozen");
  assert.ok(ran instanceof AppError || ["system_error", "timeout"].includes(ran.status));
  await eventually("the engine answers", async () => (await sandbox.underTest.health()).ok);
  await assertWorks();
});

test("an engine that ends during a run makes it a failure of ours, and no slot stays taken", async () => {
  const { end } = await longRun();
  await engine.stop();
  const ran = await end;
  // Whether the engine can still say what became of the container is its own haste.
  const failure = ran instanceof AppError ? ran.code : `${ran.status} after ${ran.stdout}: ${ran.message}`;
  assert.match(failure, /^(docker_unavailable|system_error after up\n: .*our fault.*)$/s);
  assert.equal((await sandbox.underTest.health()).running, 0);
});

test("while the engine is away a run is refused in 2 s, with what to do about it", async () => {
  await engine.stop();
  for (let attempt = 0; attempt < 3; attempt++) assertUnavailable(await refused());
  const health = await sandbox.underTest.health();
  assert.equal(health.ok, false);
  assert.match(health.message ?? "", /not running/);
});

test("when the engine is back, runs work again without a restart of ours", async () => {
  await engine.start();
  await assertWorks();
  await assertWorks();
});

test("what a crash of the engine left is gone once the sandbox is closed and opened again", async () => {
  const { dataDir } = sandbox;
  const { end } = await longRun();
  await engine.stop();
  await end;
  await sandbox.underTest.close();
  await engine.start();
  sandbox = await openSandbox({ engine: engine.variables, languages: [], dataDir });
  await eventually("the old containers are reaped", async () => (await sandbox.containers()).length === 0);
});
