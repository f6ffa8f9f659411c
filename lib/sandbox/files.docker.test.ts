import assert from "node:assert/strict";
import { test } from "node:test";
import { testSandbox } from "./testing/sandbox-fixture";

const sandbox = testSandbox();

const LONG = `#!/bin/sh\n# ${"x".repeat(4_000)}\necho long $1\n`;

test("a file that begins with #! can be run by its name, in folders too, whatever its length", async () => {
  const ran = await sandbox.run("bash", `./hello.sh "a b"; tools/deep/say; ./long.sh 1; ./odd\\ \\'name\\'`, {
    files: [
      { path: "hello.sh", content: '#!/bin/sh\necho "hello $1"\n' },
      { path: "tools/deep/say", content: "#!/bin/sh\necho said\n" },
      { path: "long.sh", content: LONG },
      { path: "odd 'name'", content: "#!/bin/sh\necho odd\n" },
    ],
  });
  assert.deepEqual([ran.status, ran.stdout, ran.stderr], ["success", "hello a b\nsaid\nlong 1\nodd\n", ""]);
});

test("a compiled program can start its scripts, and each test case can", async () => {
  const ran = await sandbox.run("c", `#include <stdlib.h>\nint main(void) { return system("./hello.sh"); }`, {
    files: [{ path: "hello.sh", content: "#!/bin/sh\necho hello\n" }],
    tests: ["1", "2"].map((stdin) => ({ stdin, expected: "hello" })),
  });
  assert.deepEqual(
    ran.tests.map(({ status }) => status),
    ["passed", "passed"],
  );
});

test("other files stay as they were, and a main file with #! runs as ever", async () => {
  const program = `#!/usr/bin/env python3
import os, stat
for name in ("data.txt", "late.sh", "main.py"): print(name, oct(stat.S_IMODE(os.stat(name).st_mode)))`;
  const files = [
    { path: "data.txt", content: "plain" },
    { path: "late.sh", content: "\n#!/bin/sh\n" },
  ];
  const ran = await sandbox.run("python", program, { files });
  assert.equal(ran.stdout, "data.txt 0o644\nlate.sh 0o644\nmain.py 0o644\n", ran.stderr);
});
