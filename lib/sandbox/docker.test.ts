import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { EngineWatcher } from "./docker";
import { eventually } from "./testing/sandbox-fixture";

/** An engine that only counts how often it is asked whether it is there. */
function engine(answer: () => Promise<unknown>): { docker: Docker; asked: () => number } {
  let asked = 0;
  const ping = () => {
    asked++;
    return answer();
  };
  return { docker: { ping } as unknown as Docker, asked: () => asked };
}

test("an engine that does things is not asked whether it is there; once it is silent it is", async (t) => {
  const { docker, asked } = engine(async () => "OK");
  const watcher = new EngineWatcher(docker);
  watcher.answered();
  const watches = [watcher.watch(), watcher.watch()];
  const works = setInterval(() => watcher.answered(), 20);
  t.after(() => clearInterval(works));
  await sleep(700);
  assert.equal(asked(), 0);
  clearInterval(works);
  await eventually("each who waits has asked", async () => asked() === 2);
  for (const watch of watches) watch.end();
});

test("who waits for an engine that does not answer hears of it; who waits no longer does not ask", async () => {
  const { docker, asked } = engine(() => Promise.reject(new Error("socket hang up")));
  const watcher = new EngineWatcher(docker);
  watcher.watch().end();
  const { lost } = watcher.watch();
  await assert.rejects(lost, { code: "docker_unavailable" });
  assert.equal(asked(), 1);
});
