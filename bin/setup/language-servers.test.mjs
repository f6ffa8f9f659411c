import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import zlib from "node:zlib";
import { NODE_TYPES_ADDRESS } from "../../lib/languages/javascript/editor-node-types-address.ts";
import { SERVER_FOLDER } from "../../lib/languages/python/editor-server-address.ts";
import { ensureLanguageServers, foldersOf, splitWorker } from "./language-servers.mjs";

test("the stubs are taken out of the worker, whatever their quotes, and the standard library's are kept", () => {
  const source =
    'f({1(e){e.exports={"/typeshed/LICENSE":\'of "a" and {b}\',"/typeshed/stdlib/builtins.pyi":"class int: ...\\n\\"}\\"","/typeshed/stubs/x.pyi":`y}`}},2(e){e.exports={}}})';
  const { worker, stdlib } = splitWorker(source);
  assert.equal(worker, "f({1(e){e.exports={}},2(e){e.exports={}}})");
  assert.deepEqual(stdlib, { "/typeshed-fallback/stdlib/builtins.pyi": 'class int: ...\n"}"' });
});

test("a worker that is built in another way is an error, and not a server that knows nothing", () => {
  assert.throws(() => splitWorker("e.exports={}"), /no stubs where they are expected/);
  assert.throws(() => splitWorker('e.exports={"/typeshed/a":"b"}'), /no stubs of the standard library/);
  assert.throws(() => splitWorker('e.exports={"/typeshed/a":"b'), /ends within its stubs/);
});

test("of the installed packages small files are made, once, where the browser asks for them", (t) => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-servers-"));
  t.after(() => fs.rmSync(root, { recursive: true, force: true }));
  fs.symlinkSync(path.resolve("node_modules"), path.join(root, "node_modules"));
  const old = path.join(root, "public/language-servers/python-1.0.0");
  fs.mkdirSync(old, { recursive: true });
  ensureLanguageServers(root);
  const folders = foldersOf(root);
  const read = (folder, name) =>
    zlib.gunzipSync(fs.readFileSync(path.join(root, "public", folder, name))).toString();
  assert.equal(SERVER_FOLDER, `/language-servers/${folders.python}`);
  new vm.Script(read(SERVER_FOLDER, "worker.js.gz"));
  assert.match(
    JSON.parse(read(SERVER_FOLDER, "stdlib.json.gz"))["/typeshed-fallback/stdlib/os/path.pyi"],
    /import/,
  );
  assert.equal(NODE_TYPES_ADDRESS, `/language-servers/${folders.node}/types.json.gz`);
  const types = JSON.parse(read("", NODE_TYPES_ADDRESS));
  assert.match(types["@types/node/fs/promises.d.ts"], /readFile/);
  assert.match(types["@types/lodash/common/array.d.ts"], /chunk/);
  assert.match(types["immutable/dist/immutable.d.ts"], /class|function List/);
  assert.deepEqual(
    Object.keys(types).filter((name) => /ts5/.test(name)),
    [],
  );
  assert.ok(!fs.existsSync(old), "a former version's is taken away");

  const made = fs.readdirSync(path.join(root, "public/language-servers"), {
    recursive: true,
    withFileTypes: true,
  });
  const files = made
    .filter((one) => one.isFile())
    .map((one) => path.join(one.parentPath ?? one.path, one.name));
  const bytes = files.reduce((sum, file) => sum + fs.statSync(file).size, 0);
  assert.ok(bytes < 2_000_000, `${bytes} bytes`);
  const times = () => files.map((file) => fs.statSync(file).mtimeMs);
  const before = times();
  ensureLanguageServers(root);
  assert.deepEqual(times(), before);
});
