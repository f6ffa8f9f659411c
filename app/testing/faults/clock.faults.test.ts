/** The server's wall clock jumps while a program runs. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { eventually } from "../../../lib/sandbox/testing/sandbox-fixture";
import { noteFault } from "./report";
import { FaultSite } from "./site";

const HOUR_MS = 3_600_000;
const LONG = "import time\nprint('begun', flush=True)\ntime.sleep(2)\nprint('ended')";
const ENDLESS = "print('begun', flush=True)\nwhile True: pass";
const PASSWORD = "correct horse battery staple";

const folder = mkdtempSync(path.join(os.tmpdir(), "quicksand-clock-"));
const file = path.join(folder, "shift");
let site: FaultSite;
/** Signed in. */
let session = "";

before(async () => {
  writeFileSync(file, "0");
  site = await FaultSite.start({
    QUICKSAND_TEST_CLOCK: file,
    NODE_OPTIONS: `--import=${path.join(import.meta.dirname, "shifted-clock.mjs")}`,
  });
  await site.recovered();
  session = await signIn("somebody@example.org");
});
after(async () => {
  await site?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Makes an account and signs in as a browser does; answers the cookies. */
async function signIn(email: string): Promise<string> {
  const cookies = new Map<string, string>();
  const send = async (address: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(`http://127.0.0.1:${site.web.port}${address}`, {
      ...{ redirect: "manual", ...init },
      headers: { cookie, ...init.headers },
    });
    for (const said of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(said) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
  const json = { "content-type": "application/json" };
  const body = JSON.stringify({ email, password: PASSWORD });
  const signedUp = await send("/api/account", { method: "POST", headers: json, body });
  assert.ok(signedUp.ok, `${signedUp.status}`);
  const { csrfToken } = (await (await send("/api/auth/csrf")).json()) as { csrfToken: string };
  const form = new URLSearchParams({ csrfToken, json: "true", email, password: PASSWORD });
  assert.equal((await send("/api/auth/callback/credentials", { method: "POST", body: form })).status, 200);
  return [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
}

async function jump(ms: number): Promise<void> {
  // Whole or not at all: the server reads it at any moment.
  writeFileSync(`${file}.new`, String(ms));
  renameSync(`${file}.new`, file);
  const seen = () => existsSync(`${file}.seen`) && readFileSync(`${file}.seen`, "utf8") === String(ms);
  await eventually("the server's clock has jumped", seen);
}

async function isSignedIn(): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${site.web.port}/api/account`, {
    headers: { cookie: session },
  });
  return ((await answer.json()) as { user: unknown }).user !== null;
}

const usage = () => site.json<{ used: number; resetsAt: string }>("/api/usage");

/** By how much a quota of a new day is asked for. */
for (const [name, shiftMs] of [
  ["a day forward", 24 * HOUR_MS],
  ["an hour back", -HOUR_MS],
] as const)
  test(`${name}: no run ends early or never, quotas are those of the day, and sessions go on`, async () => {
    await jump(0);
    const before = await usage();
    assert.ok(await isSignedIn());
    const [run, endless] = await Promise.all([
      site.watch(LONG),
      site.watch(ENDLESS, { limits: { timeoutMs: 4_000 } }),
    ]);
    await Promise.all([run, endless].map((each) => each.seen(({ type }) => type === "stdout")));
    const since = performance.now();
    await jump(shiftMs);
    const [whole, stopped] = [await site.ended(run.id), await site.ended(endless.id)];
    const endedMs = performance.now() - since;
    assert.deepEqual([whole.status, whole.output?.stdout], ["success", "begun\nended\n"]);
    assert.equal(stopped.status, "timeout", "it is held to its limit, not to the clock");
    for (const { durationMs } of [whole, stopped])
      assert.ok((durationMs ?? 0) >= 1_500 && (durationMs ?? 0) < 60_000, `${durationMs} ms`);
    assert.equal((await site.run("print(1)")).word, "success");
    const shifted = await usage();
    const sameDay = shifted.resetsAt === before.resetsAt;
    assert.equal(shifted.used, sameDay ? before.used + 3 : 1, "of that day");
    assert.ok(await isSignedIn(), "the session");
    await jump(0);
    const back = await usage();
    assert.equal(back.resetsAt, before.resetsAt);
    assert.equal(back.used, before.used + (sameDay ? 3 : 2), "of the day from which it came");
    noteFault({
      ...{ kind: "clock", fault: `The clock jumps ${name} while programs run` },
      seen: "both end as themselves, `success` and `timeout`; the quota is that of the day which the clock says; sessions go on",
      ...{ lost: "nothing", recoveredMs: endedMs },
    });
  });
