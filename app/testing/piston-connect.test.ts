import assert from "node:assert/strict";
import { once } from "node:events";
import { after, afterEach, test as nodeTest } from "node:test";
import { WebSocket } from "ws";
import { pistonSockets } from "../../lib/compatible/piston";
import { createSocketDoor } from "../../lib/http/socket-door";
import { echoing, outcome, printing, running, type Script } from "../../lib/runs/testing/runs-fixture";
import { PROGRAM } from "./piston-site";
import { Visitor } from "./site";
import { node, port, routes, sandbox, services } from "./terminals";
import { keyOf, signedIn } from "./world";

const door = createSocketDoor(async () => services, [pistonSockets({ pingEveryMs: 100 })]);
node.openWebSockets(door);
after(() => door.close());

/** A test that waits for what never comes fails, rather than hangs. */
const test = (name: string, body: () => Promise<void>) => nodeTest(name, { timeout: 30_000 }, body);

afterEach(() => {
  sandbox.script = printing("hello\n");
});

type Frame = Record<string, unknown>;

interface Opened {
  socket: WebSocket;
  frames: Frame[];
  say: (frame: unknown) => void;
  /** Code and reason. */
  closed: Promise<[number, string]>;
  until: (holds: () => boolean) => Promise<void>;
}

function open({ path = "/api/v2/connect", headers = {} as Record<string, string> } = {}): Opened {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (data: Buffer, isBinary) => {
    assert.equal(isBinary, false);
    frames.push(JSON.parse(data.toString("utf8")));
    for (const check of waiting) check();
  });
  const closed = once(socket, "close").then(([code, reason]) => [code, String(reason)] as [number, string]);
  const ready = once(socket, "open");
  const say = (frame: unknown) =>
    void ready.then(() => socket.send(typeof frame === "string" ? frame : JSON.stringify(frame)));
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (holds()) resolve();
      };
      waiting.add(check);
      check();
    });
  return { socket, frames, say, closed, until };
}

const INIT = { type: "init", ...PROGRAM };
const runtime = { type: "runtime", language: "python", version: "3.13.0" };
const typed = (data: string) => ({ type: "data", stream: "stdin", data });
const printed = (data: string) => ({ type: "data", stream: "stdout", data });

test("a program's runtime, stages, output and end come as frames, and then it is closed", async () => {
  for (const path of ["/api/v2/connect", "/api/v2/piston/connect"]) {
    const { say, frames, closed } = open({ path });
    say(INIT);
    assert.deepEqual(await closed, [4999, "Job Completed"]);
    assert.deepEqual(frames, [
      runtime,
      { type: "stage", stage: "run" },
      printed("hello\n"),
      { type: "exit", stage: "run", code: 0, signal: null },
    ]);
  }
});

test("what is typed, signals and the end of the input reach the program, in order, `stdin` of the first message does not", async () => {
  sandbox.script = echoing;
  const { say, frames, closed, until } = open();
  say({ ...INIT, stdin: "ignored" });
  say(typed("before "));
  say({ type: "signal", signal: "SIGTERM" });
  say(typed("after"));
  await until(() => frames.some(({ data }) => String(data).endsWith("after")));
  say({ type: "signal", signal: "SIGPOLL" });
  say({ type: "eof" });
  say({ type: "unknown" });
  const signalled = (signal: string) => JSON.stringify({ type: "signal", signal });
  const ended = JSON.stringify({ type: "end" });
  const text = () => frames.map(({ type, data }) => (type === "data" ? data : "")).join("");
  await until(() => text().endsWith(ended));
  assert.equal(text(), `before ${signalled("SIGTERM")}after${signalled("SIGIO")}${ended}`);
  assert.equal(sandbox.specs.at(-1)?.mode, "interactive");
  assert.equal(sandbox.specs.at(-1)?.signals, true);
  say({ type: "init" });
  assert.deepEqual(await closed, [4000, "Already Initialized"]);
});

test("the compiler is a stage with an end of its own; when it fails the program has none", async () => {
  const compile = { stdout: "", stderr: "", exitCode: 0, durationMs: 1 };
  const compiling = (exitCode: number): Script =>
    async function* () {
      yield { type: "stage", stage: "compile" };
      yield { type: "stderr", text: "said" };
      if (exitCode === 0) yield { type: "stage", stage: "run" };
      const status = exitCode === 0 ? "success" : "compile_error";
      yield { type: "done", outcome: outcome({ status, compile: { ...compile, exitCode } }) };
    };
  const c = { ...INIT, language: "c", version: "*", files: [{ content: "int main;" }] };
  const ends = async (exitCode: number) => {
    sandbox.script = compiling(exitCode);
    const { say, frames, closed } = open();
    say(c);
    assert.equal((await closed)[0], 4999);
    return frames.slice(1).map(({ type, stage, code }) => [type, stage, code]);
  };
  const begin = [
    ["stage", "compile", undefined],
    ["data", undefined, undefined],
  ];
  assert.deepEqual(await ends(1), [...begin, ["exit", "compile", 1]]);
  assert.deepEqual(await ends(0), [
    ...begin,
    ["exit", "compile", 0],
    ["stage", "run", undefined],
    ["exit", "run", 0],
  ]);
});

test("a program that was killed for its time ends with the signal and no code", async () => {
  sandbox.script = async function* () {
    yield { type: "stage", stage: "run" };
    yield { type: "done", outcome: outcome({ status: "timeout" }) };
  };
  const { say, frames, closed } = open();
  say(INIT);
  await closed;
  assert.deepEqual(frames.at(-1), { type: "exit", stage: "run", code: null, signal: "SIGKILL" });
});

