/** Moments of a run at which a process is killed, told from outside: by the event stream, by a call to Docker, by a command to the database. */
import assert from "node:assert/strict";
import type { FaultSite, Watched } from "./site";
import type { TcpProxy } from "./tcp-proxy";

/** Compiled, then prints at once and goes on printing for half a minute. */
const PROGRAM = {
  language: "c",
  code: `#include <stdio.h>
#include <unistd.h>
int main(void) {
  for (int i = 0; i < 3000; i++) {
    printf("line %d\\n", i);
    fflush(stdout);
    usleep(10000);
  }
}`,
};
const SHORT = { language: "python", code: "print('whole')" };

/** A run that was started, and what is known of it when the process is to be killed. */
interface Begun {
  /** `null` when its client was told of no run. */
  id: string | null;
  /** What the client may have of it afterwards, beside an end as our fault. */
  maySucceed: boolean;
}

export interface KillPoint {
  name: string;
  /** Whether the store must be behind a proxy. */
  database?: true;
  /** Starts a run, and resolves at the moment. */
  reach(site: FaultSite, database: TcpProxy | null): Promise<Begun>;
}

function atEvent(name: string, isIt: (watched: Watched) => Promise<void>): KillPoint {
  return {
    name,
    async reach(site) {
      const { language, code } = PROGRAM;
      const run = await site.watch(code, { language });
      await isIt(run);
      return { id: run.id, maySucceed: false };
    },
  };
}

/** The run is asked for and never answered; `acknowledged` only by its event stream. */
function atCommand(
  name: string,
  command: RegExp,
  when: "before" | "after",
  told: "nothing" | "id",
): KillPoint {
  return {
    name,
    database: true,
    async reach(site, database) {
      assert.ok(database, "the database is behind a proxy");
      const { met } = database.stopAt(command, when);
      const run = site.watch(SHORT.code);
      run.catch(() => {});
      const id = told === "id" ? (await run).id : null;
      await met;
      return { id, maySucceed: name === "after its end is written, before the answer" };
    },
  };
}

export const KILL_POINTS: readonly KillPoint[] = [
  atCommand("before it is counted and written", /findAndModify\0.*usage\0/s, "before", "nothing"),
  atCommand("when it is written, before anybody is told", /insert\0.*requests\0/s, "after", "nothing"),
  atEvent("when it is in the queue", async () => {}),
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
  atCommand("when its program has ended, before that is written", /insert\0.*results\0/s, "before", "id"),
  atCommand("after its end is written, before the answer", /findAndModify\0.*runs\0/s, "after", "id"),
  {
    name: "when nothing runs",
    async reach(site) {
      const { id, word } = await site.run(SHORT.code);
      assert.equal(word, "success");
      return { id, maySucceed: true };
    },
  },
];
