"use client";

import { FileIcon, X } from "lucide-react";
import type { Draft } from "@/lib/client/drafts";

interface FileStripProps {
  files: Draft["files"];
  onFiles: (files: Draft["files"]) => void;
}

/** The additional files of the program. Renders nothing without any. */
export function FileStrip({ files, onFiles }: FileStripProps) {
  if (files.length === 0) return null;
  return (
    <section
      aria-label="Files"
      className="flex max-h-20 shrink-0 flex-wrap items-center gap-1.5 overflow-y-auto border-line border-t bg-sunken px-3 py-1.5"
    >
      <h3 className="mr-1 text-muted text-sm">Files</h3>
      {files.map((file) => (
        <span
          key={file.path}
          className="flex h-6 items-center gap-1.5 rounded-sm border border-line-strong bg-surface pl-1.5 font-mono text-sm"
        >
          <FileIcon aria-hidden="true" className="size-3 text-faint" />
          {file.path}
          <button
            type="button"
            aria-label={`Remove ${file.path}`}
            onClick={() => onFiles(files.filter((one) => one !== file))}
            className="flex size-5.5 items-center justify-center rounded-sm text-faint hover:bg-hover hover:text-ink"
          >
            <X aria-hidden="true" className="size-3" />
          </button>
        </span>
      ))}
    </section>
  );
}
