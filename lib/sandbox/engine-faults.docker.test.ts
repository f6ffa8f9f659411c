/** Each call to the engine fails once, at the engine's client: the run fails as our fault and nothing stays taken. */
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import Docker from "dockerode";
import { AppError } from "../errors";
import { eventually, limitsWith, openSandbox, type TestSandbox } from "./testing/sandbox-fixture";

type Method = () => Promise<unknown>;

/** Makes the next call of a method fail, and no other. Returns whether it has been called. */
function failOnce(target: object, name: string, failure: Error): () => boolean {
  const methods = target as Record<string, Method>;
  const real = methods[name];
  assert.ok(real, `there is a method ${name}`);
  let failed = false;
  methods[name] = function (this: unknown) {
    methods[name] = real;
    failed = true;
    return Promise.reject(failure);
  };
  return () => failed;
}

async function opened(t: TestContext): Promise<TestSandbox> {
  const sandbox = await openSandbox();
  t.after(() => sandbox.close());
  return sandbox;
}

function engineSays(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}

async function assertNothingTaken(sandbox: TestSandbox): Promise<void> {
  await eventually("no container is left", async () => (await sandbox.containers()).length === 0);
  const health = await sandbox.underTest.health();
  assert.deepEqual([health.ok, health.running, health.warm], [true, 0, 0]);
  const ran = await sandbox.run("bash", "echo next");
  assert.deepEqual([ran.status, ran.stdout], ["success", "next\n"]);
}

const probe = new Docker().getContainer("none");
const CONTAINER = Object.getPrototypeOf(probe) as object;

const MAKING: [string, object, string][] = [
  ["create", Docker.prototype, "createContainer"],
  ["attach", CONTAINER, "attach"],
  ["start", CONTAINER, "start"],
];
for (const [name, target, method] of MAKING) {
  for (const failure of [
    engineSays(500, "injected: no space left on device"),
    Object.assign(new Error("injected"), { code: "ECONNRESET" }),
  ]) {
    test(`a ${name} that fails (${failure.message}) is docker_unavailable and leaves nothing`, async (t) => {
      const sandbox = await opened(t);
      const failed = failOnce(target, method, failure);
      await assert.rejects(sandbox.run("bash", "echo no"), (cause) => {
        assert.ok(cause instanceof AppError);
        assert.equal(cause.code, "docker_unavailable");
        assert.doesNotMatch(cause.message, /injected/);
        return true;
      });
      assert.ok(failed());
      await assertNothingTaken(sandbox);
    });
  }
}

test("an update of the limits between the stages that fails is docker_unavailable and leaves nothing", async (t) => {
  const sandbox = await opened(t);
  const failed = failOnce(CONTAINER, "update", engineSays(500, "injected"));
  await assert.rejects(sandbox.run("c", "int main(void) { return 0; }"), { code: "docker_unavailable" });
  assert.ok(failed());
  await assertNothingTaken(sandbox);
});

test("a kill that fails still ends the run, and the container goes with its removal", async (t) => {
  const sandbox = await opened(t);
  const failed = failOnce(CONTAINER, "kill", engineSays(500, "injected"));
  const ran = await sandbox.run("bash", "sleep 60", { limits: limitsWith({ timeoutMs: 500 }) });
  assert.equal(ran.status, "timeout");
  assert.ok(failed());
  await assertNothingTaken(sandbox);
});

test("a removal that fails once is tried again", async (t) => {
  for (const failure of [engineSays(500, "injected"), engineSays(409, "removal is already in progress")]) {
    const sandbox = await opened(t);
    const failed = failOnce(CONTAINER, "remove", failure);
    assert.equal((await sandbox.run("bash", "echo yes")).status, "success");
    await eventually("the removal was tried", failed);
    await assertNothingTaken(sandbox);
  }
});

test("a removal that the engine is busy with is waited for, for longer than one that fails", async (t) => {
  const sandbox = await opened(t);
  const methods = CONTAINER as { remove: Method };
  const real = methods.remove;
  let asked = 0;
  t.after(() => {
    methods.remove = real;
  });
  methods.remove = function (this: unknown, ...options: []) {
    asked++;
    if (asked <= 5) return Promise.reject(engineSays(409, "removal is already in progress"));
    return real.apply(this, options);
  };
  assert.equal((await sandbox.run("bash", "echo yes")).status, "success");
  await sandbox.underTest.close();
  assert.equal(asked, 6);
  assert.deepEqual(await sandbox.containers(), []);
});

test("usage that cannot be asked for does not hold up a timeout", async (t) => {
  const sandbox = await opened(t);
  // Every call: a new sandbox asks too, for what its limits are, and would take a single failure for itself.
  const stats = t.mock.method(CONTAINER as { stats: Method }, "stats", () =>
    Promise.reject(engineSays(500, "injected")),
  );
  const ran = await sandbox.run("bash", "sleep 60", { limits: limitsWith({ timeoutMs: 500 }) });
  assert.deepEqual([ran.status, ran.memoryUsed, ran.cpuMs], ["timeout", null, null]);
  assert.ok(stats.mock.callCount() > 0);
  stats.mock.restore();
  await assertNothingTaken(sandbox);
});

test("an image that was removed behind our back is looked for again", async (t) => {
  const sandbox = await opened(t);
  await sandbox.run("bash", "echo known");
  const failed = failOnce(Docker.prototype, "createContainer", engineSays(404, "No such image"));
  await assert.rejects(sandbox.run("bash", "echo no"), { code: "docker_unavailable" });
  assert.ok(failed());
  await assertNothingTaken(sandbox);
});
