import assert from "node:assert/strict";
import { once } from "node:events";
import fs from "node:fs";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";
import { collectFacts } from "./collect";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ASK_MS = 4_000;

const ENGINE: Readonly<Record<string, object>> = {
  "/_ping": {},
  "/version": { Version: "29.1.0", ApiVersion: "1.52" },
  "/info": {
    ...{ Driver: "overlay2", CgroupVersion: "2", DockerRootDir: "/", SystemTime: new Date().toISOString() },
    SecurityOptions: ["name=apparmor"],
  },
};

/** A folder with the socket of something that answers as an engine does, or accepts and is silent. */
async function socketOf(t: TestContext, answer: "as an engine" | "never"): Promise<string> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-engine-"));
  const server = http.createServer(({ url = "" }, response) => {
    if (answer === "never") return;
    const found = ENGINE[url.replace(/^\/v[\d.]+/, "")];
    response.writeHead(found ? 200 : 404, { "api-version": "1.52", "content-type": "application/json" });
    response.end(JSON.stringify(found ?? { message: "not here" }));
  });
  const socket = path.join(folder, "docker.sock");
  await once(server.listen(socket), "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  return `unix://${socket}`;
}

/** Settings of a data directory that is not there yet; nothing else of this machine matters. */
function settings(t: TestContext): { root: string; variables: Record<string, string> } {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-facts-"));
  t.after(() => fs.rmSync(root, { recursive: true, force: true }));
  return { root, variables: { PORT: "0", QUICKSAND_DATA_DIR: path.join(root, "data") } };
}

test("an engine is found at each place where npm start finds it, behind one that is silent too", async (t) => {
  const { root, variables } = settings(t);
  const hosts = [`unix://${root}/none.sock`, await socketOf(t, "never"), await socketOf(t, "as an engine")];
  const { engine, images } = await collectFacts(variables, ROOT, ASK_MS, hosts);
  assert.equal(engine.ok && engine.value.version, "29.1.0", JSON.stringify(engine));
  assert.deepEqual(images.ok && images.value.ready, [], "its images are asked for there: it has none");
});

test("where no engine answers, it is said why of the place that DOCKER_HOST names", async (t) => {
  const { root, variables } = settings(t);
  const named = `${root}/none.sock`;
  const facts = await collectFacts({ ...variables, DOCKER_HOST: `unix://${named}` }, root, ASK_MS, [
    await socketOf(t, "as an engine"),
  ]);
  assert.ok(!facts.engine.ok);
  assert.match(facts.engine.why, new RegExp(`ENOENT.*${named}`));
});

test("what cannot be looked at is unknown, and keeps nothing else from being told", async (t) => {
  const { root, variables } = settings(t);
  // An engine with AppArmor, and a folder without the profile of cells.
  const facts = await collectFacts(variables, root, ASK_MS, [await socketOf(t, "as an engine")]);
  assert.equal(facts.cellProfile, "unknown");
  assert.ok(facts.dataDir.ok);
});

test("that workers run the programs is read as the server reads it: Redis is looked at, and the settings say so", async (t) => {
  const { root, variables } = settings(t);
  const away = { REDIS_URL: "redis://127.0.0.1:1", MONGODB_URI: "mongodb://127.0.0.1:1/x" };
  const facts = await collectFacts({ ...variables, ...away }, root, ASK_MS, [`unix://${root}/none.sock`]);
  assert.equal(facts.settings.ok && facts.settings.value.workers, true);
  assert.equal(facts.redis?.ok, false);
  const alone = await collectFacts({ ...variables, REDIS_URL: "" }, root, ASK_MS, []);
  assert.equal(alone.settings.ok && alone.settings.value.workers, false);
  assert.equal(alone.redis, null);
});
