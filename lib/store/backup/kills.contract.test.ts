import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { aRequest, aStoredRun, finishedRun, listedIds, newOwner } from "../contract/fixtures";
import { openEmbeddedStore } from "../embedded";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const WRITER = fileURLToPath(new URL("../testing/writer.ts", import.meta.url));
const RUNS = 4_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-backup-kills-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

/** `npm run backup` and `npm run restore`, as somebody calls them. */
function command(dataDir: string, ...args: string[]) {
  const env = { ...process.env, QUICKSAND_DATA_DIR: dataDir, MONGODB_URI: "", NEXTAUTH_SECRET: "" };
  return {
    args: [path.join(ROOT, `bin/${args[0]}.mjs`), ...args.slice(1)],
    options: { cwd: folder, env: { ...env, INIT_CWD: folder } },
  };
}

function finished(dataDir: string, ...args: string[]) {
  const { args: words, options } = command(dataDir, ...args);
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { ...options, encoding: "utf8" });
  return { status, stdout, text: stderr };
}

/** Starts it in a group of its own, and ends the whole group as a power cut does once `when` holds. */
async function killed(dataDir: string, when: () => boolean, ...args: string[]): Promise<boolean> {
  const { args: words, options } = command(dataDir, ...args);
  const child: ChildProcess = spawn(process.execPath, words, { ...options, detached: true, stdio: "ignore" });
  const exit = once(child, "exit");
  while (child.exitCode === null && !when()) await sleep(1);
  const inTime = child.exitCode === null;
  if (inTime && child.pid) process.kill(-child.pid, "SIGKILL");
  await exit;
  return inTime;
}

const sizeOf = (file: string) => (fs.existsSync(file) ? fs.statSync(file).size : 0);

