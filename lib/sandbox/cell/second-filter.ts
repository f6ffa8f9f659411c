import strictProfile from "../container/seccomp.json" with { type: "json" };
import type { Architecture } from "./launcher";
import callNumbers from "./system-call-numbers.json" with { type: "json" };

/** A condition on one argument of a call, as Docker's profiles have it; 64 bits. */
interface Condition {
  index: number;
  value: number;
  valueTwo?: number;
  op: string;
}

/** What a profile says of some calls. Several rules for one call add up. */
export interface Rule {
  names: readonly string[];
  action: string;
  errnoRet?: number;
  args?: readonly Condition[];
  comment?: string;
}

const strictRules: readonly Rule[] = strictProfile.syscalls;

/**
 * What the launcher of a cell needs to make a run's namespaces, whatever the arguments: it has no capabilities but those
 * that a user namespace of its own gives it. The second filter takes these away from the program again.
 */
export const LAUNCHER_CALLS = [
  "capset",
  "clone",
  "mount",
] as const satisfies readonly (keyof typeof callNumbers.arm64)[];

const added: ReadonlySet<string> = new Set(LAUNCHER_CALLS);

/** The seccomp profile of a cell's container: the strict one, and everything that the launcher needs beyond it. */
export const cellProfile = {
  ...strictProfile,
  syscalls: [
    ...strictRules
      .map((rule) => ({ ...rule, names: rule.names.filter((name) => !added.has(name)) }))
      .filter(({ names }) => names.length > 0),
    {
      names: [...LAUNCHER_CALLS],
      action: "SCMP_ACT_ALLOW",
      comment: "taken away again by the second filter",
    },
  ],
};

/** Instructions of the kernel's classic BPF that are used here. */
const LOAD = 0x20;
const AND = 0x54;
const JUMP_IF_EQUAL = 0x15;
const JUMP_IF_SET = 0x45;
const RETURN = 0x06;

/** `code`, `jt`, `jf` and `k` of a `struct sock_filter`. */
type Instruction = [code: number, whenTrue: number, whenFalse: number, operand: number];

/** Offsets in the kernel's `struct seccomp_data`. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const ARGUMENTS = 16;

const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;
/** The thread, which is what the strict profile's filter does to one that uses another architecture's calls. */
const KILL = 0;

/** The kernel's AUDIT_ARCH_*. */
const AUDIT_ARCHITECTURES: Record<Architecture, number> = { x64: 0xc000003e, arm64: 0xc00000b7 };

/** Marks a call of x32, which x86-64's kernel does not tell from its own by the architecture. */
const X32 = 0x40000000;
/** A call that a tracer has taken away; the strict filter does not take its bits for x32's. */
const NO_CALL = 0xffffffff;

/**
 * The program for the kernel (`struct sock_filter[]`, little-endian, 8 bytes each) that the program of a run is held by beside `cellProfile`:
 * it refuses what that allows beyond the strict profile, as the strict one would, and lets everything else to the first
 * filter. The kernel takes the stricter of two answers, so both together are the strict profile.
 */
export function secondFilter(architecture: Architecture): Buffer {
  const numbers: Readonly<Record<string, number>> = callNumbers[architecture];
  const program: Instruction[] = [
    [LOAD, 0, 0, ARCHITECTURE],
    [JUMP_IF_EQUAL, 1, 0, AUDIT_ARCHITECTURES[architecture]],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, NUMBER],
  ];
  if (architecture === "x64") {
    program.push([JUMP_IF_EQUAL, 2, 0, NO_CALL], [JUMP_IF_SET, 0, 1, X32], [RETURN, 0, 0, KILL]);
  }
  for (const name of LAUNCHER_CALLS) {
    const number = numbers[name];
    if (number === undefined) throw new Error(`There is no number of the call ${name} for ${architecture}.`);
    const judged = judge(name);
    program.push([JUMP_IF_EQUAL, 0, judged.length, number], ...judged);
  }
  program.push([RETURN, 0, 0, ALLOW]);
  return encode(program);
}

/** What the strict profile answers to a call: the first rule that its arguments fit, else the default. */
function judge(name: string): Instruction[] {
  const rules = strictRules.filter(({ names }) => names.includes(name));
  return [...rules.flatMap(rule), [RETURN, 0, 0, answer(strictProfile.defaultAction)]];
}

/** Returns the rule's answer when all of its conditions hold; goes on behind it otherwise. */
function rule({ action, errnoRet, args = [] }: Rule): Instruction[] {
  const code: Instruction[] = [[RETURN, 0, 0, answer(action, errnoRet)]];
  for (const condition of [...args].reverse()) {
    for (const { at, mask, value } of words(condition)) {
      code.unshift([LOAD, 0, 0, at], [AND, 0, 0, mask], [JUMP_IF_EQUAL, 0, code.length, value]);
    }
  }
  return code;
}

/** The 32-bit words that a condition compares, without those that can be anything. */
function words({ index, value, valueTwo, op }: Condition) {
  const masked = op === "SCMP_CMP_MASKED_EQ";
  if (!masked && op !== "SCMP_CMP_EQ") throw new Error(`There is no translation of ${op}.`);
  const mask = masked ? BigInt(value) : 0xffff_ffff_ffff_ffffn;
  const expected = masked ? BigInt(valueTwo ?? 0) : BigInt(value);
  return [0n, 32n]
    .map((shift) => ({
      at: ARGUMENTS + 8 * index + Number(shift) / 8,
      mask: Number((mask >> shift) & 0xffff_ffffn),
      value: Number((expected >> shift) & 0xffff_ffffn),
    }))
    .filter((word) => word.mask !== 0);
}

function answer(action: string, errno: number = strictProfile.defaultErrnoRet): number {
  if (action === "SCMP_ACT_ALLOW") return ALLOW;
  if (action === "SCMP_ACT_ERRNO") return ERRNO | errno;
  throw new Error(`There is no translation of ${action}.`);
}

function encode(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(8 * program.length);
  for (const [index, [code, whenTrue, whenFalse, operand]] of program.entries()) {
    bytes.writeUInt16LE(code, 8 * index);
    bytes.writeUInt8(whenTrue, 8 * index + 2);
    bytes.writeUInt8(whenFalse, 8 * index + 3);
    bytes.writeUInt32LE(operand, 8 * index + 4);
  }
  return bytes;
}
