import { once } from "node:events";
import { statSync } from "node:fs";
import path from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { PORT } from "../playwright.config";
import { CommandLine } from "./command-line";
import { becomeUser, freshEmail } from "./people";

const SERVER = `http://localhost:${PORT}`;

let qs: CommandLine;
test.beforeEach(() => {
  qs = new CommandLine(SERVER);
});
test.afterEach(() => qs.dispose());

/** Signs up a new user and creates an API key for them. */
async function newKey(page: Page): Promise<{ email: string; key: string }> {
  const email = freshEmail();
  await becomeUser(page, SERVER, email);
  const made = await page.request.post(`${SERVER}/api/keys`, { data: { name: "laptop" } });
  expect(made.status()).toBe(201);
  return { email, key: ((await made.json()) as { key: string }).key };
}

test("a program gets its input, prints to both streams, and its exit code is that of qs", async () => {
  qs.write(
    "hello.py",
    "import sys\nprint('Hello', input(), sys.argv[1:])\nprint('oh', file=sys.stderr)\nsys.exit(7)\n",
  );
  expect(await qs.run(["run", "hello.py", "--arg=-v", "--", "two words"], "Ada\n")).toEqual({
    ...{ stdout: "Hello Ada ['-v', 'two words']\n", stderr: "oh\n", code: 7 },
  });
});

test("output comes while the program runs, and Ctrl-C ends it on the server too", async ({ page }) => {
  const { key } = await newKey(page);
  const environment = { QUICKSAND_API_KEY: key };
  qs.write("slow.py", "import time\nprint('first', flush=True)\ntime.sleep(8)\nprint('second')\n");
  const child = qs.start(["run", "slow.py"], environment);
  child.stdin?.end();
  const [first] = (await once(child.stdout ?? child, "data")) as [Buffer];
  expect(first.toString()).toBe("first\n");
  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([130, null]);
  const history = await qs.run(["history", "--json"], "", environment);
  expect(JSON.parse(history.stdout)).toMatchObject([{ status: "cancelled" }]);
});

test("a compiler's errors name the file as it is called here", async () => {
  qs.write("wrong.c", "int main( { return 0; }\n");
  const { stdout, stderr, code } = await qs.run(["run", "wrong.c"]);
  expect({ stdout, code }).toEqual({ stdout: "", code: 1 });
  expect(stderr).toContain("wrong.c:1:11: error:");
});

test("a folder is a program with all its files", async () => {
  qs.write("app/main.py", "import util\nprint(util.greeting())\n");
  qs.write("app/util.py", "def greeting(): return open('data/word.txt').read()\n");
  qs.write("app/data/word.txt", "hi");
  expect(await qs.run(["run", "app"])).toEqual({ stdout: "hi\n", stderr: "", code: 0 });
});

test("what cannot be done is said with what to do, and is no exit code of a program", async () => {
  qs.write("a.py", "print(1)\n");
  const refused = async (args: string[], environment = {}) => {
    const { stdout, stderr, code } = await qs.run(args, "", environment);
    expect({ stdout, code }).toEqual({ stdout: "", code: 125 });
    return stderr;
  };
  const unknown = await refused(["run", "--lang", "pythn", "a.py"]);
  expect(unknown).toContain("Did you mean python?");
  expect(unknown).toContain("qs languages lists what there is.");
  expect(await refused(["run", "b.py"])).toContain("b.py is not there.");
  expect(await refused(["run", "a.py", "--timeout", "soon"])).toContain("a time such as 2s");
  expect(await refused(["run", "a.py"], { QUICKSAND_API_KEY: "qs_wrong" })).toContain("qs login");
  expect(await refused(["run", "a.py", "--server", "http://localhost:9"])).toContain("Is it running");
  expect(await refused(["history"])).toContain("Log in: qs login");
});

