"use client";

import { FileDown } from "lucide-react";
import { useEffect, useState } from "react";
import type { GivenFile } from "@/lib/client/opened-files";
import { droppedFiles } from "./given-files";

/** Takes files and folders that are dropped anywhere on the page, and says so while they are dragged over it. */
export function DropZone({ onFiles }: { onFiles: (files: GivenFile[]) => void }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    // What takes files of its own, such as the tests, has them.
    const ofFiles = (event: DragEvent) =>
      event.dataTransfer?.types.includes("Files") === true &&
      !(event.target instanceof Element && event.target.closest("[data-takes-files]"));
    const onOver = (event: DragEvent) => {
      if (!ofFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    // Leaving an element for another one inside the page is no leaving.
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const onDrop = (event: DragEvent) => {
      if (!ofFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(false);
      void droppedFiles(event.dataTransfer).then(onFiles);
    };
    // Before the editor, which would put the file's name into the program.
    const options = { capture: true };
    window.addEventListener("dragover", onOver, options);
    window.addEventListener("dragleave", onLeave, options);
    window.addEventListener("drop", onDrop, options);
    return () => {
      window.removeEventListener("dragover", onOver, options);
      window.removeEventListener("dragleave", onLeave, options);
      window.removeEventListener("drop", onDrop, options);
    };
  }, [onFiles]);
  if (!over) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-[rgb(0_0_0/40%)] p-4">
      <p className="flex items-center gap-3 rounded-lg border-2 border-accent border-dashed bg-raised px-6 py-5 font-medium text-lg shadow-pop">
        <FileDown aria-hidden="true" className="size-6 text-accent-ink" />
        Drop to add to the program
      </p>
    </div>
  );
}
