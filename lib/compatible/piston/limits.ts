import { AppError } from "../../errors";
import { LEAST_MEMORY_BYTES, type RequestedLimits, type RunLimits } from "../../schemas/run-limits";

type Fields = Readonly<Record<string, unknown>>;

/** In the order in which Piston looks at them. */
const NAMES = [
  "compile_memory_limit",
  "run_memory_limit",
  "compile_timeout",
  "run_timeout",
  "compile_cpu_time",
  "run_cpu_time",
] as const;
type Name = (typeof NAMES)[number];

/** What Piston's servers take for "as much as you have". */
const MOST = new Set<unknown>([0, -1]);

/**
 * The limits that a request asks for. Left out, `0` and `-1` are what the plan has. Throws in Piston's words for what is no number,
 * negative, or above the plan's.
 */
export function requestedLimits(body: Fields, limits: RunLimits): RequestedLimits {
  const { compile, run, attended } = limits;
  const most: Record<Name, number> = {
    compile_memory_limit: compile.memoryBytes,
    run_memory_limit: run.memoryBytes,
    compile_timeout: compile.timeoutMs,
    run_timeout: attended?.totalMs ?? run.timeoutMs,
    compile_cpu_time: compile.timeoutMs,
    run_cpu_time: run.timeoutMs,
  };
  const asked = Object.fromEntries(NAMES.map((name) => [name, askedOf(body[name], name, most[name])])) as {
    [each in Name]?: number | undefined;
  };
  // The compiler's memory is the language's: it is checked above, and otherwise has no effect.
  const memory = asked.run_memory_limit;
  const compiler = {
    ...(asked.compile_timeout === undefined ? {} : { timeoutMs: asked.compile_timeout }),
    ...(asked.compile_cpu_time === undefined ? {} : { cpuMs: asked.compile_cpu_time }),
  };
  return {
    ...(asked.run_timeout === undefined ? {} : { timeoutMs: asked.run_timeout }),
    ...(asked.run_cpu_time === undefined ? {} : { cpuMs: asked.run_cpu_time }),
    ...(memory === undefined ? {} : { memoryBytes: Math.max(LEAST_MEMORY_BYTES, memory) }),
    ...(Object.keys(compiler).length === 0 ? {} : { compile: compiler }),
  };
}

/** `undefined` for what the plan has anyway. */
function askedOf(value: unknown, name: Name, most: number): number | undefined {
  if (!value || MOST.has(value)) return undefined;
  if (typeof value !== "number") refuse(`If specified, ${name} must be a number`);
  if (value > most) refuse(`${name} cannot exceed the configured limit of ${most}`);
  if (value < 0) refuse(`${name} must be non-negative`);
  return value === most ? undefined : Math.max(1, Math.floor(value));
}

function refuse(message: string): never {
  throw new AppError("invalid_request", message);
}
