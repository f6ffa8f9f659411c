import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { connect } from "./editor-server-connection";

/** What a worker is here: a list of what it was told, and a way to say something. */
class FakeWorker extends EventTarget {
  static all: FakeWorker[] = [];
  readonly told: unknown[] = [];
  ended = false;
  readonly url: string;

  constructor(url: string) {
    super();
    this.url = url;
    FakeWorker.all.push(this);
  }

  postMessage(message: unknown): void {
    this.told.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  says(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event("message"), { data }));
  }
}

const { Worker: former } = globalThis;
beforeEach(() => {
  FakeWorker.all = [];
  Object.assign(globalThis, { Worker: FakeWorker });
});
afterEach(() => {
  Object.assign(globalThis, { Worker: former });
});

function server(): FakeWorker {
  const [first] = FakeWorker.all;
  assert.ok(first);
  return first;
}

test("a question is answered by its number, an error is an error, and what is told goes to its listener", async () => {
  const connection = connect("/w.js", assert.fail);
  assert.deepEqual(server().told, [{ type: "browser/boot", mode: "foreground" }]);
  const hover = connection.request("hover", { at: 1 });
  const rename = connection.request("rename", {});
  assert.deepEqual(server().told[1], { jsonrpc: "2.0", id: 1, method: "hover", params: { at: 1 } });
  server().says({ jsonrpc: "2.0", id: 2, error: { message: "no name here" } });
  server().says({ jsonrpc: "2.0", id: 1, result: "int" });
  assert.equal(await hover, "int");
  await assert.rejects(rename, /no name here/);
  const told: unknown[] = [];
  connection.onNotification("marks", (params) => told.push(params));
  server().says({ jsonrpc: "2.0", method: "marks", params: 3 });
  server().says({ jsonrpc: "2.0", method: "log", params: 4 });
  assert.deepEqual(told, [3]);
});

test("the server gets its second worker, its settings, and an answer to whatever else it asks", () => {
  connect("/w.js", assert.fail);
  const port = {};
  server().says({ type: "browser/newWorker", initialData: { a: 1 }, port });
  const second = FakeWorker.all[1];
  assert.equal(second?.url, "/w.js");
  assert.deepEqual(second?.told, [{ type: "browser/boot", mode: "background", initialData: { a: 1 }, port }]);
  const items = [{ section: "python" }, { section: "python.analysis" }];
  server().says({ jsonrpc: "2.0", id: "a", method: "workspace/configuration", params: { items } });
  server().says({ jsonrpc: "2.0", id: "b", method: "client/registerCapability", params: {} });
  const [settings, registered] = server().told.slice(1) as {
    id: string;
    result: object[] | null;
  }[];
  assert.deepEqual(
    settings?.result?.map((one) => Object.keys(one).length > 0),
    [false, true],
  );
  assert.deepEqual([registered?.id, registered?.result], ["b", null]);
});

test("a question that is withdrawn is told to the server, unless it is answered already", async () => {
  const connection = connect("/w.js", assert.fail);
  const cancels: (() => void)[] = [];
  const token = {
    isCancellationRequested: false,
    onCancellationRequested: (run: () => void) => cancels.push(run),
  };
  const first = connection.request("hover", {}, token);
  void connection.request("hover", {}, token).catch(() => {});
  server().says({ jsonrpc: "2.0", id: 1, result: null });
  await first;
  for (const cancel of cancels) cancel();
  const withdrawn = server().told.filter((one) => (one as { method?: string }).method === "$/cancelRequest");
  assert.deepEqual(withdrawn, [{ jsonrpc: "2.0", method: "$/cancelRequest", params: { id: 2 } }]);
});

test("a worker that breaks is told, and an ended connection leaves no worker and nothing waiting", async () => {
  const failures: string[] = [];
  const connection = connect("/w.js", ({ message }) => failures.push(message));
  server().says({ type: "browser/newWorker", initialData: null, port: {} });
  const waiting = connection.request("hover", {});
  FakeWorker.all[1]?.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" }));
  assert.deepEqual(failures, ["out of memory"]);
  connection.close();
  await assert.rejects(waiting, /has been ended/);
  assert.deepEqual(
    FakeWorker.all.map(({ ended }) => ended),
    [true, true],
  );
  await assert.rejects(connection.request("hover", {}), /has been ended/);
  server().dispatchEvent(new Event("error"));
  assert.equal(failures.length, 1, "what happens after the end concerns nobody");
});
