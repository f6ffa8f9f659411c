import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { createLog } from "../../log";
import { PLANS } from "../../plans";
import type { Cell, Profile } from "../cell";
import { OutageLog } from "../outage-log";
import type { Container } from "./container";
import { ContainerMode } from "./mode";

const { limits } = PLANS.guest;
const PROFILE: Profile = {
  image: "sha256:1",
  shell: "/bin/sh",
  env: {},
  limits,
  first: limits.run,
  standby: [],
};
const MB = 1_048_576;
/** Free memory, a quarter of which is what so many idle containers hold. */
const memoryFor = (containers: number) => containers * 4 * 28 * MB;

const never = new Promise<never>(() => {});

/** A mode over containers that are only counted. It checks the memory when the test says so. */
function modeOf(context: TestContext, { warm, free }: { warm: number; free: number }) {
  context.mock.timers.enable({ apis: ["setInterval"] });
  const living = new Set<Container>();
  const machine = { free };
  const log = createLog("silent");
  const mode = new ContainerMode({
    containers: {
      notice: null,
      async create() {
        const container = { isolation: "container", whenDead() {}, lose() {} } as unknown as Container;
        living.add(container);
        return container;
      },
      async remove(container) {
        living.delete(container);
      },
      async removeAll() {
        living.clear();
      },
      removeLeft: async () => {},
      reap: async () => 0,
    },
    engine: { watch: () => ({ lost: never, end() {} }) },
    warm,
    outages: new OutageLog(log),
    log,
    availableMemory: () => machine.free,
  });
  mode.start();
  context.after(() => mode.close());
  const checkMemory = () => context.mock.timers.tick(5_000);
  return { mode, living, machine, checkMemory };
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let waited = 0; waited < 5_000; waited += 10) {
    if (condition()) return;
    await sleep(10);
  }
  assert.fail(`never came: ${what}`);
}

test("idle containers end when the machine's memory gets short, and come back when there is room again", async (context) => {
  const { mode, living, machine, checkMemory } = modeOf(context, { warm: 4, free: memoryFor(100) });
  mode.keep(PROFILE, 4);
  await until(() => mode.idle === 4, "four idle containers");
  machine.free = memoryFor(1);
  checkMemory();
  await until(() => living.size === 1, "three of them have ended");
  assert.equal(mode.idle, 1);
  machine.free = 0;
  checkMemory();
  await until(() => living.size === 0, "the last one has ended");
  machine.free = memoryFor(100);
  checkMemory();
  await until(() => mode.idle === 4, "four idle containers again");
});

test("short memory ends no container that is in use, and a run still gets one", async (context) => {
  const { mode, living, machine, checkMemory } = modeOf(context, { warm: 2, free: memoryFor(100) });
  mode.keep(PROFILE, 2);
  await until(() => mode.idle === 2, "two idle containers");
  const used: Cell = await mode.acquire(PROFILE, never);
  machine.free = 0;
  checkMemory();
  await until(() => living.size === 1, "the idle one has ended");
  assert.ok(living.has(used as Container));
  const second = await mode.acquire(PROFILE, never);
  assert.equal(living.size, 2);
  mode.release(used);
  mode.release(second);
});

test("more memory than there are warm containers to keep changes nothing", async (context) => {
  const { mode, living, checkMemory } = modeOf(context, { warm: 1, free: memoryFor(100) });
  mode.keep(PROFILE, 1);
  await until(() => mode.idle === 1, "an idle container");
  checkMemory();
  await sleep(300);
  assert.equal(living.size, 1);
});
