"use client";

import { type DragEvent, useRef, useState } from "react";

/** Takes files that are dropped on an element, before what is around it can. */
export function useFileDrop(onFiles: (files: readonly File[]) => void) {
  const [over, setOver] = useState(false);
  /** An element is also left for each of its own children. */
  const depth = useRef(0);
  const isFiles = ({ dataTransfer }: DragEvent) => dataTransfer.types.includes("Files");

  function leave(): void {
    depth.current = 0;
    setOver(false);
  }

  return {
    over,
    handlers: {
      onDragEnter(event: DragEvent) {
        if (!isFiles(event)) return;
        depth.current += 1;
        setOver(true);
      },
      onDragLeave() {
        depth.current -= 1;
        if (depth.current <= 0) leave();
      },
      onDragOver(event: DragEvent) {
        if (!isFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
      },
      onDrop(event: DragEvent) {
        leave();
        if (!isFiles(event)) return;
        event.preventDefault();
        event.stopPropagation();
        onFiles([...event.dataTransfer.files]);
      },
    },
  };
}
