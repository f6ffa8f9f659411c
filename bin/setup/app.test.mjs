import assert from "node:assert/strict";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { sourcesHash } from "./build.mjs";
import { run } from "./child.mjs";
import { parseEvent } from "./images.mjs";
import { lockMatches } from "./packages.mjs";
import { address, claimPort } from "./port.mjs";
import { explain } from "./problem.mjs";
import { listenAddress, loadEnvFile } from "./settings.mjs";

function temporary(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-app-"));
  t.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("a .env file is read with quotes, comments, `export` and JSON, and a variable that is set already wins", (t) => {
  const names = ["QS_SET", "QS_QUOTED", "QS_COMMENT", "QS_BARE", "QS_JSON"];
  const file = path.join(temporary(t), ".env");
  fs.writeFileSync(
    file,
    `QS_SET=1
export QS_QUOTED="two # words"
# QS_COMMENT=3
QS_BARE=four # a comment
QS_JSON={"guest":{"runsPerDay":5}}
`,
  );
  process.env.QS_SET = "mine";
  t.after(() => {
    for (const name of names) delete process.env[name];
  });
  loadEnvFile(file);
  const values = names.map((name) => process.env[name]);
  assert.deepEqual(values, ["mine", "two # words", undefined, "four", '{"guest":{"runsPerDay":5}}']);
});

test("no .env file is no problem", (t) => {
  loadEnvFile(path.join(temporary(t), ".env"));
});

test("packages are installed again when one is missing, older, changed or too many", () => {
  const packages = (entries) => ({ packages: { "": {}, ...entries } });
  const a = { version: "1.0.0", integrity: "sha512-a" };
  const other = { version: "2.0.0", optional: true };
  const wanted = packages({ "node_modules/a": a, "node_modules/win32-only": other });
  assert.equal(lockMatches(wanted, packages({ "node_modules/a": a })), true);
  assert.equal(lockMatches(wanted, packages({})), false);
  assert.equal(lockMatches(wanted, packages({ "node_modules/a": { ...a, version: "0.9.0" } })), false);
  assert.equal(lockMatches(wanted, packages({ "node_modules/a": { ...a, integrity: "sha512-b" } })), false);
  assert.equal(lockMatches(wanted, packages({ "node_modules/a": a, "node_modules/b": a })), false);
});

test("the app is built again when a source changes, not when a test or a Dockerfile does", (t) => {
  const root = temporary(t);
  const write = (file, text) => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), text);
  };
  write("lib/a.ts", "1");
  const before = sourcesHash(root, ["lib", "gone.ts"]);
  write("lib/a.test.ts", "1");
  write("lib/languages/x/Dockerfile", "FROM x");
  assert.equal(sourcesHash(root, ["lib", "gone.ts"]), before);
  write("lib/b.ts", "");
  const more = sourcesHash(root, ["lib", "gone.ts"]);
  assert.notEqual(more, before);
  fs.renameSync(path.join(root, "lib/b.ts"), path.join(root, "lib/c.ts"));
  assert.notEqual(sourcesHash(root, ["lib", "gone.ts"]), more);
});

test("a taken port is named, with the way out", async (t) => {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address();
  const error = await claimPort(port, "127.0.0.1").catch((reason) => reason);
  assert.match(explain(error), new RegExp(`Port ${port} on 127.0.0.1 is taken`));
  assert.match(explain(error), new RegExp(`PORT=${port + 1} npm start`));
  assert.ok((await claimPort(0, "127.0.0.1")) > 0, "0 means any free port");
});

test("the address is one that a browser on this machine opens", () => {
  assert.equal(address("127.0.0.1", 3000), "http://localhost:3000");
  assert.equal(address("0.0.0.0", 80), "http://localhost:80");
  assert.equal(address("192.0.2.7", 3000), "http://192.0.2.7:3000");
  assert.equal(address("2001:db8::1", 3000), "http://[2001:db8::1]:3000");
});

test("a port that is no port is refused in words", () => {
  assert.equal(listenAddress({}).port, 3000);
  assert.throws(() => listenAddress({ PORT: "http" }), /Expected `PORT` to be 0–65535, got `http`/);
});

test("a program that fails is reported with its last lines", async () => {
  const script = 'for (let i = 0; i < 100; i++) console.error("line " + i); process.exitCode = 3;';
  const error = await run(process.execPath, ["-e", script], { tailLines: 2 }).catch((reason) => reason);
  assert.match(error.message, /exit code 3/);
  assert.equal(error.log, "line 98\nline 99");
  const missing = await run("/no/such/program", []).catch((reason) => reason);
  assert.match(missing.message, /could not be started/);
});

test("only events count among the lines of the image maker", () => {
  assert.equal(parseEvent("(node:1) Warning: something"), undefined);
  assert.equal(parseEvent('{"broken"'), undefined);
  assert.equal(parseEvent('{"type":"made","name":"Python","ms":1}')?.name, "Python");
});
