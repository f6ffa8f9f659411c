import assert from "node:assert/strict";
import { test } from "node:test";
import { createLog } from "../../log";
import { PLANS } from "../../plans";
import type { Profile } from "../cell";
import { Runtime } from "./runtime";
import { SUPERVISOR_SHELL } from "./supervisor";

const { run, compile, ...others } = PLANS.guest.limits;
const PROFILE: Profile = {
  ...{ image: "sha256:0", shell: SUPERVISOR_SHELL, env: {}, standby: [] },
  ...{ limits: { run, compile, ...others, processes: 64 }, first: run },
};
const UNREADABLE = Object.assign(
  new Error(
    `OCI runtime start failed: creating process: failed to load ${SUPERVISOR_SHELL}: permission denied`,
  ),
  { statusCode: 400 },
);

function runtimeOf(name?: string): Runtime {
  return new Runtime(name, createLog("silent"));
}

/** A first container that answers so. */
function container(held: boolean | null, runtime?: Runtime) {
  return {
    isHeldToLimits: async () => held,
    async repeatLimits() {
      runtime?.learnFromUpdate(Object.assign(new Error("Cannot update container"), { statusCode: 500 }));
    },
  };
}

test("a runtime that starts the unreadable shell makes containers as they are asked for", async () => {
  const runtime = runtimeOf();
  assert.equal(runtime.learnFromFailure(new Error("no space left on device")), false);
  await runtime.learnLimits(container(true));
  assert.equal(runtime.adapt(PROFILE), PROFILE);
  assert.deepEqual([runtime.notice, runtime.processOneIsMortal], [null, false]);
  assert.equal(runtime.learnFromUpdate(Object.assign(new Error("injected"), { statusCode: 500 })), false);
});

test("one that cannot is tried again with the image's own shell, and room for its own processes", () => {
  const runtime = runtimeOf("runsc");
  assert.equal(runtime.learnFromFailure(UNREADABLE), true);
  const adapted = runtime.adapt(PROFILE);
  assert.equal(adapted.shell, "/bin/sh");
  assert.ok(adapted.limits.processes > 4 * PROFILE.limits.processes);
  assert.equal(runtime.adapt({ ...PROFILE, shell: "/bin/ash" }).shell, "/bin/ash");
  assert.equal(runtime.processOneIsMortal, true);
});

test("a machine with fewer processors than a stage may use is learnt from what the engine says, and all of them are used", () => {
  const runtime = runtimeOf();
  const two = { ...PROFILE, first: { ...compile, cpus: 2 } };
  assert.equal(runtime.adapt(two), two);
  const refused = "(HTTP code 400) Range of CPUs is from 0.01 to 1.00, as there are only 1 CPUs available";
  assert.equal(runtime.learnFromFailure(Object.assign(new Error(refused), { statusCode: 400 })), true);
  assert.deepEqual(runtime.adapt(two).first, { ...compile, cpus: 1 });
  assert.deepEqual([runtime.possible(compile).cpus, runtime.possible(run).cpus], [1, run.cpus]);
});

test("limits that do not hold, or cannot be changed, are said with the runtime's name and the remedy", async () => {
  const unheld = runtimeOf("runsc");
  await unheld.learnLimits(container(false));
  assert.match(unheld.notice ?? "", /runsc holds sandboxes to no limit.*--ignore-cgroups/);
  const fixed = runtimeOf("runsc");
  fixed.learnFromFailure(UNREADABLE);
  await fixed.learnLimits(container(true, fixed));
  assert.match(fixed.notice ?? "", /runsc cannot change the limits.*compiled languages/);
  const byDefault = runtimeOf();
  await byDefault.learnLimits(container(false));
  assert.match(byDefault.notice ?? "", /^Docker's default runtime/);
});

test("an engine that does not tell whether limits hold is asked with the next container", async () => {
  const runtime = runtimeOf("runsc");
  await runtime.learnLimits(container(null));
  assert.equal(runtime.notice, null);
  await runtime.learnLimits(container(false));
  assert.notEqual(runtime.notice, null);
});
