"use client";

import { useCallback, useRef, useState } from "react";
import type { Draft } from "@/lib/client/drafts";
import { inputAfterEdit } from "@/lib/client/sample-input";
import { toast } from "@/lib/client/toast";
import type { DraftControl } from "@/lib/client/use-draft";
import type { ExampleInfo } from "@/lib/schemas/language";

interface ExamplePicker {
  /** The gallery is open. */
  open: boolean;
  onOpenChange: (open: boolean) => void;
  show: () => void;
  pick: (example: ExampleInfo) => void;
  /** Changes the program. With an example's code its input goes, too. */
  edit: (patch: Partial<Draft>) => void;
}

/** The gallery of examples, and what becomes of their input when their code is replaced. */
export function useExamplePicker(drafts: DraftControl, onPicked: () => void): ExamplePicker {
  const [open, setOpen] = useState(false);
  const [example, setExample] = useState<ExampleInfo | null>(null);
  const latest = useRef({ drafts, example });
  latest.current = { drafts, example };

  const edit = useCallback((patch: Partial<Draft>) => {
    const { drafts, example } = latest.current;
    const { code } = patch;
    const { draft } = drafts;
    if (!draft || !example || code === undefined) return drafts.update(patch);
    const stdin = inputAfterEdit([example], draft, code);
    drafts.update(stdin === draft.stdin ? patch : { stdin, ...patch });
  }, []);

  function pick(picked: ExampleInfo): void {
    setOpen(false);
    const { draft } = drafts;
    if (!draft) return;
    const { title, code, stdin } = picked;
    setExample(picked);
    drafts.replace({ ...draft, code, stdin, args: "", files: [] });
    onPicked();
    toast(`${title} is open`, {
      duration: 15_000,
      action: { label: "Undo", onClick: () => drafts.replace(draft) },
    });
  }

  return { open, onOpenChange: setOpen, show: () => setOpen(true), pick, edit };
}
