import assert from "node:assert/strict";
import { test } from "node:test";
import { createOptions } from "../container/limits";
import { attack, LIMITS, MB, type Ran, testSandbox } from "../testing/sandbox-fixture";
import { type Architecture, cellProfile, secondFilter } from "./second-filter";

const sandbox = testSandbox();

/** Compiles the source `$1` and runs it with the arguments from `$3` on, under the filter `$2`, with all that a user namespace gives. */
const SCRIPT = `
printf %s "$1" >/tmp/attack.c; printf %s "$2" | base64 -d >/tmp/filter; shift 2
gcc -O0 -o /tmp/attack /tmp/attack.c || exit 99
exec bwrap --unshare-all --ro-bind / / --tmpfs /tmp --ro-bind /tmp/attack /tmp/attack --dev /dev --proc /proc \\
  --cap-add ALL --seccomp 9 /tmp/attack "$@" 9</tmp/filter`;

/** What a program prints in namespaces of its own in a container with the cell's profile, and its exit code. */
async function inCell(image: string, source: string, args: readonly string[], filter: Buffer) {
  const { attended: _, ...limits } = LIMITS;
  const first = { ...limits.run, memoryBytes: 512 * MB };
  const profile = { image, shell: "/bin/sh", env: {}, limits, first, standby: [] };
  const options = createOptions(profile, { userId: 2_100_000_001, labels: {} });
  const container = await sandbox.docker.createContainer({
    ...options,
    Entrypoint: ["/bin/sh", "-c", SCRIPT, "sh", source, filter.toString("base64"), ...args],
    Cmd: [],
    Tty: true,
    OpenStdin: false,
    HostConfig: {
      ...options.HostConfig,
      SecurityOpt: ["no-new-privileges", `seccomp=${JSON.stringify(cellProfile)}`],
      MaskedPaths: [],
      ReadonlyPaths: [],
    },
  });
  try {
    const stream = await container.attach({ stream: true, stdout: true, stderr: true });
    await container.start();
    const chunks: Buffer[] = [];
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    const { StatusCode } = await container.wait();
    return {
      printed: Buffer.concat(chunks).toString("utf8").replaceAll("\r", ""),
      code: StatusCode as number,
    };
  } finally {
    await container.remove({ force: true });
  }
}

const filter = secondFilter(process.arch as Architecture);
/** A filter that lets everything pass: one instruction. */
const NO_FILTER = Buffer.from([0x06, 0, 0, 0, 0, 0, 0xff, 0x7f]);

async function strict(source: string, args: readonly string[] = []): Promise<Ran> {
  return sandbox.run("c", source, { args });
}

test("from inside a cell's namespaces each call is answered as in a strict container", async () => {
  const source = await attack("system-calls.c");
  const expected = await strict(source);
  assert.equal(expected.status, "success", expected.compile?.stderr);
  const found = await inCell(expected.image ?? "", source, [], filter);
  assert.ok(found.printed.split("\n").length > 95, found.printed);
  assert.deepEqual(found.printed.split("\n"), expected.stdout.split("\n"));
  // What the filter is there for: without it a namespace can be made, once, and the kernel itself looks for the folder.
  const open = await inCell(expected.image ?? "", source, [], NO_FILTER);
  assert.match(open.printed, /^unshare_mount 0$/m);
  assert.match(open.printed, /^umount2 2$/m);
});

if (process.arch === "x64") {
  for (const door of ["i386", "x32"]) {
    test(`from inside a cell's namespaces the kernel's ${door} door is as in a strict container`, async () => {
      const source = await attack("foreign-call.c");
      const expected = await strict(source, [door]);
      const found = await inCell(expected.image ?? "", source, [door], filter);
      assert.deepEqual([found.printed, found.code], [expected.stdout, expected.output.exitCode]);
    });
  }
}
