import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import type { ContainerStats } from "dockerode";
import { peakMemory } from "./control-group";
import { isOfContainer, UNKNOWN_USAGE, usageOf } from "./engine-usage";

const LIMIT = 134_217_728;

/** Docker's answers for a busy program in a sandbox of 128 MB, cut to what is read of them. */
const RECORDED = {
  "control groups v1": {
    memory_stats: { usage: 49_045_504, max_usage: 51_470_336, limit: LIMIT },
    cpu_stats: { cpu_usage: { total_usage: 948_870_186 } },
  },
  "control groups v2": {
    memory_stats: { usage: 3_674_112, stats: { anon: 1_323_008, file: 892_928 }, limit: LIMIT },
    cpu_stats: { cpu_usage: { total_usage: 5_012_345_000 } },
  },
  "gVisor with --ignore-cgroups": {
    memory_stats: { usage: 1_535_131_648, max_usage: 4_912_345_088, limit: 25_276_063_744 },
    cpu_stats: { cpu_usage: { total_usage: 10_952_187_000_000 } },
  },
  "a container that has ended": { memory_stats: {}, cpu_stats: { cpu_usage: { total_usage: 0 } } },
} as unknown as Record<string, ContainerStats>;

function recorded(name: string): ContainerStats {
  const stats = RECORDED[name];
  assert.ok(stats, name);
  return stats;
}

test("with control groups v1 the engine's peak is the peak", () => {
  assert.deepEqual(usageOf(recorded("control groups v1"), LIMIT), {
    memoryBytes: 51_470_336,
    cpuMs: 948.870186,
  });
});

test("with control groups v2 what is held at the moment is not called a peak", () => {
  assert.deepEqual(usageOf(recorded("control groups v2"), LIMIT), { memoryBytes: null, cpuMs: 5_012.345 });
});

test("figures of the whole machine are no figures of a sandbox", () => {
  for (const name of ["gVisor with --ignore-cgroups", "a container that has ended"]) {
    assert.equal(isOfContainer(recorded(name), LIMIT), false, name);
    assert.deepEqual(usageOf(recorded(name), LIMIT), UNKNOWN_USAGE, name);
  }
  assert.deepEqual(usageOf(recorded("control groups v1"), 4 * LIMIT), UNKNOWN_USAGE);
});

test("a limit that the kernel rounded to whole pages is still the container's", () => {
  assert.equal(isOfContainer(recorded("control groups v1"), LIMIT + 1_000), true);
});

const ID = "6f8e915dc76c1d4fa3e87ad2ac6f4218184ac42feea128ae01cec5158be7c2bb";

/** A machine's files for one process and its control group. */
async function machine(t: TestContext, group: string, files: Record<string, string>) {
  const root = await mkdtemp(path.join(os.tmpdir(), "quicksand-groups-"));
  t.after(() => rm(root, { recursive: true }));
  const [processes, groups] = [path.join(root, "proc"), path.join(root, "groups")];
  await mkdir(path.join(processes, "42"), { recursive: true });
  await writeFile(path.join(processes, "42", "cgroup"), `0::${group}\n`);
  await mkdir(path.join(groups, group), { recursive: true });
  for (const [name, content] of Object.entries(files))
    await writeFile(path.join(groups, group, name), content);
  return { processes, groups };
}

test("the kernel's own peak of a container on this machine is read, by systemd's names and by Docker's", async (t) => {
  for (const group of [`/system.slice/docker-${ID}.scope`, `/docker/${ID}`]) {
    const places = await machine(t, group, { "memory.peak": "131072000\n", "memory.current": "3674112\n" });
    assert.equal(await peakMemory(ID, 42, places), 131_072_000, group);
  }
});

test("without the kernel's peak, or with another's process of that number, there is none", async (t) => {
  const old = await machine(t, `/docker/${ID}`, { "memory.current": "3674112\n" });
  assert.equal(await peakMemory(ID, 42, old), null);
  const other = await machine(t, "/system.slice/nginx.service", { "memory.peak": "131072000\n" });
  assert.equal(await peakMemory(ID, 42, other), null);
  assert.equal(await peakMemory(ID, 43, old), null);
});
