import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { textOfBytes } from "../../../schemas/byte-text";
import type { Said } from "../../sandbox";
import { ATTENDED, bytesIn, inOrder, inTerminal, plain, type Talk } from "../at-terminal";
import { attack, eventually, limitsWith, MB, testSandbox } from "../sandbox-fixture";
import type { Wall } from "../walls";

const UP = "\x1b[A";

const CURSES = `import curses
def main(screen):
    curses.curs_set(0)
    # A signal that comes right before curses begins to wait is seen when it waits anew: no key follows a new size here.
    screen.timeout(500)
    y, x = 5, 10
    while True:
        # Everything is drawn anew each time: what is read here comes whole.
        screen.clear()
        screen.addstr(0, 0, f"at {y},{x} of {curses.LINES}x{curses.COLS}")
        screen.addch(y, x, "@")
        screen.refresh()
        key = screen.getch()
        if key == ord("q"): return
        y += {curses.KEY_UP: -1, curses.KEY_DOWN: 1}.get(key, 0)
        x += {curses.KEY_LEFT: -1, curses.KEY_RIGHT: 1}.get(key, 0)
        if key == curses.KEY_RESIZE: curses.update_lines_cols()
curses.wrapper(main)
print("left")`;

/** A program has a terminal of its own, and is held as tightly as without. */
export function terminalSuite(wall: Wall): void {
  describe(`${wall.name}: terminals`, () => {
    const sandbox = testSandbox(wall.options);

    test("all three streams are a terminal of the size and kind that was asked for", async () => {
      const code = `import os, sys
print([os.isatty(fd) for fd in range(3)], os.ttyname(0), *os.get_terminal_size(), os.environ["TERM"])
print("to stderr", file=sys.stderr)`;
      const ran = await sandbox.run("python", code, inTerminal([], { terminal: { columns: 100, rows: 30 } }));
      assert.deepEqual([ran.status, ran.stderr], ["success", ""]);
      assert.match(
        ran.stdout,
        /^\[True, True, True\] \/dev\/pts\/\d+ 100 30 xterm-256color\r\nto stderr\r\n$/,
      );
    });

    test("a new size is seen by `stty size`, and told by SIGWINCH", async () => {
      const code = `import os, signal, subprocess
signal.signal(signal.SIGWINCH, lambda *_: print("changed", *os.get_terminal_size()))
subprocess.run(["stty", "size"])
print("ready")
input()
subprocess.run(["stty", "size"])`;
      const talk: Talk = [
        ["ready", { type: "resize", columns: 132, rows: 43 }],
        ["changed", "\n"],
      ];
      const ran = await sandbox.run("python", code, inTerminal(talk));
      assert.equal(ran.stdout, "24 80\r\nready\r\nchanged 132 43\r\n\r\n43 132\r\n");
    });

    test("a size that was said before the program began is the one that it begins with", async () => {
      const stdin = (async function* (): AsyncGenerator<Said> {
        yield { type: "resize", columns: 77, rows: 11 };
        await new Promise(() => {});
      })();
      const ran = await sandbox.run("bash", "stty size", inTerminal([], { stdin }));
      assert.equal(ran.stdout, "11 77\r\n");
    });

    const INTERRUPTED = `import time
try:
    print("up"); time.sleep(60)
except KeyboardInterrupt:
    print("interrupted")`;
    for (const [name, said] of [
      ["Ctrl-C", "\x03"],
      ["the signal itself", { type: "signal", signal: "SIGINT" }],
    ] as const) {
      test(`${name} is SIGINT to the program`, async () => {
        const ran = await sandbox.run("python", INTERRUPTED, inTerminal([["up", said]]));
        assert.deepEqual([ran.status, plain(ran.stdout).replace("^C", "")], ["success", "up\ninterrupted\n"]);
      });
    }

    test("Ctrl-C ends what a shell runs in the foreground, and not the shell", async () => {
      // What runs says so itself: the shell would take a Ctrl-C before it, and wait for the whole minute after it.
      const code = `trap 'echo " shell goes on"' INT\nsh -c 'echo up; exec sleep 60'; echo "code $?"`;
      const ran = await sandbox.run("bash", code, inTerminal([["up", "\x03"]]));
      assert.deepEqual([ran.status, plain(ran.stdout)], ["success", "up\n^C shell goes on\ncode 130\n"]);
    });

    test("Ctrl-D is the end of the input, and more can be typed after it", async () => {
      const code = `import sys
print(repr(sys.stdin.read()))
print(repr(sys.stdin.readline()))`;
      const talk: Talk = [
        ["", "typed\n"],
        ["typed", "\x04"],
        ["'typed", "more\n"],
      ];
      const ran = await sandbox.run("python", code, inTerminal(talk));
      assert.equal(plain(ran.stdout), "typed\n'typed\\n'\nmore\n'more\\n'\n");
    });

    test("input that ends is the end of the program's", async () => {
      const stdin = (async function* () {
        yield "no line end";
      })();
      const ran = await sandbox.run("python", "print(repr(open(0).read()))", inTerminal([], { stdin }));
      assert.deepEqual([ran.status, plain(ran.stdout)], ["success", "no line end'no line end'\n"]);
      const whole = await sandbox.run("python", "print(repr(input()))", inTerminal([], { stdin: "given\n" }));
      assert.equal(plain(whole.stdout), "given\n'given'\n");
    });

    test("a program that draws the screen is moved through by the arrow keys, and leaves the screen as it was", async () => {
      const talk: Talk = [
        ["at 5,10", "\x1bOC"],
        ["at 5,11", "\x1bOA"],
        ["at 4,11", { type: "resize", columns: 60, rows: 20 }],
        ["20x60", "q"],
      ];
      const ran = await sandbox.run("python", CURSES, inTerminal(talk));
      assert.equal(ran.status, "success", ran.stdout);
      const shown = Buffer.from(bytesIn(ran)).toString();
      const drawn = ["\x1b[?1049h", "of 24x80", "20x60", "\x1b[?1049l", "left\r\n"];
      assert.ok(inOrder(shown, drawn), JSON.stringify(shown));
      // What is kept is what the terminal has left.
      assert.match(plain(ran.stdout), /^\s*left\n$/);
    });

    test("each prompt takes what is typed, has the program's files beside it, and ends with its end of input", async () => {
      // An end of input typed before the prompt is there again is none to it: Linux hands it on as a NUL when a terminal leaves its lines.
      const cases: [string, string, Talk, RegExp][] = [
        [
          "python",
          "def half(n): return n // 2",
          [
            [">>> ", "import main\r"],
            [">>> ", "main.half(12)*7\r"],
            [/42.*>>> /s, "\x04"],
          ],
          /42/,
        ],
        [
          "javascript",
          "exports.half = (n) => n / 2;",
          [
            ["> ", "require('./main.js').half(12)*7\r"],
            ["42", "\x04"],
          ],
          /42/,
        ],
        [
          "bash",
          "echo $((6 * 7))",
          [
            ["$ ", "tty; . ./main.sh\r"],
            [/42.*\$ /s, "\x04"],
          ],
          /\/dev\/pts\/\d+\s+42/,
        ],
      ];
      for (const [language, code, talk, shown] of cases) {
        const ran = await sandbox.run(language, code, inTerminal(talk, { repl: true }));
        assert.equal(ran.status, "success", `${language}: ${ran.stdout}`);
        assert.match(plain(ran.stdout), shown, language);
      }
    });

    test("an earlier line comes back with the arrow key", async () => {
      const talk: Talk = [
        ["$ ", "echo 42\r"],
        // Of the answer, not of the question; and not before the prompt is there again, as above.
        [/\b42\r.*\$ /s, UP],
        ["echo", "0\r"],
        [/\b420\r.*\$ /s, "\x04"],
      ];
      const ran = await sandbox.run("bash", "", inTerminal(talk, { repl: true }));
      assert.deepEqual([ran.status, /^420$/m.test(plain(ran.stdout))], ["success", true], ran.stdout);
    });

    test("every byte goes in and comes out as it is", async () => {
      const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      const code = `import sys, tty
tty.setraw(0); print("up", end="", flush=True)
got = sys.stdin.buffer.read(256)
sys.stdout.buffer.write(got); sys.stdout.flush()`;
      const ran = await sandbox.run("python", code, inTerminal([["up", textOfBytes(all)]]));
      assert.equal(ran.status, "success");
      assert.deepEqual(bytesIn(ran).subarray(2), all);
      // What is kept is text.
      assert.ok(ran.stdout.startsWith("up\0\x01") && ran.stdout.endsWith("\ufffd"));
    });

    test("exit codes and signals are the program's own", async () => {
      const ends: [string, number | null, string | null, string][] = [
        ["exit 0", 0, null, "success"],
        ["exit 3", 3, null, "error"],
        ["exit 137", 137, null, "error"],
        ["kill -KILL $$", 137, "SIGKILL", "error"],
        ["kill -TERM $$", 143, "SIGTERM", "error"],
        ["kill -SEGV $$", 139, "SIGSEGV", "error"],
      ];
      for (const [code, exitCode, signal, status] of ends) {
        const ran = await sandbox.run("bash", code, inTerminal());
        assert.deepEqual(
          [ran.status, ran.output.exitCode, ran.output.signal],
          [status, exitCode, signal],
          code,
        );
      }
      const killed = await sandbox.run(
        "bash",
        "echo up; sleep 60",
        inTerminal([["up", { type: "signal", signal: "SIGTERM" }]]),
      );
      assert.deepEqual([killed.output.exitCode, killed.output.signal], [143, "SIGTERM"]);
    });

    test("a compiled program runs in a terminal after its compiler, whose words come before", async () => {
      const code = `#include <stdio.h>
#include <unistd.h>
int main(void) { int unused; printf("%d%d%d ", isatty(0), isatty(1), isatty(2)); printf("name? "); fflush(stdout);
  char name[20]; scanf("%19s", name); printf("hello %s\\n", name); return 4; }`;
      const ran = await sandbox.run("c", code, inTerminal([["name? ", "Ada\n"]]));
      assert.deepEqual([ran.status, ran.output.exitCode], ["error", 4], ran.stdout);
      assert.match(ran.compile?.stderr ?? "", /unused variable/);
      assert.equal(plain(ran.stdout), "111 name? Ada\nhello Ada\n");
      assert.ok((ran.memoryUsed ?? 1) > 0);
      const node = await sandbox.run(
        "typescript",
        "console.log(process.stdout.isTTY as boolean)",
        inTerminal(),
      );
      assert.equal(plain(node.stdout), "true\n");
    });

    test("output beyond its limit ends the run, and what came before is kept", async () => {
      const ran = await sandbox.run("python", `while True: print("x" * 99)`, inTerminal());
      assert.deepEqual([ran.status, ran.stdout.length], ["output_limit", MB]);
    });

    test("a busy program is ended by processor time, a silent one by idleness, and Stop ends any", async () => {
      const limits = (processorMs: number, idleMs: number) =>
        limitsWith({ timeoutMs: processorMs }, { attended: { totalMs: 60_000, idleMs } });
      const busy = await sandbox.run(
        "python",
        `print("up")\nwhile True: pass`,
        inTerminal([], { limits: limits(700, 60_000) }),
      );
      assert.deepEqual([busy.status, busy.stdout], ["timeout", "up\r\n"]);
      assert.match(busy.message ?? "", /0\.7 s of processor time/);
      const idle = await sandbox.run(
        "bash",
        "echo up; read line",
        inTerminal([], { limits: limits(10_000, 1_000) }),
      );
      assert.deepEqual(
        [idle.status, idle.message],
        ["timeout", "The program was stopped after 1 s without input or output."],
      );
      const controller = new AbortController();
      const stopped = await sandbox.run("bash", "trap '' INT TERM HUP; echo up; while :; do sleep 1; done", {
        ...inTerminal([], { onEvent: (event) => event.type === "stdout" && controller.abort() }),
        signal: controller.signal,
      });
      assert.deepEqual([stopped.status, stopped.stdout], ["cancelled", "up\r\n"]);
    });

    test("what the program leaves running is gone with it, and a flood of it does not delay the end", async () => {
      const code = `(trap '' HUP; setsid sh -c 'while :; do echo flood; done') &\nsleep 0.2; exit 5`;
      // More than the flood prints before the program ends, or it would end at its limit of output.
      const limits = { ...ATTENDED, outputBytes: 64 * MB };
      const ran = await sandbox.run("bash", code, inTerminal([], { limits }));
      assert.equal(ran.output.exitCode, 5);
      await eventually("no container is left", async () => (await sandbox.containers()).length === 0);
    });

    test("a program that fights the one that holds its terminal harms itself alone", async () => {
      const code = `import os
print("up", flush=True)
for pid in filter(str.isdigit, os.listdir("/proc")):
    if int(pid) not in (1, os.getpid()):
        try: os.kill(int(pid), 9)
        except OSError: pass
print("never seen", flush=True)`;
      const ran = await sandbox.run("python", code, inTerminal());
      assert.equal(ran.status, "error");
      const after = await sandbox.run("bash", "echo fine", inTerminal());
      assert.equal(after.stdout, "fine\r\n");
    });

    test("a process in a terminal has no more rights, descriptors or files than one without", async () => {
      const probe = await attack("who-am-i.sh");
      const bare = await sandbox.run("bash", probe);
      const ran = await sandbox.run("bash", probe, inTerminal());
      assert.equal(ran.status, "success");
      // The user's number differs from run to run; the terminal itself is the one thing more.
      const same = (text: string) =>
        plain(text)
          .replace(/20\d{8}/g, "user")
          .replace(/dir=\S+/g, "dir=layers")
          .split("\n")
          .filter((line) => !/^\/dev\/pts\/\d+$/.test(line) && !/^(?:SigQ|\/proc\/)/.test(line))
          // Docker mounts in any order.
          .sort();
      assert.deepEqual(same(ran.stdout), same(bare.stdout));
      const left = await sandbox.run(
        "bash",
        "ls -1A /tmp /tmp/work; set -- /proc/[0-9]*; echo $#",
        inTerminal(),
      );
      assert.match(plain(left.stdout), /^\/tmp:\noutput\nwork\n\n\/tmp\/work:\nmain\.sh\n\d\n$/);
    });
  });
}
