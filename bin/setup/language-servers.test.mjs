import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import vm from "node:vm";
import zlib from "node:zlib";
import { SERVER_FOLDER } from "../../lib/languages/python/editor-server-address.ts";
import { ensureLanguageServers, pythonFolder, splitWorker } from "./language-servers.mjs";

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

test("of the installed package a small worker and the standard library are made, once, where the browser asks", (t) => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-servers-"));
  t.after(() => fs.rmSync(root, { recursive: true, force: true }));
  fs.symlinkSync(path.resolve("node_modules"), path.join(root, "node_modules"));
  ensureLanguageServers(root);
  const folder = path.join(root, "public/language-servers", pythonFolder(root));
  assert.equal(path.join(root, "public", SERVER_FOLDER), folder, "the address in the browser's part");
  const read = (name) => zlib.gunzipSync(fs.readFileSync(path.join(folder, name))).toString();
  new vm.Script(read("worker.js.gz"));
  assert.match(JSON.parse(read("stdlib.json.gz"))["/typeshed-fallback/stdlib/os/path.pyi"], /import/);
  const bytes = fs
    .readdirSync(folder)
    .reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
  assert.ok(bytes < 2_000_000, `${bytes} bytes`);
  const { mtimeMs } = fs.statSync(folder);
  ensureLanguageServers(root);
  assert.equal(fs.statSync(folder).mtimeMs, mtimeMs);
});
