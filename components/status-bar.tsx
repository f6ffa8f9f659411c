import { formatBytes } from "@/lib/client/format";
import type { LanguageInfo } from "@/lib/schemas/language";
import type { Usage } from "@/lib/schemas/run";

/** What holds for the next run: its limits, and how many are left today. */
export function StatusBar({ language, usage }: { language: LanguageInfo | null; usage: Usage | null }) {
  const run = language?.limits.run;
  return (
    <footer className="flex h-7 shrink-0 items-center justify-between gap-4 border-line border-t bg-surface px-4 text-faint text-sm tabular-nums max-sm:hidden">
      <p className="truncate">
        {run
          ? `Each run: ${formatBytes(run.memoryBytes)} memory, ${run.cpus} CPU, ${run.timeoutMs / 1000} s, no network`
          : ""}
      </p>
      <p className="shrink-0">{usage ? `${usage.remaining} of ${usage.limit} runs left today` : ""}</p>
    </footer>
  );
}
