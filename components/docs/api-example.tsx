"use client";

import { Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { copyText } from "../share/copy-text";
import { Button } from "../ui/button";

/** A request that works as it stands, against the server that shows it. */
export function ApiExample() {
  const [origin, setOrigin] = useState("");
  // The server does not know its own public origin.
  useEffect(() => setOrigin(window.location.origin), []);
  const command = `curl ${origin}/api/editor/run \\
  -H 'content-type: application/json' \\
  -d '{"language":"python","code":"print(2+2)"}'`;
  return (
    <div className="relative">
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
        tabIndex={0}
        aria-label="Example of a request"
        className="overflow-x-auto rounded-lg border border-line bg-surface p-4 pr-14 font-mono text-base"
      >
        <pre>{command}</pre>
      </section>
      <Button
        variant="ghost"
        size="icon"
        aria-label="Copy the example"
        onClick={() => void copyText(command, "Example copied")}
        className="absolute top-2 right-2 bg-surface"
      >
        <Copy aria-hidden="true" />
      </Button>
    </div>
  );
}
