import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { WebSocket } from "ws";
import { PORT } from "../playwright.config";

// Clients that others wrote for Piston, pointed at this server.

const run = promisify(execFile);
const CLIENTS = path.join(import.meta.dirname, "clients");
const PYTHON = path.resolve(process.env.QUICKSAND_CACHE_DIR || ".cache", "clients/python");
const SERVER = `http://localhost:${PORT}`;

/** What a client's script printed. */
async function said<T>(command: string, script: string): Promise<T> {
  const env = { ...process.env, PYTHONPATH: PYTHON };
  const { stdout } = await run(command, [path.join(CLIENTS, script), SERVER], { env, timeout: 50_000 });
  return JSON.parse(stdout) as T;
}

interface Stage {
  stdout: string;
  output: string;
  code: number | null;
  signal: string | null;
  status: string | null;
}
interface Answer {
  run: Stage;
  language: string;
  version: string;
}

test("piston-client of npm runs programs, and is told of failures, limits and unknown versions", async () => {
  const told = await said<{
    languages: string[];
    sum: Answer;
    failed: Answer;
    endless: Answer;
    unknown: { message: string };
  }>(process.execPath, "piston-client.mjs");
  expect(told.languages).toEqual(expect.arrayContaining(["python", "javascript", "c", "c++"]));
  // It sends three arguments where none are given.
  expect(told.sum.run).toMatchObject({ stdout: "6 typed\n", output: "6 typed\n", code: 0, status: null });
  expect(told.failed.run).toMatchObject({ code: 3, status: "RE", signal: null });
  expect(told.endless.run).toMatchObject({ code: null, status: "TO", signal: "SIGKILL" });
  expect(told.unknown).toEqual({ message: "python-2.7.18 runtime is unknown" });
});

test("pistonapi of PyPI lists languages; the form that it sends to run one is refused as Piston refuses it", async () => {
  const { python, refused } = await said<{ python: { version: string }; refused: string }>(
    "python3",
    "pistonapi_client.py",
  );
  expect(python.version).toMatch(/^3\.\d+\.\d+$/);
  expect(refused).toBe("requests must be of type application/json");
});

test("pistonpy of PyPI lists languages and runs a program", async () => {
  const told = await said<{ versions: Record<string, string>; aliases: string[]; ran: Answer }>(
    "python3",
    "pistonpy_client.py",
  );
  expect(told.versions.python).toMatch(/^3\./);
  expect(told.aliases).toContain("py");
  expect(told.ran.run.stdout).toBe("typed\n");
});

test("a program is talked to over Piston's WebSocket: input, its end, and a signal that it handles", async () => {
  const socket = new WebSocket(`ws://localhost:${PORT}/api/v2/connect`);
  const frames: Record<string, unknown>[] = [];
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  const say = (frame: object) => socket.send(JSON.stringify(frame));
  socket.on("open", () => {
    const content = [
      "import signal, sys",
      "signal.signal(signal.SIGTERM, lambda *_: (print('signalled', flush=True), sys.exit(7)))",
      "for line in sys.stdin: print('read ' + line, end='', flush=True)",
      "print('ended', flush=True)",
      "while True: signal.sigtimedwait([], 0.01)",
    ].join("\n");
    say({ type: "init", language: "python", version: "*", files: [{ content }] });
    say({ type: "data", stream: "stdin", data: "one\n" });
  });
  socket.on("message", (data) => {
    const frame = JSON.parse(String(data)) as Record<string, unknown>;
    frames.push(frame);
    if (frame.data === "read one\n") say({ type: "eof" });
    if (frame.data === "ended\n") say({ type: "signal", signal: "SIGTERM" });
  });
  expect(await closed).toBe(4999);
  expect(frames[0]).toMatchObject({ type: "runtime", language: "python" });
  expect(frames[1]).toEqual({ type: "stage", stage: "run" });
  const printed = frames.map(({ type, data }) => (type === "data" ? data : "")).join("");
  expect(printed).toBe("read one\nended\nsignalled\n");
  expect(frames.at(-1)).toEqual({ type: "exit", stage: "run", code: 7, signal: null });
});
