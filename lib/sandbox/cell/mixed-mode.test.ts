import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createLog } from "../../log";
import { PLANS } from "../../plans";
import type { Frame, Profile, Step, Trailer } from "../cell";
import type { Container } from "../container/container";
import { ContainerMode } from "../container/mode";
import { SUPERVISOR_SHELL } from "../container/supervisor";
import { CellsRefused } from "../container/supervisor-stream";
import { OutageLog } from "../outage-log";
import { MixedMode } from "./mixed-mode";

const { limits } = PLANS.guest;
const PROFILE: Profile = {
  ...{ image: "sha256:1", shell: SUPERVISOR_SHELL, env: {}, limits, first: limits.run, standby: [] },
};
const COMPILED: Profile = { ...PROFILE, first: { ...limits.run, memoryBytes: 512 * 1_048_576 } };
const never = new Promise<never>(() => {});
const STEP: Step = {
  ...{ files: [], argv: ["true"], standby: false, flushes: false, input: { kind: "none" }, terminal: null },
  ...{ last: true, endable: false, measure: false, collect: false, cpuSeconds: 1 },
};
const TRAILER: Trailer = {
  ...{ exitCode: 0, signaled: false, cpuMs: 1, memoryBytes: 1, ownPeak: true, oomKills: 0, written: false },
};

/** Containers that are only counted, and runs in them that end at once. */
function machineOf() {
  const machine = {
    made: [] as { kind: "container" | "cell"; memoryBytes: number }[],
    living: new Set<Container>(),
    refusal: null as string | null,
    oomKills: 0,
    now: 0,
  };
  function containerOf(memoryBytes: number): Container {
    return {
      ...{ isolation: "container", image: "sha256:1", ownImage: true, memoryLimitBytes: memoryBytes },
      ...{ whenDead() {}, lose() {}, takeStandby: () => false, untilReady: async () => {} },
      turn: async () => ({ largestProcessBytes: 1, cpuMs: 1, memoryBytes: 1 }),
      // biome-ignore lint/correctness/useYield: a step that prints nothing.
      async *step(): AsyncGenerator<Frame, Trailer | null> {
        return { ...TRAILER, oomKills: machine.oomKills };
      },
    } as unknown as Container;
  }
  const containers = {
    notice: null,
    async create(profile: Profile, request?: unknown) {
      if (request && machine.refusal) throw new CellsRefused(machine.refusal);
      const { memoryBytes } = profile.first;
      machine.made.push({ kind: request ? "cell" : "container", memoryBytes });
      const container = containerOf(memoryBytes);
      machine.living.add(container);
      return container;
    },
    async remove(container: Container) {
      machine.living.delete(container);
    },
    async removeAll() {
      machine.living.clear();
    },
    removeLeft: async () => {},
    reap: async () => 0,
  };
  return { machine, containers };
}

function modeOf(context: TestContext, prefer: "cell" | "auto", warm = 0) {
  const { machine, containers } = machineOf();
  const log = createLog("silent");
  const engine = { watch: () => ({ lost: never, end() {} }) };
  const common = { containers, engine, warm, outages: new OutageLog(log), log };
  const mode = new MixedMode({
    containers: new ContainerMode(common),
    cells: { ...common, host: async () => ({ architecture: "x64", processors: 2, appArmor: false }) },
    ...{ prefer, log, now: () => machine.now },
  });
  context.after(() => mode.close());
  return { mode, machine };
}

/** Acquires, runs one step, and releases; resolves with what isolated it. */
async function run({ mode }: { mode: MixedMode }, profile = PROFILE, how: "clean" | "abnormal" = "clean") {
  const cell = await mode.acquire(profile, never);
  const steps = cell.step(STEP);
  while (!(await steps.next()).done) {}
  mode.release(cell, how);
  await new Promise((resolve) => setImmediate(resolve));
  return cell.isolation;
}

test("runs that end well follow one another in one cell", async (context) => {
  const set = modeOf(context, "cell");
  for (let n = 0; n < 5; n++) assert.equal(await run(set), "cell");
  assert.equal(set.machine.made.length, 1);
});

test("a cell goes after an abnormal end, after a process that was killed for memory, and after two hundred runs", async (context) => {
  const set = modeOf(context, "cell");
  await run(set, PROFILE, "abnormal");
  await run(set);
  assert.equal(set.machine.made.length, 2);
  set.machine.oomKills = 1;
  await run(set);
  set.machine.oomKills = 0;
  for (let n = 0; n < 200; n++) await run(set);
  assert.equal(set.machine.made.length, 3);
  await run(set);
  assert.equal(set.machine.made.length, 4);
});

test("a compiled language has a cell for each stage, which go back apart", async (context) => {
  const set = modeOf(context, "cell");
  for (let n = 0; n < 3; n++) assert.equal(await run(set, COMPILED), "cell");
  assert.deepEqual(
    set.machine.made.map(({ memoryBytes }) => memoryBytes),
    [COMPILED.first.memoryBytes, limits.run.memoryBytes],
  );
});

test("where cells are refused containers serve, the notice says why and what to do, and cells are tried again later", async (context) => {
  const set = modeOf(context, "cell");
  set.machine.refusal = "unshare: No space left on device";
  assert.equal(set.mode.notice, null);
  assert.equal(await run(set), "container");
  assert.match(set.mode.notice ?? "", /unshare: No space left.*user\.max_user_namespaces/);
  assert.equal(set.mode.isolation, "container");
  set.machine.refusal = null;
  assert.equal(await run(set), "container");
  set.machine.now += 6 * 60_000;
  assert.equal(await run(set), "cell");
  assert.equal(set.mode.notice, null);
});

test("a compiled language is refused cells as any other", async (context) => {
  const set = modeOf(context, "cell");
  set.machine.refusal = "mount /: Permission denied";
  assert.equal(await run(set, COMPILED), "container");
});

test("cells that are kept warm and refused are said and made up for by containers", async (context) => {
  const set = modeOf(context, "cell", 2);
  set.machine.refusal = "mount /tmp: Permission denied";
  set.mode.keep(PROFILE, 1);
  while (set.mode.idle === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.match(set.mode.notice ?? "", /AppArmor/);
  assert.equal(await run(set), "container");
});

test("an image that an operator named has containers", async (context) => {
  assert.equal(await run(modeOf(context, "cell"), { ...PROFILE, shell: "/bin/sh" }), "container");
});

test("auto is a container while one is warm, and a cell where a run would wait", async (context) => {
  const set = modeOf(context, "auto", 1);
  set.mode.keep(PROFILE, 1);
  while (!set.machine.made.some(({ kind }) => kind === "container")) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const [first, second] = [await set.mode.acquire(PROFILE, never), await set.mode.acquire(PROFILE, never)];
  assert.deepEqual([first.isolation, second.isolation], ["container", "cell"]);
  set.mode.release(first, "clean");
  set.mode.release(second, "clean");
});