describe("the commands", () => {
  const [from, file] = [path.join(folder, "from"), path.join(folder, "all.backup")];
  const owner = newOwner();
  before(async () => {
    const store = openEmbeddedStore(from);
    const code = (n: number) =>
      `# ${n}\n${Array.from({ length: 60 }, (_, line) => `print(${n * line})\n`).join("")}`;
    for (let start = 0; start < RUNS; start += 500) {
      await store.importRuns(
        Array.from({ length: 500 }, (_, n) =>
          aStoredRun({ owner, plan: "guest", request: aRequest({ code: code(start + n) }) }),
        ),
      );
    }
    await store.close();
    fs.writeFileSync(path.join(from, "secret"), `${"s".repeat(43)}\n`, { mode: 0o600 });
  });

  test("a backup that is killed leaves no file of its name, and the one before; the next one takes no notice", async () => {
    assert.equal(await killed(from, () => sizeOf(`${file}.part`) > 20_000, "backup", file), true);
    assert.equal(fs.existsSync(file), false);
    const first = finished(from, "backup", "all.backup");
    assert.deepEqual([first.status, fs.existsSync(`${file}.part`)], [0, false], first.text);
    assert.match(first.text, /✓ 0 users, 4,000 runs and 1 other things in /);
    const before = fs.readFileSync(file);
    assert.equal(await killed(from, () => sizeOf(`${file}.part`) > 20_000, "backup", file), true);
    assert.deepEqual(fs.readFileSync(file), before);
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  });

  test("a restore that is killed leaves an empty machine empty and a full one as it was; the next one takes no notice", async () => {
    const to = path.join(folder, "to");
    const part = path.join(to, "restore.part", "quicksand.db");
    assert.equal(await killed(to, () => sizeOf(part) > 300_000, "restore", file), true);
    assert.equal(fs.existsSync(path.join(to, "quicksand.db")), false);
    const store = openEmbeddedStore(to);
    const own = await finishedRun(store);
    await store.close();
    assert.equal(await killed(to, () => sizeOf(part) > 300_000, "restore", file, "--replace"), true);
    const still = openEmbeddedStore(to);
    assert.deepEqual(await listedIds(still, own.owner), [own.id]);
    await still.close();

    const refused = finished(to, "restore", file);
    assert.equal(refused.status, 1);
    assert.match(
      refused.text,
      /has a database with 0 users, 1 runs and 0 programs\. Give --replace to lose them/,
    );
    const done = finished(to, "restore", file, "--replace");
    assert.equal(done.status, 0, done.text);
    assert.match(done.text, /The backup is whole: 0 users, 4,000 runs/);
    assert.equal(fs.readFileSync(path.join(to, "secret"), "utf8"), `${"s".repeat(43)}\n`);
    assert.equal(fs.statSync(path.join(to, "secret")).mode & 0o777, 0o600);
    assert.equal(fs.existsSync(path.join(to, "restore.part")), false);
    const whole = openEmbeddedStore(to);
    assert.equal((await listedIds(whole, owner)).length, RUNS);
    assert.deepEqual(await listedIds(whole, own.owner), []);
    assert.deepEqual(await whole.kept(owner), await keptIn(from, owner));
    await whole.close();
  });

  test("through a pipe, and without the secret", () => {
    const to = path.join(folder, "piped");
    const { args, options } = command(from, "backup", "-", "--without-secret");
    const out = spawnSync(process.execPath, args, { ...options, maxBuffer: 1e9 });
    assert.equal(out.status, 0, out.stderr.toString());
    assert.match(out.stderr.toString(), /The server's secret is not in it/);
    const restore = command(to, "restore", "-");
    const back = spawnSync(process.execPath, restore.args, { ...restore.options, input: out.stdout });
    assert.equal(back.status, 0, back.stderr.toString());
    assert.match(back.stderr.toString(), /The backup has no secret/);
    assert.deepEqual(
      fs.readdirSync(to).filter((name) => /secret|restore/.test(name)),
      [],
    );
  });

  test("what cannot be done is said in words", () => {
    for (const [words, text] of [
      [["backup"], /Use it as: npm run backup -- FILE \[--without-secret\]/],
      [["restore", "a", "b"], /Use it as: npm run restore -- FILE \[--replace\]/],
      [["restore", file, "--replaced"], /Use it as: npm run restore -- FILE \[--replace\]/],
      [["backup", "--replace"], /Use it as: npm run backup -- FILE \[--without-secret\]/],
      [["restore", "absent"], /absent cannot be used: there is no such file or folder/],
      [["backup", "absent/x"], /absent\/x cannot be used: there is no such file or folder/],
      [["restore", WRITER], /This is no backup of Quicksand: `npm run backup` writes one/],
    ] as const) {
      const { status, text: said } = finished(from, ...words);
      assert.deepEqual([status, text.test(said)], [1, true], said);
    }
    const { args: usual, options } = command(from, "backup", "x");
    const env = { ...options.env, QUICKSAND_CONCURRENCY: "many" };
    const unusable = spawnSync(process.execPath, usual, { ...options, env, encoding: "utf8" });
    assert.equal(unusable.status, 1);
    assert.match(
      unusable.stderr,
      /^The environment has 1 problem\(s\):\n {2}QUICKSAND_CONCURRENCY=many: .*\n$/,
    );
    for (const word of ["", "restored", "--replace", "toString"]) {
      // As in the image, where the first word is typed too.
      const args = ["--import", "tsx", "bin/backup-action.ts", word, file, "--replace"];
      const { status, stderr } = spawnSync(process.execPath, args, {
        ...options,
        cwd: ROOT,
        encoding: "utf8",
      });
      assert.equal(status, 1, word);
      assert.match(
        stderr,
        /Use it as: npm run backup -- FILE \[--without-secret\], or npm run restore -- FILE/,
      );
    }
    const { status, text } = finished(path.join(folder, "nothing"), "backup", "x");
    assert.deepEqual(
      [status, /There is no database in .*nothing: start Quicksand first/.test(text)],
      [1, true],
      text,
    );
  });
});

async function keptIn(dataDir: string, owner: string) {
  const store = openEmbeddedStore(dataDir);
  const kept = await store.kept(owner);
  await store.close();
  return kept;
}

test("a backup beside a process that writes has all that was acknowledged before it began, each run whole", async () => {
  const [from, to] = [path.join(folder, "busy"), path.join(folder, "busy-copy")];
  const file = path.join(folder, "busy.backup");
  const owner = newOwner();
  const child = spawn(process.execPath, ["--import", "tsx", WRITER, owner, from], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exit = once(child, "exit");
  const ended = new Set<string>();
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => {
    const [what, id = ""] = line.split(" ");
    if (what === "finished") ended.add(id);
  });
  while (ended.size < 300) await sleep(5);
  const before = [...ended];
  const { args, options } = command(from, "backup", file);
  const backup = spawn(process.execPath, args, { ...options, stdio: "ignore" });
  const [status] = await once(backup, "exit");
  const writtenMeanwhile = ended.size - before.length;
  child.kill("SIGKILL");
  await exit;
  assert.equal(status, 0);
  assert.ok(writtenMeanwhile > 0, "nothing was written while the backup was made");
  const done = finished(to, "restore", file);
  assert.equal(done.status, 0, done.text);
  const store = openEmbeddedStore(to);
  const listed = new Set(await listedIds(store, owner));
  for (const id of before)
    assert.ok(listed.has(id), `${id} was acknowledged before and is not in the backup`);
  for (const id of listed) {
    const run = await store.findRun(id, owner);
    assert.ok(run?.result, id);
    assert.ok(run.status === "system_error" || run.result.message === id, id);
  }
  assert.deepEqual(await listedIds(store, owner, { status: "running" }), []);
  assert.equal((await store.kept(owner)).runs, listed.size);
  await store.close();
});
