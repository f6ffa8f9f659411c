"use client";

import { Copy, Download, Trash2, WrapText } from "lucide-react";
import type { ReactNode } from "react";
import { copyText } from "../share/copy-text";
import { Button } from "../ui/button";
import { Tooltip } from "../ui/tooltip";

interface OutputToolbarProps {
  /** There is nothing to copy. */
  empty: boolean;
  /** The text for Copy and Download, made when it is asked for. */
  text: () => string;
  fileName: string;
  wrap: boolean;
  onWrap: (wrap: boolean) => void;
  canClear: boolean;
  onClear: () => void;
  /** Rendered before the other actions. */
  share: ReactNode;
}

/** Actions on the output. Copy and Download give what is seen. */
export function OutputToolbar(props: OutputToolbarProps) {
  const { empty, text, fileName, wrap, onWrap, canClear, onClear, share } = props;
  return (
    <div className="flex h-10 shrink-0 items-center justify-between border-line border-b pr-2 pl-4">
      <h2 className="font-medium text-base">Result</h2>
      <div className="flex items-center gap-0.5">
        {share}
        <Action label="Wrap long lines" pressed={wrap} onClick={() => onWrap(!wrap)}>
          <WrapText aria-hidden="true" />
        </Action>
        <Action label="Copy output" disabled={empty} onClick={() => void copyText(text(), "Output copied")}>
          <Copy aria-hidden="true" />
        </Action>
        <Action label="Download output" disabled={empty} onClick={() => download(text(), fileName)}>
          <Download aria-hidden="true" />
        </Action>
        <Action label="Clear" disabled={!canClear} onClick={onClear}>
          <Trash2 aria-hidden="true" />
        </Action>
      </div>
    </div>
  );
}

interface ActionProps {
  label: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Action({ label, pressed, disabled = false, onClick, children }: ActionProps) {
  return (
    <Tooltip label={label}>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={label}
        disabled={disabled}
        onClick={onClick}
        {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
        className="aria-pressed:text-accent-ink"
      >
        {children}
      </Button>
    </Tooltip>
  );
}

function download(text: string, fileName: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
