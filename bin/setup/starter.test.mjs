import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";

const PRELOAD = new URL("end-with-starter.mjs", import.meta.url).href;
const NPM_PARENT = new URL("npm-parent.mjs", import.meta.url).href;

/** Programs that write what happens to them, each as a word on a line, to the output that all of them share. */
const APP = `
  process.on("SIGTERM", () => { console.log("app-told"); process.exit(); });
  setInterval(() => {}, 1000);
  console.log("app", process.pid, process.env.QUICKSAND_STARTER_FD);
`;
const STARTER = `
  import { spawn } from "node:child_process";
  const env = { ...process.env, QUICKSAND_STARTER_FD: "3" };
  spawn(process.execPath, ["--import", "${PRELOAD}", "app.mjs"], { stdio: ["ignore", 1, 2, "pipe"], env });
`;
const WATCHER = `
  import { whenNpmIsGone } from "${NPM_PARENT}";
  whenNpmIsGone(() => { console.log("npm-gone"); process.exit(); });
  setTimeout(() => { console.log("went-on"); process.exit(); }, 2500);
  console.log("watching");
`;

/** Starts a program among the ones above; `said(word)` resolves with the rest of the line that begins with it. */
function start(t, command, environment = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-starter-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const [name, source] of Object.entries({ app: APP, starter: STARTER, watcher: WATCHER })) {
    fs.writeFileSync(path.join(folder, `${name}.mjs`), source);
  }
  const child = spawn(command[0], command.slice(1), {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, npm_lifecycle_event: "", ...environment },
  });
  let written = "";
  child.stdout.on("data", (chunk) => {
    written += chunk;
  });
  const said = async (word) => {
    for (;;) {
      const line = new RegExp(`^${word}\\b(.*)$`, "m").exec(written);
      if (line) return line[1].trim();
      if (child.stdout.readableEnded) throw new Error(`It ended without "${word}": ${written}`);
      await Promise.race([once(child.stdout, "data"), once(child.stdout, "end")]);
    }
  };
  return { child, said };
}

test("an app is told to stop when its starter is killed, and leaves nothing of the arrangement to its children", async (t) => {
  const { child, said } = start(t, [process.execPath, "starter.mjs"]);
  assert.match(await said("app"), /^\d+ undefined$/);
  child.kill("SIGKILL");
  await said("app-told");
});

test("a starter notices that the npm above it is gone, also through the shell that npm uses", async (t) => {
  const script = `console.log(require("child_process").spawn("sh", ["-c", "${process.execPath} watcher.mjs; true"], { stdio: "inherit" }).pid)`;
  const { child, said } = start(t, [process.execPath, "-e", script], { npm_lifecycle_event: "start" });
  await said("watching");
  child.kill("SIGKILL");
  await said("npm-gone");
});

test("a starter that no npm started goes on when its parent is gone", async (t) => {
  const { said } = start(t, ["sh", "-c", `${process.execPath} watcher.mjs & sleep 0.5`]);
  await said("watching");
  await said("went-on");
});