test("who says nothing for a second is closed, and what is said out of turn too, with Piston's codes", async () => {
  assert.deepEqual(await open().closed, [4001, "Initialization Timeout"]);
  for (const frame of [typed("x"), { type: "signal", signal: "SIGINT" }, { type: "eof" }]) {
    const { say, closed } = open();
    say(frame);
    assert.deepEqual(await closed, [4003, "Not yet initialized"]);
  }
  for (const [frame, code, reason] of [
    [INIT, 4000, "Already Initialized"],
    [{ type: "data", stream: "stdout", data: "" }, 4004, "Can only write to stdin"],
    [{ type: "data", data: "" }, 4004, "Can only write to stdin"],
    [{ type: "signal", signal: "SIGNOTHING" }, 4005, "Invalid signal"],
    [{ type: "signal", signal: 9 }, 4005, "Invalid signal"],
    [{ type: "signal", signal: "constructor" }, 4005, "Invalid signal"],
  ] as const) {
    sandbox.script = running("up");
    const { say, closed } = open();
    say(INIT);
    say(frame);
    assert.deepEqual(await closed, [code, reason]);
  }
});

test("a message after the first that is larger than any input is not read", async () => {
  sandbox.script = running("up");
  const { say, frames, closed } = open();
  say({ ...INIT, padding: "x".repeat(1_000_000) });
  say({ type: "unknown", padding: "x".repeat(393_000) });
  say({ type: "unknown", padding: "x".repeat(395_000) });
  say({ type: "init" });
  assert.deepEqual(await closed, [4002, "Notified Error"]);
  assert.match(
    String(frames.at(-1)?.message),
    /^A message after the first has at most 394,240 bytes, got 395,0/,
  );
});

test("a fault of the sandbox is an error, and no end of the program", async () => {
  sandbox.script = async function* () {
    yield { type: "stage", stage: "run" };
    yield { type: "done", outcome: outcome({ status: "system_error", message: "Run it again." }) };
  };
  const { say, frames, closed } = open();
  say(INIT);
  assert.deepEqual(await closed, [4002, "Notified Error"]);
  assert.deepEqual(frames.slice(1), [
    { type: "stage", stage: "run" },
    { type: "error", message: "Run it again." },
  ]);
});

test("what is refused is said in Piston's words before it is closed", async () => {
  const refused: readonly [frame: unknown, message: RegExp][] = [
    [{ type: "init" }, /^language is required as a string$/],
    [{ ...INIT, version: "2" }, /^python-2 runtime is unknown$/],
    [{ ...INIT, run_cpu_time: 1e9 }, /^run_cpu_time cannot exceed the configured limit of 10000$/],
    [{ ...INIT, files: [{ name: "../a", content: "" }] }, /^files\[0\]\.name contains/],
    ["{", /JSON/],
    [`${"[".repeat(1_000)}`, /nested more than/],
  ];
  for (const [frame, message] of refused) {
    const { say, frames, closed } = open();
    say(frame);
    assert.deepEqual(await closed, [4002, "Notified Error"]);
    assert.deepEqual(Object.keys(frames[0] ?? {}), ["type", "message"]);
    assert.match(String(frames[0]?.message), message);
  }
});

test("a client that leaves ends its program", async () => {
  sandbox.script = running("up");
  const before = sandbox.released;
  const { socket, say, frames, until } = open();
  say(INIT);
  await until(() => frames.some(({ data }) => data === "up"));
  socket.terminate();
  while (sandbox.released === before) await new Promise((resolve) => setTimeout(resolve, 10));
});

test("a key runs as its owner, and a session whose key is revoked is told and ended", async () => {
  const visitor = new Visitor(routes);
  const user = await signedIn(routes, visitor);
  const { headers, id } = await keyOf(routes, user, ["run"]);
  sandbox.script = running("up");
  const { say, frames, closed, until } = open({ headers });
  say(INIT);
  await until(() => frames.some(({ data }) => data === "up"));
  const { runs } = await visitor.json<{ runs: unknown[] }>("GET", "/api/runs");
  assert.equal(runs.length, 1);
  await visitor.json("DELETE", `/api/keys/${id}`);
  assert.deepEqual(await closed, [4002, "Notified Error"]);
  assert.match(String(frames.at(-1)?.message), /key/i);
});

test("who may not come in gets a message in Piston's shape before there is a WebSocket", async () => {
  const reading = await keyOf(routes, await signedIn(routes, new Visitor(routes)), ["read"]);
  for (const [headers, status] of [
    [{ authorization: "Bearer qs_nothing" }, 401],
    [reading.headers, 403],
    [{ origin: "https://elsewhere.example" }, 403],
  ] as const) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/api/v2/connect`, { headers: { ...headers } });
    socket.on("error", () => {});
    const [, response] = await once(socket, "unexpected-response");
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part as Buffer);
    const body = JSON.parse(Buffer.concat(parts).toString("utf8"));
    assert.deepEqual([response.statusCode, Object.keys(body)], [status, ["message"]]);
  }
});

test("a server that stops closes every session with the code for it", async () => {
  sandbox.script = running("up");
  const { say, frames, closed, until } = open();
  say(INIT);
  await until(() => frames.some(({ data }) => data === "up"));
  door.close();
  assert.equal((await closed)[0], 1001);
});
