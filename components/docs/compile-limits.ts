import type { LanguageInfo } from "@/lib/schemas/language";

type Compiled = Pick<LanguageInfo, "limits">;
type CompileLimits = NonNullable<LanguageInfo["limits"]["compile"]>;

/** What most compilers are held to, so that only those that differ need to say theirs; `null` where nothing is compiled. */
export function usualCompileLimits(languages: readonly Compiled[]): CompileLimits | null {
  const counts = new Map<string, { limits: CompileLimits; count: number }>();
  for (const { limits } of languages) {
    if (!limits.compile) continue;
    const { count } = counts.get(keyOf(limits.compile)) ?? { count: 0 };
    counts.set(keyOf(limits.compile), { limits: limits.compile, count: count + 1 });
  }
  const [most] = [...counts.values()].sort((a, b) => b.count - a.count);
  return most?.limits ?? null;
}

/** A language's own limits of compiling, where they are not the usual ones. */
export function unusualCompileLimits(
  { limits }: Compiled,
  usual: CompileLimits | null,
): CompileLimits | null {
  if (!limits.compile || (usual && keyOf(limits.compile) === keyOf(usual))) return null;
  return limits.compile;
}

function keyOf({ memoryBytes, cpus, timeoutMs }: CompileLimits): string {
  return `${memoryBytes} ${cpus} ${timeoutMs}`;
}
