"use client";

import { useEffect, useState } from "react";
import { type EmbedLook, embedCode } from "@/lib/client/run-url";
import type { Visibility } from "@/lib/schemas/history";
import { Button } from "../ui/button";
import { Segmented } from "../ui/segmented";
import { copyText } from "./copy-text";

const THEMES = [
  { value: "auto", label: "Auto" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
] as const;

interface EmbedCodeProps {
  runId: string;
  visibility: Visibility;
}

/** The HTML for another site's page, and how the run looks there. */
export function EmbedCode({ runId, visibility }: EmbedCodeProps) {
  const [look, setLook] = useState<EmbedLook>({ theme: "auto", edit: false, frame: true });
  const [origin, setOrigin] = useState("");
  // The server does not know its own public origin.
  useEffect(() => setOrigin(window.location.origin), []);
  const code = embedCode(runId, origin, look);
  return (
    <div className="space-y-2.5">
      <label className="block">
        <span className="mb-1.5 block font-medium text-base">Embed code</span>
        <textarea
          readOnly
          value={code}
          rows={4}
          onFocus={(event) => event.target.select()}
          className="block w-full resize-none rounded-md border border-line-strong bg-surface px-2.5 py-1.5 font-mono text-sm"
        />
      </label>
      <Segmented
        label="Colours of the embed"
        value={look.theme}
        options={THEMES}
        onChange={(theme) => setLook({ ...look, theme })}
      />
      <Choice
        label="Readers can change it and run it"
        checked={look.edit}
        onChange={(edit) => setLook({ ...look, edit })}
      />
      <Choice label="With a frame" checked={look.frame} onChange={(frame) => setLook({ ...look, frame })} />
      <div className="flex items-center gap-3">
        <Button variant="primary" onClick={() => void copyText(code, "Embed code copied")}>
          Copy embed code
        </Button>
        {visibility === "private" ? (
          <p className="text-muted text-sm">Shows nothing to others while the run is private.</p>
        ) : null}
      </div>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

function Choice({ label, checked, onChange }: ChoiceProps) {
  return (
    <label className="flex min-h-6 cursor-pointer items-center gap-2 text-base pointer-coarse:min-h-11">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 accent-(--focus)"
      />
      {label}
    </label>
  );
}
