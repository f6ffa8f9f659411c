import assert from "node:assert/strict";
import { test } from "node:test";
import strictProfile from "../container/seccomp.json" with { type: "json" };
import type { Architecture } from "./launcher";
import { cellProfile, LAUNCHER_CALLS, type Rule, secondFilter } from "./second-filter";
import callNumbers from "./system-call-numbers.json" with { type: "json" };

/** A call as a filter sees it. */
interface Call {
  architecture: number;
  number: number;
  args: readonly bigint[];
}

const NATIVE: Record<Architecture, number> = { x64: 0xc000003e, arm64: 0xc00000b7 };
const FOREIGN: Record<Architecture, number> = { x64: 0x40000003, arm64: 0x40000028 };

const ALLOW = "allow";
const KILL = "kill";

const data = Buffer.alloc(64);

/** What the kernel's interpreter makes of a call. */
function interpret(filter: Buffer, { architecture, number, args }: Call): string {
  data.fill(0).writeUInt32LE(number, 0);
  data.writeUInt32LE(architecture, 4);
  for (const [index, arg] of args.entries()) data.writeBigUInt64LE(arg, 16 + 8 * index);
  let accumulator = 0;
  for (let at = 0; at < filter.length; at += 8) {
    const operand = filter.readUInt32LE(at + 4);
    const jump = (condition: boolean) => {
      at += 8 * filter.readUInt8(at + (condition ? 2 : 3));
    };
    const code = filter.readUInt16LE(at);
    if (code === 0x20) accumulator = data.readUInt32LE(operand);
    else if (code === 0x54) accumulator = (accumulator & operand) >>> 0;
    else if (code === 0x15) jump(accumulator === operand);
    else if (code === 0x45) jump((accumulator & operand) !== 0);
    else if (code === 0x06) return verdict(operand);
    else assert.fail(`instruction ${code.toString(16)} at ${at / 8}`);
  }
  return assert.fail("the filter ends without an answer");
}

function verdict(returned: number): string {
  if (returned === 0x7fff0000) return ALLOW;
  if (returned === 0) return KILL;
  assert.equal(returned >>> 16, 5, `answer ${returned.toString(16)}`);
  return `errno ${returned & 0xffff}`;
}

/** What a profile says of a call of its own architecture, read as Docker's documentation reads it. */
function ofProfile(syscalls: readonly Rule[], name: string | undefined, args: readonly bigint[]): string {
  const fits = syscalls.filter(
    (rule) =>
      name !== undefined &&
      rule.names.includes(name) &&
      (rule.args ?? []).every(({ index, value, valueTwo = 0, op }) => {
        const arg = args[index] ?? 0n;
        return op === "SCMP_CMP_EQ" ? arg === BigInt(value) : (arg & BigInt(value)) === BigInt(valueTwo);
      }),
  );
  const [{ action, errnoRet } = { action: strictProfile.defaultAction, errnoRet: undefined }] = fits;
  return action === "SCMP_ACT_ALLOW" ? ALLOW : `errno ${errnoRet ?? strictProfile.defaultErrnoRet}`;
}

/** The kernel's choice: the stricter answer, and of two numbers that of the filter that came last. */
function together(first: string, second: string): string {
  if (first === KILL || second === KILL) return KILL;
  return second === ALLOW ? first : second;
}

/** Each bit in each argument, what the rules compare with, and all bits. */
function arguments_(): bigint[][] {
  const values = new Set([0n, 0xffff_ffff_ffff_ffffn, 17n, 0x3d0f00n]);
  for (let bit = 0n; bit < 64n; bit++) values.add(1n << bit);
  for (const { args = [] } of strictProfile.syscalls as Rule[]) {
    for (const { value, valueTwo = 0 } of args) values.add(BigInt(value)).add(BigInt(valueTwo));
  }
  return [...values].flatMap((value) =>
    Array.from({ length: 6 }, (_, index) =>
      Array.from({ length: 6 }, (_, at) => (at === index ? value : 0n)),
    ),
  );
}

