import assert from "node:assert/strict";
import { once } from "node:events";
import { afterEach, test as nodeTest } from "node:test";
import { createSocketDoor } from "../../lib/http/socket-door";
import { terminalSockets } from "../../lib/http/terminal-sockets";
import {
  aborted,
  echoing,
  outcome,
  printing,
  running,
  type Script,
} from "../../lib/runs/testing/runs-fixture";
import { textOfBytes } from "../../lib/schemas/byte-text";
import type { ErrorBody } from "../../lib/schemas/error";
import { Client } from "./routes";
import {
  at,
  door,
  end,
  node,
  type Opened,
  open,
  refusal,
  sandbox,
  services,
  start,
  viewerOf,
} from "./terminals";

/** A test that waits for what never comes fails, rather than hangs. */
const test = (name: string, body: () => Promise<void>) => nodeTest(name, { timeout: 30_000 }, body);

afterEach(() => {
  sandbox.script = printing("hello\n");
});

test("what the program prints comes as bytes, everything else as events, and the end closes", async () => {
  sandbox.script = printing("a\r\n", textOfBytes(Uint8Array.of(0xff, 0, 0x41)));
  const client = new Client();
  const { bytes, events, closed } = open(client, await start(client));
  assert.equal(await closed, 1000);
  assert.deepEqual(bytes(), Buffer.from([0x61, 13, 10, 0xff, 0, 0x41]));
  assert.deepEqual(
    events.map(({ type }) => type),
    ["queued", "stage", "done"],
  );
});

test("keys, sizes, signals and the end of the input reach the program, keys byte for byte", async () => {
  sandbox.script = echoing;
  const client = new Client();
  const id = await start(client, { terminal: { columns: 100, rows: 30 } });
  const { socket, bytes, until, closed } = open(client, id);
  assert.deepEqual(sandbox.specs.at(-1)?.terminal, { columns: 100, rows: 30 });
  await once(socket, "open");
  const said = (text: string) => until(() => bytes().includes(text));
  socket.send(Buffer.from([0x80, 0xff, 0x1b, 0x5b, 0x41]));
  await until(() => bytes().equals(Buffer.from([0x80, 0xff, 0x1b, 0x5b, 0x41])));
  socket.send(JSON.stringify({ type: "resize", columns: 90, rows: 20 }));
  await said('{"type":"resize","columns":90,"rows":20}');
  socket.send(JSON.stringify({ type: "signal", signal: "SIGINT" }));
  await said('{"type":"signal","signal":"SIGINT"}');
  socket.send(JSON.stringify({ type: "eof" }));
  await said("\x04");
  // A terminal goes on after it.
  socket.send(Buffer.from("more"));
  await said("more");
  await end(client, id);
  socket.close();
  await closed;
});

/** Runs the test while programs that print "up" are hung up 300 ms after their last window is closed. */
async function whileHangingUpSoon(check: () => Promise<void>): Promise<void> {
  sandbox.script = running("up");
  node.openWebSockets(createSocketDoor(async () => services, [terminalSockets({ hangUpMs: 300 })]));
  try {
    await check();
  } finally {
    node.openWebSockets(door);
  }
}

test("a terminal that is refused for want of a place does not keep its run from being hung up", async () => {
  await whileHangingUpSoon(async () => {
    const client = new Client();
    const id = await start(client);
    const all = Array.from({ length: 10 }, () => open(client, id));
    for (const { until, bytes } of all) await until(() => bytes().toString() === "up");
    assert.equal((await refusal(client, at(id))).status, 429);
    for (const { socket } of all) socket.terminate();
    const viewer = await viewerOf(client);
    const status = async () => (await services.runs.get(viewer, id)).status;
    while ((await status()) === "running") await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await status(), "cancelled");
  });
});

/** 1 MB in uneven pieces, no two places alike; half of it when the test says so. */
function megabyte() {
  const text = Array.from({ length: 131_072 }, (_, line) =>
    line.toString(36).padStart(7, "·").slice(-7),
  ).join("\n");
  const whole = Buffer.from(text).subarray(0, 1_048_576);
  let goOn = () => {};
  const middle = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const script: Script = async function* () {
    yield { type: "stage", stage: "run" };
    for (let from = 0; from < whole.length; from += 7_001) {
      if (from > whole.length / 2) await middle;
      yield { type: "stdout", text: textOfBytes(whole.subarray(from, from + 7_001)) };
    }
    yield { type: "done", outcome: outcome() };
  };
  return { whole, script, goOn };
}

