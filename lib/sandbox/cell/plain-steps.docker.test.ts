import assert from "node:assert/strict";
import { test } from "node:test";
import { known, testSandbox } from "../testing/sandbox-fixture";

/** Both ways to serve a program that does not stand by. */
const cell = testSandbox({ isolation: "cell", languages: [] });
const container = testSandbox({ isolation: "container", languages: [] });

test("a program finds the same as in a container: environment, folder, limits, signals, descriptors, parent", async () => {
  // The user is another one in each sandbox, and bash's own signals change by the moment.
  const code = `{ env | grep -v ^_= | sort; pwd; umask; ulimit -a; ls -ld --time-style=+ /tmp/*; cat /etc/passwd /etc/group
cat /proc/self/status | grep -E "^(Sig|Shd|Cap|NoNew|Umask|Uid|Groups)" | grep -v SigQ; ls /proc/self/fd; echo $PPID "$@"; cat
} | sed "s/\\b$UID\\b/user/g"`;
  const [inCell, inContainer] = await Promise.all(
    [cell, container].map((sandbox) => sandbox.run("bash", code, { args: ["a b", "é\n"], stdin: "x" })),
  );
  assert.deepEqual([inCell?.isolation, inContainer?.isolation], ["cell", "container"]);
  assert.equal(inCell?.stdout, inContainer?.stdout);
  assert.match(inCell?.stdout ?? "", /^1 a b é\n\nx$/m);
  assert.equal(inCell?.stderr, "");
});

test("what a program used is its own, and not what started it", async () => {
  const ran = await cell.run("bash", "echo 4");
  assert.deepEqual([ran.status, ran.stdout], ["success", "4\n"]);
  assert.ok(known(ran.memoryUsed) < 4_500_000, `${ran.memoryUsed} bytes`);
});

test("its first process, which knows how a forged end would look, is closed to the program", async () => {
  const code = `for what in mem environ maps auxv fd/0 fd/1 fd/2 cwd/main.sh root/etc/passwd; do
  cat /proc/1/$what >/dev/null 2>&1 && echo "$what"
done
kill -STOP 1; kill -KILL 1; kill -INT 1; kill -URG 1; kill -STKFLT 1; kill -TERM 1
echo end`;
  const ran = await cell.run("bash", code);
  assert.deepEqual([ran.status, ran.stdout], ["success", "end\n"]);
});
