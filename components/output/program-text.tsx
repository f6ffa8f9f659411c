"use client";

import type { TranscriptPart } from "@/lib/client/transcript";
import { partsOf, type Shown } from "@/lib/client/transcript";
import { TextView } from "./text-view";
import { useBlocks } from "./use-blocks";

interface ProgramTextProps {
  parts: readonly TranscriptPart[];
  shown: Shown;
  /** A view that starts over has another one. */
  version: string;
  fontSize: number;
  /** In place of text, when there is none. */
  placeholder: string | null;
}

/** What the program printed and what was typed, in order. */
export function ProgramText({ parts, shown, version, fontSize, placeholder }: ProgramTextProps) {
  const blocks = useBlocks(partsOf(parts, shown), `${version} ${shown}`);
  if (blocks.length > 0) return <TextView blocks={blocks} fontSize={fontSize} />;
  return placeholder === null ? null : <p className="text-base text-faint">{placeholder}</p>;
}
