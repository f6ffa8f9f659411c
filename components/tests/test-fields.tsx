"use client";

import { type ReactNode, useId, useState } from "react";
import { MAX_TEST_NAME_CHARS, MAX_TOLERANCE } from "@/lib/schemas/limits";
import type { Compare, RunTest } from "@/lib/schemas/run-test";
import { cn } from "../ui/cn";

interface TestFieldsProps {
  test: RunTest;
  onChange: (test: RunTest) => void;
}

const FIELD =
  "block w-full rounded-md border border-line-strong bg-surface px-2.5 font-mono text-base placeholder:text-faint focus-visible:border-focus focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-focus aria-invalid:border-bad";

/** What a test case is made of, to be edited. */
export function TestFields({ test, onChange }: TestFieldsProps) {
  const change = (patch: Partial<RunTest>) => onChange({ ...test, ...patch });
  return (
    <div className="grid gap-3 @lg:grid-cols-2">
      <Labelled label="Name">
        <input
          value={test.name}
          maxLength={MAX_TEST_NAME_CHARS}
          autoComplete="off"
          onChange={(event) => change({ name: event.target.value })}
          className={`${FIELD} h-8 font-sans max-sm:h-11`}
        />
      </Labelled>
      <CompareField compare={test.compare} onChange={(compare) => change({ compare })} />
      <TextField
        label="Input"
        text={test.stdin}
        empty="Nothing: the program has no input"
        onText={(stdin) => change({ stdin })}
      />
      <TextField
        label="Expected output"
        text={test.expected}
        empty="What the program is to print"
        onText={(expected) => change({ expected })}
      />
    </div>
  );
}

interface LabelledProps {
  label: string;
  className?: string;
  children: ReactNode;
}

function Labelled({ label, className, children }: LabelledProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label className={cn("block min-w-0", className)}>
      <span className="mb-1 block text-muted text-sm">{label}</span>
      {children}
    </label>
  );
}

interface TextFieldProps {
  label: string;
  text: string;
  empty: string;
  onText: (text: string) => void;
}

function TextField({ label, text, empty, onText }: TextFieldProps) {
  return (
    <Labelled label={label}>
      <textarea
        value={text}
        rows={4}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        placeholder={empty}
        onChange={(event) => onText(event.target.value)}
        className={`${FIELD} min-h-20 resize-y py-1.5`}
      />
    </Labelled>
  );
}

const FIRST_TOLERANCE = 1e-6;

function CompareField({ compare, onChange }: { compare: Compare; onChange: (compare: Compare) => void }) {
  const id = useId();
  const [typed, setTyped] = useState(typeof compare === "string" ? "" : String(compare.tolerance));
  const number = Number(typed);
  const wrong = typed.trim() === "" || !(number >= 0 && number <= MAX_TOLERANCE);
  return (
    <div className="flex min-w-0 gap-2">
      <Labelled label="Compared" className="flex-1">
        <select
          value={typeof compare === "string" ? compare : "tolerance"}
          onChange={({ target }) => {
            if (target.value !== "tolerance") return onChange(target.value === "exact" ? "exact" : "trimmed");
            setTyped(String(FIRST_TOLERANCE));
            onChange({ tolerance: FIRST_TOLERANCE });
          }}
          className={`${FIELD} h-8 font-sans max-sm:h-11`}
        >
          <option value="trimmed">Ignoring white space at line ends</option>
          <option value="exact">Exactly</option>
          <option value="tolerance">As numbers, nearly</option>
        </select>
      </Labelled>
      {typeof compare === "string" ? null : (
        <Labelled label="Tolerance">
          <input
            value={typed}
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={wrong}
            aria-describedby={`${id}-note`}
            onChange={({ target }) => {
              setTyped(target.value);
              const tolerance = Number(target.value);
              if (target.value.trim() !== "" && tolerance >= 0 && tolerance <= MAX_TOLERANCE)
                onChange({ tolerance });
            }}
            className={`${FIELD} h-8 w-24 max-sm:h-11`}
          />
          <span id={`${id}-note`} className="text-bad text-sm empty:hidden">
            {wrong ? "A number such as 1e-6" : ""}
          </span>
        </Labelled>
      )}
    </div>
  );
}
