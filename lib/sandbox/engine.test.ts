import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import Docker from "dockerode";
import { dockerError, EngineSilent } from "./docker";
import { Engine } from "./engine";
import { eventually } from "./testing/sandbox-fixture";

/** An engine that only counts how often it is asked whether it is there. */
function engineThat(
  answer: () => Promise<unknown>,
  now?: () => number,
): { engine: Engine; asked: () => number } {
  let asked = 0;
  const docker = new Docker();
  docker.ping = () => {
    asked++;
    return answer();
  };
  return { engine: new Engine(docker, now), asked: () => asked };
}

test("an engine that has just done something is not asked whether it is there; once it is silent it is asked", async () => {
  let now = 0;
  const { engine, asked } = engineThat(
    async () => "OK",
    () => now,
  );
  await engine.measure("make", async () => null);
  const watches = [engine.watch(), engine.watch()];
  // By its clock no time has passed since it answered, however long that takes.
  await sleep(700);
  assert.equal(asked(), 0);
  now = 60_000;
  await eventually("a watch has asked", () => asked() === 1);
  for (const watch of watches) watch.end();
});

test("a watch on an engine that refuses rejects; one that has ended does not ask", async () => {
  const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  const { engine, asked } = engineThat(() => Promise.reject(refused));
  engine.watch().end();
  const { lost } = engine.watch();
  await assert.rejects(lost, { code: "docker_unavailable", message: /not running/ });
  assert.equal(asked(), 1);
});

test("a watch on an engine that answers nothing rejects, and says that it does not answer, not that it is gone", async () => {
  const { engine } = engineThat(() => new Promise(() => {}));
  const { lost } = engine.watch();
  await assert.rejects(lost, { code: "docker_unavailable", message: /does not answer in time/ });
});

test("an engine that answers others while it is asked is alive, however late it answers the question", async (t) => {
  const { engine, asked } = engineThat(() => new Promise(() => {}));
  const watch = engine.watch();
  let lost = false;
  watch.lost.catch(() => {
    lost = true;
  });
  await eventually("it was asked", () => asked() === 1);
  const working = setInterval(() => void engine.measure("make", async () => null), 100);
  t.after(() => clearInterval(working));
  await sleep(engine.pace.timeoutMs("ping") + 500);
  assert.equal(lost, false);
  watch.end();
});

test("a call is given up after its time-out; its late answer teaches the engine's pace", async () => {
  const { engine } = engineThat(async () => "OK");
  const timeoutMs = engine.pace.timeoutMs("stats");
  await assert.rejects(
    engine.call("stats", () => sleep(timeoutMs + 200)),
    EngineSilent,
  );
  await eventually("it was learnt", () => engine.pace.timeoutMs("stats") > 2 * timeoutMs);
  await engine.call("stats", () => sleep(timeoutMs + 200));
});

test("an answer is awaited for as long as the engine lives", async () => {
  let alive = true;
  const { engine } = engineThat(() => (alive ? Promise.resolve("OK") : new Promise(() => {})));
  assert.equal(await engine.whileAlive(sleep(1_600, "late")), "late");
  const never = engine.whileAlive(new Promise(() => {}));
  alive = false;
  await assert.rejects(never, { code: "docker_unavailable", message: /does not answer/ });
});

test("the words for a failure tell a slow engine from one that is gone, forbidden or full", () => {
  const withCode = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
  const cases: [unknown, RegExp][] = [
    [new EngineSilent(1_500), /does not answer in time/],
    [new DOMException("aborted", "TimeoutError"), /does not answer in time/],
    [withCode("ECONNREFUSED"), /not running/],
    [withCode("ENOENT"), /not running/],
    [withCode("EACCES"), /refuses this user/],
    [Object.assign(new Error("no space left on device"), { statusCode: 500 }), /disk is full/],
    [
      Object.assign(new Error("(HTTP code 400) bad parameter - Unknown runtime specified runsc"), {
        statusCode: 400,
      }),
      /knows no runtime runsc, .*QUICKSAND_RUNTIME/,
    ],
    [Object.assign(new Error("strange"), { statusCode: 500 }), /could not make a sandbox/],
  ];
  for (const [cause, words] of cases) assert.match(dockerError(cause).message, words, String(cause));
});
