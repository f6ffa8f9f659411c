"use client";

import { useMemo, useState } from "react";
import type { TranscriptPart } from "@/lib/client/run-state";
import { type Block, TextBuffer } from "./text-buffer";

interface Reader {
  read(parts: readonly TranscriptPart[], revision: number): readonly Block[];
}

/** Parses only what was appended since the last call, so that streamed output is parsed once. */
function createReader(): Reader {
  let buffer = new TextBuffer();
  let revision = -1;
  let part = 0;
  let offset = 0;
  return {
    read(parts, wanted) {
      if (wanted !== revision) {
        buffer = new TextBuffer();
        revision = wanted;
        part = 0;
        offset = 0;
      }
      for (; part < parts.length; part++, offset = 0) {
        const { kind, text } = parts[part] ?? { kind: "printed", text: "" };
        const fresh = text.slice(offset);
        if (fresh !== "") kind === "typed" ? buffer.appendTyped(fresh) : buffer.append(fresh);
        offset = text.length;
        if (part === parts.length - 1) break;
      }
      return buffer.blocks();
    },
  };
}

/** The blocks of a growing text. Idempotent for the same text, so it may run during render. */
export function useBlocks(parts: readonly TranscriptPart[], revision: number): readonly Block[] {
  const [reader] = useState(createReader);
  return useMemo(() => reader.read(parts, revision), [reader, parts, revision]);
}
