import assert from "node:assert/strict";
import { test } from "node:test";
import { LANGUAGES } from "../languages";
import { createCatalogue } from "../languages/catalogue";
import { createLog } from "../log";
import { aNotice as usualNotice } from "../queue/contract/fleet.contract";
import type { WorkerNotice } from "../queue/fleet";
import { MemoryFleet } from "../queue/testing/memory-fleet";
import { createWorkersSandbox, refusalOf } from "./workers-sandbox";

const catalogue = createCatalogue(LANGUAGES, ["python", "cpp"]);
const python = catalogue.find("python");
const cpp = catalogue.find("cpp");
const WELL = { ok: true, version: "20.10.24", warm: 2, running: 1 };
const AWAY = { ok: false, message: "Docker is not running: start it.", warm: 0, running: 0 };

const aNotice = (changes: Partial<WorkerNotice> = {}) =>
  usualNotice({ version: "0.1.0", health: WELL, ...changes });

async function over(...notices: Partial<WorkerNotice>[]) {
  const fleet = new MemoryFleet();
  for (const [index, notice] of notices.entries())
    await fleet.announce(aNotice({ id: `w${index}`, ...notice }));
  return createWorkersSandbox({
    fleet,
    languages: catalogue.all,
    log: createLog("silent"),
    version: "0.1.0",
  });
}

test("the sandboxes of all workers are counted, and a language is there when one of them has it", async () => {
  const making = { ready: false, printedVersion: null, progress: { message: "Building", percent: 40 } };
  const sandbox = await over({ languages: { cpp: making } }, {});
  const { ok, warm, running, ready, missing, impaired } = await sandbox.health();
  assert.deepEqual(
    [ok, warm, running, ready, missing, impaired],
    [true, 4, 2, ["python"], ["cpp"], undefined],
  );
  assert.match(sandbox.printedVersion(python) ?? "", /^Python 3\.13/);
  assert.deepEqual([sandbox.progress(python), sandbox.progress(cpp)], [null, making.progress]);
});

test("some without Docker are said with how many and what to do; runs go on", async () => {
  const notices = [{ health: WELL }, { health: AWAY }];
  const health = await (await over(...notices)).health();
  assert.equal(health.ok, true);
  assert.equal(health.impaired, "2 workers, 1 of them without Docker: Docker is not running: start it.");
  assert.equal(refusalOf(notices.map(aNotice)), null);
});

test("none with Docker, or none at all, takes no run, with what to do", async () => {
  const all = [{ health: AWAY }, { health: AWAY }].map(aNotice);
  assert.match(
    refusalOf(all)?.message ?? "",
    /^2 workers, all without Docker: Docker is not running: start it\.$/,
  );
  assert.equal(refusalOf(all.slice(1))?.code, "docker_unavailable");
  assert.match(refusalOf([])?.message ?? "", /start one: npm run worker/);
  assert.equal((await (await over()).health()).ok, false);
});

test("a worker that stops is no reason to refuse, but its word on images counts only while it is alone", async () => {
  const leaving = {
    draining: true,
    languages: { cpp: { ready: true, printedVersion: null, progress: null } },
  };
  assert.equal(refusalOf([aNotice(leaving)]), null);
  assert.equal((await over(leaving)).ready(cpp), true);
  assert.equal((await over(leaving, {})).ready(cpp), false);
});

test("a worker of another Quicksand is said, and so is what one says of its isolation", async () => {
  const health = { ...WELL, message: "Cells cannot be had here." };
  const told = await (await over({ health }, { version: "0.2.0" })).health();
  assert.equal(told.message, "Cells cannot be had here.");
  assert.equal(told.impaired, "1 worker(s) have Quicksand 0.2.0, this is 0.1.0; bring them to one version.");
});
