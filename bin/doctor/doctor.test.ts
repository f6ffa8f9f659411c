import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { openEmbeddedStore } from "../../lib/store/embedded";
import { talk } from "./line-server";
import { pingRedis } from "./redis";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-doctor-"));
after(() => fs.rmSync(folder, { recursive: true, force: true }));
const servers: net.Server[] = [];
after(() => {
  for (const server of servers) server.close();
});

/** Listens, and does with each connection what is said. */
async function listening(serve: (socket: net.Socket) => void): Promise<number> {
  const server = net.createServer((socket) => {
    socket.on("error", () => {});
    serve(socket);
  });
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  return (server.address() as net.AddressInfo).port;
}

let silent = 0;
before(async () => {
  silent = await listening(() => {});
});

interface Report {
  ok: boolean;
  findings: { check: string; state: string; says: string; remedy?: string }[];
}

function doctor(variables: Record<string, string>): { status: number | null; report: Report } {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: "test", PORT: "0", ...variables };
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/doctor.mjs", "--json"], {
    ...{ cwd: ROOT, env: env as NodeJS.ProcessEnv, encoding: "utf8" },
  });
  assert.notEqual(stdout, "", stderr);
  return { status, report: JSON.parse(stdout) as Report };
}

const stateOf = ({ findings }: Report, check: string) =>
  findings.find((finding) => finding.check === check)?.state;

test("it tells what this machine has, in JSON too, and changes nothing in the data directory", async () => {
  const dataDir = path.join(folder, "data");
  const store = openEmbeddedStore(dataDir);
  const listed = () =>
    fs.readdirSync(dataDir).map((name) => [name, fs.statSync(path.join(dataDir, name)).mtimeMs]);
  const before = listed();
  const { status, report } = doctor({ QUICKSAND_DATA_DIR: dataDir });
  assert.deepEqual(listed(), before);
  assert.equal(stateOf(report, "node"), "ok");
  assert.equal(stateOf(report, "store"), "ok");
  assert.match(
    report.findings.find(({ check }) => check === "data directory")?.says ?? "",
    /in use by a Quicksand/,
  );
  assert.equal(
    report.ok,
    report.findings.every(({ state }) => state !== "fail"),
  );
  assert.equal(status, report.ok ? 0 : 1);
  await store.close();
});

test("every problem of the settings is told at once, and a file that is no database", () => {
  const { status, report } = doctor({
    PORT: "many",
    QUICKSAND_SIGN_UP: "perhaps",
    QUICKSAND_DATA_DIR: folder,
  });
  assert.equal(status, 1);
  assert.match(
    report.findings.find(({ check }) => check === "settings")?.says ?? "",
    /2 problem.*PORT=many.*SIGN_UP/s,
  );
  const dataDir = path.join(folder, "broken");
  fs.mkdirSync(dataDir);
  fs.writeFileSync(path.join(dataDir, "quicksand.db"), "something else".repeat(20));
  assert.equal(stateOf(doctor({ QUICKSAND_DATA_DIR: dataDir }).report, "store"), "fail");
});

test("it ends although the engine, MongoDB, Redis and the mail server accept a connection and say nothing", () => {
  const at = `127.0.0.1:${silent}`;
  const { status, report } = doctor({
    ...{
      DOCKER_HOST: `tcp://${at}`,
      MONGODB_URI: `mongodb://${at}/x?directConnection=true`,
      REDIS_URL: `redis://${at}`,
    },
    ...{ SMTP_URL: `smtp://${at}`, SMTP_FROM: "a@example.org", NEXTAUTH_URL: "http://localhost:3000" },
    QUICKSAND_DATA_DIR: path.join(folder, "none"),
  });
  assert.equal(status, 1);
  // That it had to be ended from outside would have left no report.
  for (const check of ["docker", "store", "redis", "mail"]) {
    assert.equal(stateOf(report, check), "fail", check);
    const { says = "" } = report.findings.find((finding) => finding.check === check) ?? {};
    assert.match(says, /no answer within|timed out after/, check);
  }
});

test("Redis is asked with its password, also in pieces, and a refusal is told", async () => {
  const asked: string[] = [];
  const port = await listening((socket) => {
    socket.on("data", (chunk) => {
      const text = chunk.toString();
      asked.push(text);
      if (text.includes("AUTH")) socket.write(text.includes("right") ? "+OK\r\n" : "-WRONGPASS invalid\r\n");
      else if (text.includes("PING")) socket.write("+PO", () => setTimeout(() => socket.write("NG\r\n"), 20));
      else if (text.includes("appendonly")) socket.write("*2\r\n$10\r\nappendonly\r\n$3\r\nyes\r\n");
      else
        socket.write("*2\r\n$16\r\nmaxmemory-policy\r\n", () =>
          setTimeout(() => socket.write("$10\r\nnoeviction\r\n"), 20),
        );
    });
  });
  const facts = await pingRedis(`redis://:right@127.0.0.1:${port}/0`, 5_000);
  assert.deepEqual(facts, { policy: "noeviction", appendOnly: true });
  assert.equal(asked[0], "*2\r\n$4\r\nAUTH\r\n$5\r\nright\r\n");
  await assert.rejects(pingRedis(`redis://me:wrong@127.0.0.1:${port}`, 5_000), /refuses: WRONGPASS/);
});

test("a server that never answers, closes, or answers without end is given up", async () => {
  const to = (port: number) => ({ host: "127.0.0.1", port, secure: false });
  const options = { complete: () => false, greets: true, limitMs: 300 };
  await assert.rejects(talk(to(silent), ["x"], options), /no answer within 0\.3 s/);
  const closing = await listening((socket) => socket.end());
  await assert.rejects(talk(to(closing), ["x"], options), /closed the connection/);
  const endless = await listening((socket) => {
    const more = setInterval(() => socket.write("x".repeat(30_000)), 1);
    socket.once("close", () => clearInterval(more));
  });
  await assert.rejects(talk(to(endless), ["x"], { ...options, limitMs: 5_000 }), /more than it should/);
});
