import assert from "node:assert/strict";
import { test } from "node:test";
import { ATTENDED, inTerminal } from "./testing/at-terminal";
import { type RunOptions, testSandbox } from "./testing/sandbox-fixture";
import { WALLS } from "./testing/walls";

/** A program with pipes, whose person says what they say when something was printed. */
const piped = (talk: Parameters<typeof inTerminal>[0]): RunOptions => ({
  ...inTerminal(talk),
  ...{ mode: "interactive", signals: true, limits: ATTENDED },
});
const signal = (name: "SIGINT" | "SIGTERM" | "SIGKILL" | "SIGUSR1") =>
  ({ type: "signal", signal: name }) as const;

for (const wall of WALLS) {
  const sandbox = testSandbox(wall.options);

  test(`a program with pipes is sent signals, before and after the end of its input (${wall.name})`, async () => {
    const code = [
      "import os, select, signal, sys, time",
      "got = []",
      "signal.signal(signal.SIGUSR1, lambda *_: (got.append(1), os.write(1, b'signalled\\n')))",
      "os.write(1, b'terminal\\n' if os.isatty(0) else b'pipes\\n')",
      // Python runs a handler between two of its steps: a signal that comes just before a read would wait for that.
      "while True:",
      "    if not select.select([0], [], [], 0.01)[0]: continue",
      "    line = os.read(0, 100)",
      "    if line == b'': break",
      "    os.write(1, b'read ' + line)",
      "os.write(1, b'ended\\n')",
      "while len(got) < 2: time.sleep(0.01)",
      "print('well', file=sys.stderr)",
    ].join("\n");
    const ran = await sandbox.run(
      "python",
      code,
      piped([
        ["pipes", signal("SIGUSR1")],
        ["signalled", "one\n"],
        ["read one", { type: "end" }],
        ["ended", signal("SIGUSR1")],
      ]),
    );
    assert.equal(ran.stdout, "pipes\nsignalled\nread one\nended\nsignalled\n");
    assert.equal(ran.stderr, "well\n");
    assert.deepEqual([ran.status, ran.output.exitCode], ["success", 0]);
  });

  test(`a program that a signal ends is reported with it, whichever it is (${wall.name})`, async () => {
    for (const name of ["SIGINT", "SIGTERM", "SIGKILL"] as const) {
      const ran = await sandbox.run("bash", "echo up; exec sleep 30", piped([["up", signal(name)]]));
      assert.deepEqual([ran.status, ran.output.signal, ran.stdout], ["error", name, "up\n"]);
    }
  });
}