test("a megabyte comes exactly once over a connection that breaks in the middle", async () => {
  const { whole, script, goOn } = megabyte();
  sandbox.script = script;
  const client = new Client();
  const id = await start(client);
  const first = open(client, id);
  await first.until(() => first.bytes().length > 400_000);
  first.socket.terminate();
  await first.closed;
  const had = first.bytes();
  goOn();
  const second = open(client, id, { query: `?from=${had.length}` });
  assert.equal(await second.closed, 1000);
  const all = Buffer.concat([had, second.bytes()]);
  assert.equal(all.length, whole.length);
  assert.ok(all.equals(whole));
  // After its end, too, and from the very end there is nothing.
  const third = open(client, id, { query: `?from=${whole.length - 3}` });
  await third.closed;
  assert.ok(third.bytes().equals(whole.subarray(-3)));
  const fourth = open(client, id, { query: `?from=${whole.length}` });
  await fourth.closed;
  assert.deepEqual([fourth.bytes().length, fourth.events.at(-1)?.type], [0, "done"]);
});

test("lines of the compiler begin at the left, those of the program are as it wrote them", async () => {
  sandbox.script = async function* () {
    yield { type: "stage", stage: "compile" };
    yield { type: "stderr", text: "warning\nnote\n" };
    yield { type: "stage", stage: "run" };
    yield { type: "stdout", text: "raw\nraw\r\n" };
    yield { type: "done", outcome: outcome() };
  };
  const client = new Client();
  const { bytes, closed } = open(client, await start(client));
  await closed;
  assert.equal(bytes().toString(), "warning\r\nnote\r\nraw\nraw\r\n");
});

test("input that the program does not read is refused in words, and the terminal stays open", async () => {
  sandbox.script = async function* (_spec, { signal }) {
    yield { type: "stage", stage: "run" };
    await aborted(signal);
    yield { type: "done", outcome: outcome({ status: "cancelled" }) };
  };
  const client = new Client();
  const id = await start(client);
  const { socket, events, until, closed } = open(client, id);
  await once(socket, "open");
  for (let piece = 0; piece < 17; piece++) socket.send(Buffer.alloc(65_536, "x"));
  await until(() => events.some(({ type }) => type === "error"));
  const { error } = events.find(({ type }) => type === "error") as unknown as ErrorBody;
  assert.equal(error.code, "body_too_large");
  assert.equal(socket.readyState, socket.OPEN);
  await end(client, id);
  assert.equal(await closed, 1000);
});

test("a server that stops closes every terminal with the code for it", async () => {
  sandbox.script = running("up");
  const client = new Client();
  const id = await start(client);
  const { until, bytes, closed } = open(client, id);
  await until(() => bytes().toString() === "up");
  door.close();
  assert.equal(await closed, 1001);
  await end(client, id);
});

test("a program whose last window was closed is hung up after a while, unless it is followed otherwise or another is opened", async () => {
  await whileHangingUpSoon(async () => {
    const client = new Client();
    const id = await start(client);
    const shown = async (opened: Opened) => opened.until(() => opened.bytes().toString() === "up");
    const first = open(client, id);
    await shown(first);
    first.socket.terminate();
    // In its place before it is too late, and then long enough to see that nothing comes.
    const second = open(client, id);
    await shown(second);
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.deepEqual(
      second.events.map(({ type }) => type),
      ["queued", "stage"],
    );
    // Somebody who reads its events is there, too.
    const viewer = await viewerOf(client);
    const events = await services.runs.watch(viewer, id, 0);
    second.socket.terminate();
    await second.closed;
    await new Promise((resolve) => setTimeout(resolve, 600));
    const status = async () => (await services.runs.get(viewer, id)).status;
    assert.equal(await status(), "running");
    await events.return?.();
    while ((await status()) === "running") await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(await status(), "cancelled");
  });
});
