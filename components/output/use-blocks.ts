"use client";

import { useMemo, useState } from "react";
import type { TranscriptPart } from "@/lib/client/transcript";
import { type Block, TextBuffer } from "./text-buffer";

interface Reader {
  read(parts: readonly TranscriptPart[], version: string): readonly Block[];
}

/** Parses only what was appended since the last call, so that streamed output is parsed once. */
function createReader(): Reader {
  let buffer = new TextBuffer();
  let version = "";
  let part = 0;
  let offset = 0;
  return {
    read(parts, wanted) {
      if (wanted !== version) {
        buffer = new TextBuffer();
        version = wanted;
        part = 0;
        offset = 0;
      }
      for (; part < parts.length; part++, offset = 0) {
        const { kind, text } = parts[part] ?? { kind: "stdout", text: "" };
        const fresh = text.slice(offset);
        if (fresh !== "") buffer.appendPart({ kind, text: fresh });
        offset = text.length;
        if (part === parts.length - 1) break;
      }
      return buffer.blocks();
    },
  };
}

/** The blocks of growing text, which starts over with each `version`. Idempotent for the same text, so it may run during render. */
export function useBlocks(parts: readonly TranscriptPart[], version: string): readonly Block[] {
  const [reader] = useState(createReader);
  return useMemo(() => reader.read(parts, version), [reader, parts, version]);
}
