import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { brotliDecompressSync } from "node:zlib";
import { BuildFiles } from "./build-files";
import { hookNodeServer } from "./node-server";

const SCRIPT = "console.log('the same line again and again');\n".repeat(500);
const root = mkdtempSync(path.join(os.tmpdir(), "quicksand-build-"));
const directory = path.join(root, "static");
mkdirSync(path.join(directory, "chunks"), { recursive: true });
writeFileSync(path.join(directory, "chunks/a.js"), SCRIPT);
writeFileSync(path.join(directory, "chunks/a.woff2"), "a font");
writeFileSync(path.join(root, "secret.js"), "not of the build");
after(() => rmSync(root, { recursive: true, force: true }));

const node = hookNodeServer();
node.serveBuild(new BuildFiles(directory));
/** Stands for Next.js. */
const server = createServer((_request, response) => response.end("Next.js"));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.close());
const { port } = server.address() as AddressInfo;

/** Without the decoding that `fetch` does by itself. */
async function ask(at: string, { method = "GET", coding = "gzip, br", headers = {} } = {}) {
  const { request } = await import("node:http");
  return new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const sent = request({ port, method, path: at, headers: { "accept-encoding": coding, ...headers } });
    sent.on("error", reject).on("response", async (answer) => {
      resolve({ headers: answer.headers, body: Buffer.concat(await answer.toArray()) });
    });
    sent.end();
  });
}

const NAME = "/_next/static/chunks/a.js";
const isOfNext = ({ body }: { body: Buffer }) => body.toString() === "Next.js";

async function ready(): Promise<void> {
  const end = performance.now() + 10_000;
  while (isOfNext(await ask(NAME))) {
    assert.ok(performance.now() < end, "it is not ready within 10 s");
    await sleep(5);
  }
}

test("a script is Next.js's to send until it is compressed, and then sent as it is, for ever", async () => {
  assert.ok(isOfNext(await ask(NAME)));
  await ready();
  const { headers, body } = await ask(NAME);
  assert.equal(brotliDecompressSync(body).toString(), SCRIPT);
  assert.ok(body.length < SCRIPT.length / 10);
  const { "content-encoding": coding, "cache-control": cache, vary, "content-length": length } = headers;
  assert.deepEqual([coding, vary, Number(length)], ["br", "Accept-Encoding", body.length]);
  assert.match(String(cache), /max-age=31536000, immutable/);
  assert.equal(headers["content-type"], "application/javascript; charset=UTF-8");
  assert.equal(headers["x-content-type-options"], "nosniff");
  const head = await ask(NAME, { method: "HEAD" });
  assert.deepEqual([head.body.length, head.headers["content-length"]], [0, length]);
});

test("who takes no brotli, wants a part, or asks for anything else is Next.js's", async () => {
  await ready();
  for (const coding of ["gzip", "identity", "br;q=0", ""])
    assert.ok(isOfNext(await ask(NAME, { coding })), coding);
  assert.ok(isOfNext(await ask(NAME, { headers: { range: "bytes=0-3" } })));
  assert.ok(isOfNext(await ask(NAME, { method: "POST" })));
  for (const other of [
    "chunks/a.woff2",
    "chunks/b.js",
    "chunks",
    "",
    "../secret.js",
    "chunks/../../secret.js",
  ])
    for (let time = 0; time < 2; time++) assert.ok(isOfNext(await ask(`/_next/static/${other}`)), other);
});

test("a directory that is not there has no files", async () => {
  const none = new BuildFiles(path.join(root, "absent"));
  assert.equal(none.answer({ method: "GET", headers: {} } as never, {} as never, NAME), false);
});
