import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { python } from "../lib/languages/python";
import { connectDocker, createImages } from "../lib/sandbox/images";
import { type SecondEngine, secondEngine } from "../lib/sandbox/testing/second-engine";
import { Ide } from "./ide";

// A server and an engine of this test's own: stopping it disturbs nobody.
const PORT = 3918;
const ADDRESS = `http://localhost:${PORT}`;
let engine: SecondEngine;
let server: ChildProcess;
const dataDir = mkdtempSync(path.join(os.tmpdir(), "quicksand-e2e-"));

test.beforeAll(async () => {
  test.setTimeout(180_000);
  engine = await secondEngine();
  await engine.start();
  const { id } = await createImages(connectDocker(), { images: new Map() }).prepare(python);
  await engine.load(id);
  server = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "-p", String(PORT)], {
    stdio: "ignore",
    env: {
      ...process.env,
      DOCKER_HOST: engine.host,
      QUICKSAND_DATA_DIR: dataDir,
      QUICKSAND_LANGUAGES: "python",
      // By its id: the copy in the second engine has no name.
      QUICKSAND_IMAGE_PYTHON: id,
      QUICKSAND_LOG_LEVEL: "silent",
    },
  });
  await expect
    .poll(() =>
      fetch(`${ADDRESS}/api/health`).then(
        (answer) => answer.status,
        () => 0,
      ),
    )
    .toBe(200);
});

test.afterAll(async () => {
  server?.kill("SIGTERM");
  await engine?.dispose();
  rmSync(dataDir, { recursive: true, force: true });
});

test("with Docker stopped the page says what to do, and runs work again when it is back", async ({
  page,
}) => {
  test.setTimeout(120_000);
  const ide = new Ide(page);
  await ide.open(ADDRESS);
  await ide.runProgram("print('before')", "x");
  await expect(ide.output).toContainText("before");

  await engine.stop();
  const answer = await fetch(`${ADDRESS}/api/editor/run`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ language: "python", code: "print(1)" }),
    // Refused, not left waiting for an engine that is not there.
    signal: AbortSignal.timeout(10_000),
  });
  expect(answer.status).toBe(503);
  expect(((await answer.json()) as { error: { code: string } }).error.code).toBe("docker_unavailable");
  expect((await fetch(`${ADDRESS}/api/health`)).status).toBe(503);

  await ide.run.click();
  await expect(page.getByText(/Docker is not running/)).toBeVisible();

  await engine.start();
  await expect.poll(() => fetch(`${ADDRESS}/api/health`).then(({ status }) => status)).toBe(200);
  await ide.runProgram("print('after')", "x");
  await expect(ide.output).toContainText("after");
});
