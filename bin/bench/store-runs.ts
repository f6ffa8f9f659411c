import { createHash } from "node:crypto";
import { LANGUAGES } from "../../lib/languages";
import type { StoredRun } from "../../lib/store";

/** A word in one program of a thousand, that is about once in an owner's history of a thousand runs. */
export const RARE_WORD = "thermodynamics";

const STATUSES = ["success", "success", "success", "success", "error", "timeout", "compile_error"] as const;
const DAYS_MS = 90 * 86_400_000;
const LINES = [
  "def solve(values):",
  "    total = 0",
  "    for index, value in enumerate(values):",
  "        total += value * (index + 1)",
  "    return total",
  "import sys, math, random, itertools",
  "const result = input.split('\\n').map(Number).filter(Boolean);",
  "console.log(result.reduce((sum, value) => sum + value, 0));",
  'for (int i = 0; i < n; i++) { scanf("%d", &a[i]); }',
  "# read everything, then print what is larger than the average",
  "print(sum(int(line) for line in sys.stdin))",
  "std::sort(numbers.begin(), numbers.end());",
];

export function ownerOf(n: number, owners: number): string {
  return `owner-${n % owners}`;
}

const KEPT_MS = 365 * 86_400_000;

/** When run number `n` of `total` expires, if it is one of the tenth that does. */
export function expiryOf(n: number, total: number): Date {
  return new Date(createdAtOf(n, total).getTime() + KEPT_MS);
}

function createdAtOf(n: number, total: number): Date {
  return new Date(Date.UTC(2026, 7, 1) + Math.floor((n / total) * DAYS_MS));
}

/**
 * Run number `n` of `total`, deterministic. Owners alternate, so that the rows of each are spread over the table as with many concurrent users;
 * the code has 300 bytes to 2 KB.
 */
export function generatedRun(n: number, total: number, owners: number): StoredRun {
  const hash = createHash("sha256").update(`run ${n}`).digest();
  const at = (byte: number) => hash[byte] ?? 0;
  const id = hash.subarray(0, 16).toString("base64url");
  const language = LANGUAGES[at(16) % LANGUAGES.length]?.id ?? "python";
  const status = STATUSES[at(17) % STATUSES.length] ?? "success";
  const lines = Array.from(
    { length: 8 + (at(18) % 40) },
    (_, line) => LINES[(at(19) + line * 5) % LINES.length],
  );
  if (hash.readUInt32LE(20) % 1_000 === 0) lines.push(`# ${RARE_WORD}`);
  const createdAt = createdAtOf(n, total);
  const failed = status !== "success";
  return {
    id,
    owner: ownerOf(n, owners),
    request: {
      language,
      code: `# program ${n}\n${lines.join("\n")}\n`,
      stdin: at(24) % 3 === 0 ? "1 2 3\n".repeat(at(25)) : "",
      args: [],
      files: [],
      tests: [],
      mode: "batch",
    },
    title: at(26) % 5 === 0 ? `Attempt ${n} at ${language}` : null,
    visibility: "private",
    takedown: null,
    program: null,
    pinned: at(27) % 50 === 0,
    plan: "free",
    limits: null,
    image: "sha256:5f1c0e7d",
    createdAt,
    finishedAt: new Date(createdAt.getTime() + 40),
    expiresAt: at(30) % 10 === 0 ? expiryOf(n, total) : null,
    status,
    result: {
      id,
      language,
      status,
      output: {
        stdout: "42\n".repeat(at(28)),
        stderr: failed ? "Traceback (most recent call last):\n".repeat(at(29) % 8) : "",
        exitCode: failed ? 1 : 0,
        signal: null,
        truncated: false,
      },
      compile: null,
      durationMs: 10 + at(30),
      cpuMs: 8 + at(30),
      memoryUsed: 8_000_000 + at(31) * 10_000,
      queuedMs: 0,
      isolation: "container",
      artifacts: [],
      tests: [],
      message: null,
      createdAt: createdAt.toISOString(),
    },
  };
}