const cases = arguments_();

for (const architecture of ["x64", "arm64"] as const) {
  const names = new Map(Object.entries(callNumbers[architecture]).map(([name, number]) => [number, name]));
  const filter = secondFilter(architecture);
  const native = NATIVE[architecture];

  test(`${architecture}: the cell's profile and the second filter add up to the strict profile, for every number`, () => {
    assert.ok(names.size > 300 && cases.length > 400);
    for (let number = 0; number < 600; number++) {
      const name = names.get(number);
      for (const args of cases) {
        const first = ofProfile(cellProfile.syscalls, name, args);
        const second = interpret(filter, { architecture: native, number, args });
        const strict = ofProfile(strictProfile.syscalls, name, args);
        // Compared by hand: a message for each of these would take most of the time.
        if (together(first, second) !== strict)
          assert.equal(together(first, second), strict, `${name ?? number} ${args}`);
      }
    }
  });

  test(`${architecture}: the filter judges nothing but what the cell's profile adds`, () => {
    const judged = [...Array(600).keys()].filter((number) =>
      cases.some((args) => interpret(filter, { architecture: native, number, args }) !== ALLOW),
    );
    assert.deepEqual(judged.map((number) => names.get(number)).sort(), [...LAUNCHER_CALLS]);
  });

  test(`${architecture}: calls of other architectures end the thread, whatever their number`, () => {
    for (let number = 0; number < 600; number++) {
      assert.equal(interpret(filter, { architecture: FOREIGN[architecture], number, args: [] }), KILL);
      const x32 = interpret(filter, { architecture: native, number: 0x40000000 + number, args: [] });
      assert.equal(x32, architecture === "x64" ? KILL : ALLOW);
    }
    assert.equal(interpret(filter, { architecture: native, number: 0xffffffff, args: [] }), ALLOW);
  });
}

test("a fork is a clone without new namespaces, and clone3 is one that is not there", () => {
  const filter = secondFilter("x64");
  const clone = (flags: bigint) =>
    interpret(filter, { architecture: NATIVE.x64, number: callNumbers.x64.clone, args: [flags] });
  // What glibc uses for fork (CLONE_CHILD_SETTID, CLONE_CHILD_CLEARTID, SIGCHLD) and for a thread.
  assert.deepEqual([clone(0x1200011n), clone(0x3d0f00n)], [ALLOW, ALLOW]);
  assert.equal(clone(0x10000011n), "errno 1");
  assert.equal(ofProfile(cellProfile.syscalls, "clone3", []), "errno 38");
});

test("the numbers are the kernel's, for every call that the strict profile names", () => {
  const { x64, arm64 } = callNumbers;
  assert.deepEqual(
    [x64.clone, x64.unshare, x64.mount, x64.umount2, x64.pivot_root, x64.capset],
    [56, 272, 165, 166, 155, 126],
  );
  assert.deepEqual(
    [arm64.clone, arm64.unshare, arm64.mount, arm64.umount2, arm64.pivot_root, arm64.capset],
    [220, 97, 40, 39, 41, 91],
  );
  for (const name of strictProfile.syscalls.flatMap((rule) => rule.names)) assert.ok(name in x64, name);
});

test("what the cell's profile says is the strict one's but for the calls of the launcher", () => {
  const others = (rules: readonly Rule[]) =>
    rules.filter(({ names }) => !names.some((name) => (LAUNCHER_CALLS as readonly string[]).includes(name)));
  const rules = cellProfile.syscalls as Rule[];
  assert.deepEqual(others(rules), others(strictProfile.syscalls));
  assert.equal(rules.length - others(rules).length, 1);
  const { syscalls: _, ...rest } = cellProfile;
  const { syscalls: __, ...strict } = strictProfile;
  assert.deepEqual(rest, strict);
});
