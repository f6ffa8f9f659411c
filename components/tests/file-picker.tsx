"use client";

import { type ReactNode, useRef } from "react";
import { ACCEPTED } from "./test-transfer";

interface FilePickerProps {
  onFiles: (files: readonly File[]) => void;
  children: (open: () => void) => ReactNode;
}

/** Lets files with test cases be chosen. */
export function FilePicker({ onFiles, children }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        accept={ACCEPTED}
        aria-label="Files with tests"
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // The same file can be chosen again.
          target.value = "";
        }}
      />
      {children(() => input.current?.click())}
    </>
  );
}
