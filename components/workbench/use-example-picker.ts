"use client";

import { useCallback, useRef, useState } from "react";
import { toast } from "sonner";
import type { Draft } from "@/lib/client/drafts";
import { inputAfterEdit } from "@/lib/client/sample-input";
import type { DraftControl } from "@/lib/client/use-draft";
import type { ExampleInfo, LanguageInfo } from "@/lib/schemas/language";

interface ExamplePicker {
  /** The gallery is open. */
  open: boolean;
  onOpenChange: (open: boolean) => void;
  show: () => void;
  pick: (example: ExampleInfo) => void;
  /** Changes the program. With a sample's code its input goes, too. */
  edit: (patch: Partial<Draft>) => void;
}

/** The gallery of examples, and what becomes of their input when their code is replaced. */
export function useExamplePicker(
  language: LanguageInfo | null,
  drafts: DraftControl,
  onPicked: () => void,
): ExamplePicker {
  const [open, setOpen] = useState(false);
  const [example, setExample] = useState<ExampleInfo | null>(null);
  const latest = useRef({ language, drafts, example });
  latest.current = { language, drafts, example };

  const edit = useCallback((patch: Partial<Draft>) => {
    const { language, drafts, example } = latest.current;
    const { code } = patch;
    const samples = [language?.sample ?? [], example ?? []].flat();
    const { draft } = drafts;
    const stdin = draft && code !== undefined ? { stdin: inputAfterEdit(samples, draft, code) } : {};
    drafts.update({ ...stdin, ...patch });
  }, []);

  function pick(picked: ExampleInfo): void {
    setOpen(false);
    const { draft } = drafts;
    if (!draft) return;
    const { title, code, stdin } = picked;
    setExample(picked);
    drafts.replace({ ...draft, code, stdin, args: "", files: [] });
    onPicked();
    toast(`${title} is open`, { action: { label: "Undo", onClick: () => drafts.replace(draft) } });
  }

  return { open, onOpenChange: setOpen, show: () => setOpen(true), pick, edit };
}
