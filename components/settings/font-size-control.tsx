"use client";

import { Minus, Plus } from "lucide-react";
import { Button } from "../ui/button";
import { CardRow } from "../ui/card";

const LEAST = 10;
const MOST = 28;

interface FontSizeControlProps {
  value: number;
  tabWidth: number;
  onChange: (value: number) => void;
}

/** The font size of code, with a preview. */
export function FontSizeControl({ value, tabWidth, onChange }: FontSizeControlProps) {
  return (
    <>
      <CardRow label="Font size" hint={`Of code, ${LEAST} to ${MOST} pixels.`}>
        <div className="flex items-center gap-2">
          <Button
            size="icon-sm"
            aria-label="Smaller"
            disabled={value <= LEAST}
            onClick={() => onChange(value - 1)}
          >
            <Minus aria-hidden="true" />
          </Button>
          <input
            type="range"
            aria-label="Font size"
            aria-valuetext={`${value} pixels`}
            min={LEAST}
            max={MOST}
            value={value}
            onChange={(event) => onChange(Number(event.target.value))}
            className="w-32 accent-(--focus)"
          />
          <Button
            size="icon-sm"
            aria-label="Larger"
            disabled={value >= MOST}
            onClick={() => onChange(value + 1)}
          >
            <Plus aria-hidden="true" />
          </Button>
          <output className="w-11 text-right text-base text-muted tabular-nums">{value} px</output>
        </div>
      </CardRow>
      <pre
        aria-hidden="true"
        className="overflow-hidden border-line border-b bg-sunken px-4 py-3 font-mono leading-normal"
        style={{ fontSize: value }}
      >
        <span className="text-(--code-keyword)">for</span> grain{" "}
        <span className="text-(--code-keyword)">in</span> sand:{"\n"}
        {" ".repeat(tabWidth)}
        <span className="text-(--code-name)">print</span>(<span className="text-(--code-text)">"quick"</span>,
        grain)
      </pre>
    </>
  );
}