test("a key from the settings is kept by login, and finds, shares and forgets what it is for", async ({
  page,
}) => {
  const { email, key } = await newKey(page);
  const login = await qs.run(["login"], `${key}\n`);
  expect(login.stdout).toContain(`Logged in at ${SERVER} as ${email} (plan free).`);
  expect(login.stdout + login.stderr).not.toContain(key);
  const file = path.join(qs.folder, "config", "quicksand", "config.json");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await qs.run(["whoami"])).stdout).toBe(`${email} (plan free) at ${SERVER}\n`);

  qs.write("two.py", "print('two')\n");
  qs.write("three.py", "print('three')\nraise SystemExit(3)\n");
  const result = await qs.run(["run", "--json", "two.py"]);
  expect(JSON.parse(result.stdout)).toMatchObject({ status: "success", output: { stdout: "two\n" } });
  expect((await qs.run(["run", "three.py"])).code).toBe(3);
  const found = JSON.parse((await qs.run(["history", "--status", "error", "--json"])).stdout) as {
    id: string;
  }[];
  expect(found).toHaveLength(1);
  expect((await qs.run(["history"])).stdout).toMatch(/ID .*\n.* error .*\n.* success /);

  const shared = await qs.run(["share", "last"]);
  expect(shared).toEqual({ stdout: `${SERVER}/r/${found[0]?.id}\n`, stderr: "", code: 0 });
  await page.context().clearCookies();
  await page.goto(shared.stdout.trim());
  await expect(page.getByRole("region", { name: "Code" })).toContainText("print('three')");

  expect((await qs.run(["logout"])).code).toBe(0);
  expect((await qs.run(["whoami"])).stdout).toBe(`a guest at ${SERVER}\n`);
});

test("test cases are a table of verdicts, and one that fails is the exit code", async () => {
  qs.write("sum.py", "a, b = map(int, input().split())\nprint(a + b if a < 9 else 0)\n");
  for (const [name, input, output] of [
    ["1", "1 2\n", "3\n"],
    ["2", "9 1\n", "10\n"],
  ] as const) {
    qs.write(`cases/${name}.in`, input);
    qs.write(`cases/${name}.out`, output);
  }
  const all = await qs.run(["test", "sum.py", "cases"]);
  expect(all.code).toBe(1);
  expect(all.stdout).toMatch(
    /^ {2}1 {2}passed +\d+ ms\n {2}2 {2}wrong answer +\d+ ms\n {4}line 1: expected "10"\n +got "0"\n1 of 2 passed\n$/,
  );
  const one = await qs.run(["test", "sum.py", "cases/1.in", "cases/1.out"]);
  expect(one).toMatchObject({ stdout: expect.stringContaining("1 of 1 passed"), code: 0 });
});

test("languages and limits are the server's", async () => {
  const { stdout } = await qs.run(["languages"]);
  expect(stdout).toMatch(/^ {2}python +Python +3\.\d+ +\.py +py, python3/m);
  qs.write("loop.py", "while True: pass\n");
  const { stderr, code } = await qs.run(["run", "loop.py", "--timeout", "300ms"]);
  expect({ stderr, code }).toEqual({
    ...{ stderr: "qs: The program was stopped after 0.3 s, the limit of wall-clock time.\n", code: 124 },
  });
});

test("in a terminal the program has a terminal: keys, size and Ctrl-C are its own", async () => {
  qs.write(
    "ask.py",
    [
      "import os, signal, sys",
      "signal.signal(signal.SIGWINCH, lambda *_: print('size', *os.get_terminal_size(), flush=True))",
      "print('terminal', sys.stdin.isatty())",
      "print('hello', input('name? '))",
      "try: input('wait ')",
      "except KeyboardInterrupt: sys.exit(3)",
    ].join("\n"),
  );
  const window = qs.terminal("ask.py");
  await window.until(/terminal True[\s\S]*name\? /);
  window.type("Ada\r");
  await window.until(/hello Ada[\s\S]*wait /);
  window.resize(70, 20);
  await window.until(/size 70 20/);
  window.type("\x03");
  expect(await window.ended).toBe(3);
});
