"use client";

import { ChevronRight } from "lucide-react";
import { type ReactNode, useMemo, useState } from "react";
import { countLines, type TranscriptPart } from "@/lib/client/transcript";
import { cn } from "../ui/cn";
import { TextView } from "./text-view";
import { useBlocks } from "./use-blocks";

interface CompilerOutputProps {
  text: string;
  version: string;
  fontSize: number;
  /** The program runs or ran, so that these are only warnings. */
  folded: boolean;
  /** Shown above the text. */
  head: ReactNode;
}

/** What the compiler said. Folded away when the program ran all the same, until somebody opens it. */
export function CompilerOutput({ text, version, fontSize, folded, head }: CompilerOutputProps) {
  const [chosen, setChosen] = useState<{ version: string; open: boolean } | null>(null);
  const parts = useMemo<TranscriptPart[]>(() => (text === "" ? [] : [{ kind: "stdout", text }]), [text]);
  const blocks = useBlocks(parts, version);
  if (text === "") return null;
  const open = chosen?.version === version ? chosen.open : !folded;
  const lines = countLines(text);
  return (
    <section aria-label="Compiler" className="px-4 pt-3">
      <h3 className="font-medium text-faint text-sm">
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setChosen({ version, open: !open })}
          className="-ml-1 flex min-h-6 items-center gap-1 rounded-sm pr-1 hover:text-ink pointer-coarse:min-h-11"
        >
          <ChevronRight aria-hidden="true" className={cn("size-3.5", open && "rotate-90")} />
          Compiler
          <span className="font-normal tabular-nums">
            {lines === 1 ? "1 line" : `${lines.toLocaleString("en")} lines`}
          </span>
        </button>
      </h3>
      {open ? (
        <div className="mt-1.5">
          {head}
          <TextView blocks={blocks} fontSize={fontSize} />
        </div>
      ) : null}
    </section>
  );
}
