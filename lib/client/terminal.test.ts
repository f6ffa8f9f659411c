import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import type { RunEvent } from "../schemas/run";
import type { ApiError } from "./api";
import { openTerminal, type TerminalSocket } from "./terminal";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

const SIZE = { columns: 80, rows: 24 };
const STAGE: RunEvent = { type: "stage", stage: "run" };
const bytes = (text: string) => new TextEncoder().encode(text);

/** A terminal on connections that the test opens, fills and breaks. */
function terminal() {
  const sockets: (TerminalSocket & { url: string; sent: (string | Uint8Array)[] })[] = [];
  const events: RunEvent[] = [];
  const failures: ApiError[] = [];
  const connect = (url: string): TerminalSocket => {
    const sent: (string | Uint8Array)[] = [];
    const handlers = { onopen: null, onmessage: null, onclose: null };
    const socket = {
      ...handlers,
      binaryType: "blob",
      url,
      sent,
      send: (data: string | Uint8Array) => sent.push(data),
    };
    sockets.push({ ...socket, close() {} });
    return sockets.at(-1) as TerminalSocket;
  };
  const opened = openTerminal({
    ...{ id: "r1", size: SIZE, connect, retryDelaysMs: [100, 200] },
    onEvent: (event) => events.push(event),
    onFailure: (error) => failures.push(error),
  });
  const last = () => {
    const socket = sockets.at(-1);
    assert.ok(socket);
    return socket;
  };
  let shown = "";
  opened.read((part) => {
    shown += new TextDecoder().decode(part);
  });
  return {
    ...{ opened, events, failures, sockets, last },
    shown: () => shown,
    print: (text: string) => last().onmessage?.({ data: bytes(text).buffer }),
    say: (message: unknown) => last().onmessage?.({ data: JSON.stringify(message) }),
    typed: () =>
      last()
        .sent.filter((each) => typeof each !== "string")
        .map((each) => new TextDecoder().decode(each as Uint8Array)),
  };
}

test("it begins at the beginning, tells its size, and shows what comes", () => {
  const { opened, last, print, say, shown, events } = terminal();
  assert.equal(last().url, "/api/runs/r1/terminal?from=0");
  assert.equal(last().binaryType, "arraybuffer");
  last().onopen?.();
  assert.deepEqual(last().sent, ['{"type":"resize","columns":80,"rows":24}']);
  print("hello ");
  print("wörld");
  say(STAGE);
  say({ type: "of a newer server" });
  assert.deepEqual([shown(), events, opened.state], ["hello wörld", [STAGE], "open"]);
});

test("a broken connection is opened anew after what has come, in bytes; sizes and keys of meanwhile follow", () => {
  const { opened, last, print, shown, typed, sockets } = terminal();
  last().onopen?.();
  print("wörld");
  last().onclose?.({ code: 1006 });
  assert.equal(opened.state, "lost");
  opened.type("x");
  opened.resize({ columns: 100, rows: 30 });
  opened.type(Uint8Array.of(0x79));
  mock.timers.tick(100);
  assert.equal(last().url, "/api/runs/r1/terminal?from=6");
  last().onopen?.();
  assert.equal(last().sent[0], '{"type":"resize","columns":100,"rows":30}');
  assert.deepEqual(typed(), ["x", "y"]);
  print("!");
  assert.deepEqual([shown(), sockets.length], ["wörld!", 2]);
});

test("it gives up after so many attempts without anything in between, and says that the server is away", () => {
  const { opened, last, say, failures, sockets } = terminal();
  last().onclose?.({ code: 1006 });
  mock.timers.tick(100);
  say(STAGE);
  for (const delay of [100, 200]) {
    last().onclose?.({ code: 1006 });
    mock.timers.tick(delay);
  }
  assert.deepEqual([opened.state, failures.length, sockets.length], ["lost", 0, 4]);
  last().onclose?.({ code: 1006 });
  assert.deepEqual([opened.state, failures[0]?.code], ["ended", "unreachable"]);
});

test("after the end nothing is sent, and the close that follows is no loss", () => {
  const { opened, last, say, failures, sockets } = terminal();
  last().onopen?.();
  const output = { stdout: "", stderr: "", exitCode: 0, signal: null, truncated: false };
  const usage = { plan: "guest", used: 1, limit: 2, remaining: 1, resetsAt: "" };
  const figures = { durationMs: 1, cpuMs: 1, memoryUsed: 1, queuedMs: 0, isolation: "container" };
  const rest = { compile: null, artifacts: [], tests: [], message: null, createdAt: "" };
  say({
    type: "done",
    run: { id: "r1", language: "python", status: "success", output, usage, ...figures, ...rest },
  });
  last().onclose?.({ code: 1000 });
  mock.timers.tick(10_000);
  opened.type("x");
  assert.deepEqual([opened.state, failures, sockets.length, last().sent.length], ["ended", [], 1, 1]);
});

test("an error of the server is the end, but for keys that the program does not read", () => {
  const { opened, last, say, failures } = terminal();
  last().onopen?.();
  say({ type: "error", error: { code: "body_too_large", message: "too much", details: [] } });
  assert.equal(opened.state, "open");
  say({ type: "error", error: { code: "docker_unavailable", message: "away", details: [] } });
  assert.deepEqual(
    [opened.state, failures[0]?.code, failures[0]?.message],
    ["ended", "docker_unavailable", "away"],
  );
});

test("a run that is deleted meanwhile is said to be gone, and is not asked for again", () => {
  const { opened, last, failures, sockets } = terminal();
  last().onopen?.();
  last().onclose?.({ code: 1000 });
  mock.timers.tick(10_000);
  assert.deepEqual([opened.state, failures[0]?.code, sockets.length], ["ended", "not_found", 1]);
});

test("what is pasted goes in pieces that fit, what is typed without a connection is bounded", () => {
  const { opened, last, typed } = terminal();
  opened.type("y".repeat(16_000));
  opened.type("z".repeat(1_000));
  last().onopen?.();
  assert.deepEqual(typed(), ["y".repeat(16_000)]);
  opened.type("p".repeat(70_000));
  assert.deepEqual(
    typed().map((each) => each.length),
    [16_000, 32_768, 32_768, 4_464],
  );
});

test("a view that comes later reads everything from the beginning, one that has left nothing more", () => {
  const { opened, last, print } = terminal();
  last().onopen?.();
  print("before ");
  let seen = "";
  const stop = opened.read((part) => {
    seen += new TextDecoder().decode(part);
  });
  print("after");
  stop();
  print("gone");
  assert.equal(seen, "before after");
});
