/** The points of a run at which a process is killed, recognised from outside: by the event stream, by a call to Docker, by a command to the database. */
import assert from "node:assert/strict";
import type { TcpProxy } from "../../../lib/system/testing/tcp-proxy";
import { withTimeout } from "../../../lib/system/with-timeout";
import { type FaultSite, PATIENCE_MS, type Watched } from "./site";

const LINES = 500;

/** Compiled, then prints at once and goes on printing for five seconds. */
const PROGRAM = {
  language: "c",
  code: `#include <stdio.h>
#include <unistd.h>
int main(void) {
  for (int i = 0; i < ${LINES}; i++) {
    printf("line %d\\n", i);
    fflush(stdout);
    usleep(10000);
  }
}`,
};
const SHORT = { code: "print('whole')", printed: "whole\n" };

/** All that `PROGRAM` prints. */
const PRINTED = Array.from({ length: LINES }, (_, i) => `line ${i}\n`).join("");

/** A run that was started, and what is known of it when the process is to be killed. */
interface Begun {
  /** `null` when its client was told of no run. */
  id: string | null;
  /** How it has to be afterwards; `null` when nobody was told of it. */
  end: "success" | "system_error" | null;
  /** How many runs more may be counted. */
  counted: number;
  /** What it prints when it runs whole. */
  whole: string;
}

export interface KillPoint {
  name: string;
  /** Whether the store must be behind a proxy. */
  database?: true;
  /** Starts a run, and resolves at the moment. */
  reach(site: FaultSite, database: TcpProxy | null): Promise<Begun>;
}

function atEvent(name: string, until: (watched: Watched) => Promise<void>): KillPoint {
  return {
    name,
    async reach(site) {
      const { language, code } = PROGRAM;
      const run = await site.watch(code, { language });
      await until(run);
      return { id: run.id, end: "system_error", counted: 0, whole: PRINTED };
    },
  };
}

/** A run of which nobody is told. */
function unacknowledged(name: string, command: RegExp, when: "before" | "after", counted = 0): KillPoint {
  return {
    name,
    database: true,
    async reach(site, database) {
      assert.ok(database, "the database is behind a proxy");
      const { met } = database.stopAt(command, when);
      site.watch(SHORT.code).catch(() => {});
      await reached(met);
      return { id: null, end: null, counted, whole: SHORT.printed };
    },
  };
}

function atItsEnd(
  name: string,
  command: RegExp,
  when: "before" | "after",
  end: "success" | "system_error",
): KillPoint {
  return {
    name,
    database: true,
    async reach(site, database) {
      assert.ok(database, "the database is behind a proxy");
      const { met } = database.stopAt(command, when);
      const { id } = await site.watch(SHORT.code);
      await reached(met);
      return { id, end, counted: end === "success" ? 1 : 0, whole: SHORT.printed };
    },
  };
}

/** A moment that never comes is a failure of its test. */
function reached(met: Promise<void>): Promise<void> {
  return withTimeout(met, PATIENCE_MS, () => assert.fail(`not reached within ${PATIENCE_MS} ms`));
}

/** A command of MongoDB's on a collection: the name, and the collection as BSON has text, after its length. */
function commandOn(command: string, collection: string): RegExp {
  return new RegExp(`${command}\0.{4}${collection}\0`, "s");
}

/** A call to Docker that is done and never answered; none may be warm. */
function atCall(name: string, call: RegExp): KillPoint {
  return {
    name,
    async reach(site) {
      const { met } = site.engine.plan(call, "answer-withheld");
      const { id } = await site.watch(SHORT.code);
      await reached(met);
      return { id, end: "system_error", counted: 0, whole: SHORT.printed };
    },
  };
}

const IN_QUEUE = atEvent("when it is in the queue", async () => {});
const ON_ITS_WAY: readonly KillPoint[] = [
  atEvent("while it is compiled", (run) =>
    run.seen((event) => event.type === "stage" && event.stage === "compile"),
  ),
  atEvent("when its program starts", (run) =>
    run.seen((event) => event.type === "stage" && event.stage === "run"),
  ),
  atEvent("at its first output", (run) => run.seen(({ type }) => type === "stdout")),
  atEvent("in the middle of its output", (run) =>
    run.seen((event) => event.type === "stdout" && event.text.includes("line 100\n")),
  ),
  atItsEnd(
    "when its program has ended, before that is written",
    commandOn("insert", "run_results"),
    "before",
    "system_error",
  ),
  atItsEnd(
    "when its end is written, before the answer",
    commandOn("findAndModify", "runs"),
    "after",
    "success",
  ),
  {
    name: "when nothing runs",
    async reach(site) {
      const { id, word } = await site.run(SHORT.code);
      assert.equal(word, "success");
      return { id, end: "success", counted: 1, whole: SHORT.printed };
    },
  },
];

/** Of a server that runs programs itself. */
export const SERVER_POINTS: readonly KillPoint[] = [
  unacknowledged("before it is counted and written", commandOn("findAndModify", "usage"), "before"),
  // A run too many counted, never one lost: ADR 22.
  unacknowledged("when it is counted, before it is written", commandOn("findAndModify", "usage"), "after", 1),
  unacknowledged("when it is written, before anybody is told", commandOn("insert", "run_requests"), "after"),
  IN_QUEUE,
  ...ON_ITS_WAY,
];

/** Kill points for a worker without warm sandboxes. Those around the end of a run are the server's, since a lost worker's run starts again. */
export const WORKER_POINTS: readonly KillPoint[] = [
  IN_QUEUE,
  atCall("while its sandbox is created", /^POST .*\/containers\/create$/),
  atCall("while its sandbox is started", /^POST .*\/start$/),
  ...ON_ITS_WAY,
];
