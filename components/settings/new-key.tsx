"use client";

import { Copy } from "lucide-react";
import { useId } from "react";
import { copyText } from "../share/copy-text";
import { Button } from "../ui/button";

interface NewKeyProps {
  apiKey: string;
  /** Whether the key may run programs; decides which example is shown. */
  canRun: boolean;
  onDone: () => void;
}

/** A new key, with an example of its use. */
export function NewKey({ apiKey, canRun, onDone }: NewKeyProps) {
  const id = useId();
  const example = canRun ? runExample(apiKey) : readExample(apiKey);
  return (
    <div className="mt-4 space-y-4">
      <div>
        <label htmlFor={id} className="mb-1 block font-medium text-base">
          Key
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            readOnly
            value={apiKey}
            onFocus={(event) => event.target.select()}
            className="h-9 min-w-0 flex-1 rounded-md border border-line-strong bg-sunken px-2.5 font-mono text-base focus-visible:border-focus focus-visible:outline-none focus-visible:ring-1 focus-visible:ring-focus"
          />
          <Button variant="primary" className="h-9" onClick={() => void copyText(apiKey, "Key copied")}>
            <Copy aria-hidden="true" />
            Copy
          </Button>
        </div>
      </div>
      <div>
        <div className="mb-1 flex items-center justify-between">
          <h3 className="font-medium text-base">Try it</h3>
          <Button variant="ghost" size="sm" onClick={() => void copyText(example, "Example copied")}>
            <Copy aria-hidden="true" />
            Copy example
          </Button>
        </div>
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
          tabIndex={0}
          className="overflow-x-auto rounded-md border border-line bg-sunken p-2.5 font-mono text-sm leading-5"
        >
          {example}
        </pre>
      </div>
      <div className="flex justify-end">
        <Button onClick={onDone}>Done</Button>
      </div>
    </div>
  );
}

function runExample(key: string): string {
  return [
    `curl ${window.location.origin}/api/editor/run \\`,
    `  -H "Authorization: Bearer ${key}" \\`,
    '  -H "Content-Type: application/json" \\',
    `  -d '{"language": "python", "code": "print(2 + 2)"}'`,
  ].join("\n");
}

function readExample(key: string): string {
  return [`curl ${window.location.origin}/api/runs \\`, `  -H "Authorization: Bearer ${key}"`].join("\n");
}
