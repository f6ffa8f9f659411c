import assert from "node:assert/strict";
import { test } from "node:test";
import type { Logger } from "../log";
import { OutageLog } from "./outage-log";

/** An outage log, and the words of what it has logged. */
function recorded(): { outages: OutageLog; logged: string[] } {
  const logged: string[] = [];
  const log = { warn: ({ err }: { err: Error }) => logged.push(err.message) } as unknown as Logger;
  return { outages: new OutageLog(log), logged };
}

const GONE = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
const FULL = new Error("no space left on device");

test("an outage is logged once, also one that is there from the start, and again after the engine has answered", () => {
  const { outages, logged } = recorded();
  for (let second = 0; second < 3; second++) outages.failed(GONE);
  assert.equal(logged.length, 1);
  outages.answered();
  outages.failed(GONE);
  assert.equal(logged.length, 2);
});

test("another reason within an outage is logged too", () => {
  const { outages, logged } = recorded();
  outages.failed(GONE);
  outages.failed(FULL);
  assert.match(logged.join("\n"), /not running.*\n.*disk is full/);
});
