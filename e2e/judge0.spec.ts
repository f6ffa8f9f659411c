import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import path from "node:path";
import { expect, test } from "@playwright/test";
import { openReceiver } from "../lib/webhooks/testing/receiver";
import { OwnServer } from "./own-server";
import { becomeUser, freshEmail } from "./people";

/** Other people's clients of Judge0's API, each in its own program, against a server as it is run. */

const PACKAGES = path.join(path.resolve(process.env.QUICKSAND_CACHE_DIR || ".cache"), "clients", "python");
// A callback leads to this machine.
const server = new OwnServer({ QUICKSAND_WEBHOOK_TARGETS: "any", QUICKSAND_LANGUAGES: "python,bash,c,cpp" });
const judge0 = () => `${server.address}/judge0`;

test.beforeAll(() => server.start());
test.afterAll(() => server.dispose());

/** What a script of `e2e/clients` printed. */
async function said<T>(script: string, ...args: string[]): Promise<T> {
  const child = spawn("python3", [path.join("e2e", "clients", script), ...args], {
    env: { ...process.env, PYTHONPATH: PACKAGES },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (part: string) => {
      text[stream] += part;
    });
  }
  const code = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  expect(code, text.stderr).toBe(0);
  return JSON.parse(text.stdout) as T;
}

interface Seen {
  token: string;
  status: number;
  stdout: string | null;
  message: string | null;
  exit_code: number | null;
  expected_output: string | null;
  time: number;
}

test("the official client runs programs, compares outputs, sends files and limits", async () => {
  const seen = await said<
    Record<"hello" | "files" | "exit" | "time" | "arguments" | "bytes", Seen> & {
      version: string;
      wall_time_limit: number;
      languages: number[];
      cases: Seen[];
    }
  >("judge0_official.py", judge0());
  expect([seen.version, seen.wall_time_limit]).toEqual(["1.13.1", 10]);
  expect(seen.languages).toEqual([46, 48, 49, 50, 52, 53, 54, 71, 89]);
  expect(seen.hello).toMatchObject({ status: 3, stdout: "hällo\n", exit_code: 0 });
  expect(seen.cases.map(({ status, stdout }) => [status, stdout])).toEqual([
    [3, "Hello, tobi!\n"],
    [4, "Hello, herman!\n"],
  ]);
  expect(seen.cases[1]?.expected_output).toBe("Hello, nobody!");
  expect(seen.files).toMatchObject({ status: 3, stdout: "from a file\n" });
  expect(seen.exit).toMatchObject({ status: 11, exit_code: 3 });
  // This client leaves messages in base64.
  expect(Buffer.from(seen.exit.message ?? "", "base64").toString()).toBe("Exited with error status 3");
  expect(seen.time).toMatchObject({ status: 5, stdout: null });
  expect(seen.arguments).toMatchObject({ status: 3, stdout: "['a', 'b c', 'HOME']\n" });
  expect(seen.bytes).toMatchObject({ status: 3, stdout: "\ufffd\n" });
});

test("judge0api signs in with a key of ours, waits for a submission, and fetches another", async ({
  page,
}) => {
  await becomeUser(page, server.address, freshEmail());
  const made = await page.request.post(`${server.address}/api/keys`, { data: { name: "judge0api" } });
  const { key } = (await made.json()) as { key: string };
  const seen = await said<
    Record<"waited" | "fetched" | "later", { token: string; status: object; stdout: string }>
  >(...(["judge0_api.py", judge0(), key] as const));
  const accepted = { id: 3, description: "Accepted" };
  expect(seen.waited).toMatchObject({ status: accepted, stdout: "cba\n" });
  expect(seen.fetched).toEqual(seen.waited);
  expect(seen.later).toMatchObject({ status: accepted, stdout: "1\n" });
  const { runs } = (await (await page.request.get(`${server.address}/api/runs`)).json()) as {
    runs: { id: string }[];
  };
  // Two of them are the runs of one submission.
  expect(runs.map(({ id }) => id)).toContain(seen.waited.token);
  expect(runs).toHaveLength(3);
});

test("judge0-client sends programs of several files, with a script that compiles them and one that runs them", async () => {
  interface Detail {
    status: { id: number };
    stdout: string | null;
    compile_output: string | null;
  }
  const seen = await said<
    Record<"single" | "multi" | "broken", Detail> & { workers: object[]; about: object; isolate: string }
  >("judge0_client_async.py", judge0());
  expect(seen.single).toMatchObject({ status: { id: 3 }, stdout: "here\n" });
  expect(seen.multi).toMatchObject({ status: { id: 3 }, stdout: "made\ntyped" });
  expect(seen.broken).toMatchObject({ status: { id: 6 }, stdout: null, compile_output: "no\n" });
  expect(seen.workers).toHaveLength(1);
  expect(seen.about).toMatchObject({ version: "1.13.1" });
});

test("signals of compiled programs have Judge0's statuses, and a callback is told", async ({ request }) => {
  const receiver = await openReceiver();
  const ask = async (source_code: string, more: object = {}) => {
    const data = { language_id: 50, source_code, ...more };
    const answer = await request.post(`${judge0()}/submissions?wait=true`, { data });
    expect(answer.status()).toBe(201);
    return answer;
  };
  const status = async (code: string) =>
    ((await (await ask(code)).json()) as { status: { id: number } }).status.id;
  const raised = (signal: string) => `#include <signal.h>\nint main(void) { raise(${signal}); }\n`;
  for (const [signal, id] of [
    ["SIGSEGV", 7],
    ["SIGXFSZ", 8],
    ["SIGFPE", 9],
    ["SIGABRT", 10],
    ["SIGTERM", 12],
  ] as const) {
    expect(await status(raised(signal)), signal).toBe(id);
  }
  expect(await status("int main( {}")).toBe(6);
  const greedy =
    "#include <stdlib.h>\n#include <string.h>\nint main(void) { for (;;) memset(malloc(1 << 20), 1, 1 << 20); }\n";
  expect(await (await ask(greedy)).json()).toMatchObject({
    status: { id: 11 },
    message: "Memory limit exceeded",
  });

  const answer = await ask("int main(void) { return 0; }", { callback_url: receiver.url });
  await receiver.until(1);
  const [put] = receiver.received;
  const secret = answer.headers()["x-quicksand-callback-secret"] ?? "";
  const signature = createHmac("sha256", secret)
    .update(put?.body ?? "")
    .digest("hex");
  expect(put?.headers["x-quicksand-signature"]).toBe(`sha256=${signature}`);
  expect(JSON.parse(put?.body ?? "")).toMatchObject({ status: { id: 3 } });
  await receiver.close();
});
