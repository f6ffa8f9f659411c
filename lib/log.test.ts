import assert from "node:assert/strict";
import { test } from "node:test";
import { backgroundLog, createLog } from "./log";
import { doneFor } from "./telemetry/context";

function written() {
  const lines: string[] = [];
  const log = createLog("trace", { write: (line: string) => void lines.push(line) });
  return { log, line: () => JSON.parse(lines.pop() ?? "{}") as Record<string, unknown> };
}

test("a line has the ids of what it is written for, however long that takes, and none of a request's other facts", async () => {
  const { log, line } = written();
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  await doneFor({ request: "r1", traceparent, beganAtMs: 1 }, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    log.warn("late");
  });
  const { time, ...rest } = line();
  assert.deepEqual(rest, { level: 40, request: "r1", msg: "late" });
  doneFor({ request: "r1" }, () => doneFor({ run: "a" }, () => log.child({ plan: "free" }).info("deep")));
  assert.deepEqual({ ...line(), time: 0 }, { level: 30, time: 0, plan: "free", run: "a", msg: "deep" });
});

test("what a line says itself goes before what it is written for", () => {
  const { log, line } = written();
  doneFor({ request: "r1", run: "a" }, () => log.info({ run: "b" }, "of another"));
  const { request, run } = line();
  assert.deepEqual([request, run], ["r1", "b"]);
});

test("a line without work to be written for, and one of the background, has no ids", () => {
  const { log, line } = written();
  log.info("start");
  assert.equal("request" in line(), false);
  const background = backgroundLog(log);
  doneFor({ request: "r1", run: "a" }, () => background.child({ kind: "mail" }).info("sent"));
  assert.deepEqual({ ...line(), time: 0 }, { level: 30, time: 0, kind: "mail", msg: "sent" });
  doneFor({ run: "a" }, () => log.info("not of the background"));
  assert.equal(line().run, "a");
});
