import { Fragment } from "react";

const WAYS = [
  { who: "Piston", address: "/api/v2", what: "clients of its API, version 2, and of its WebSocket" },
  { who: "Judge0", address: "/judge0", what: "clients of its API, 1.13, with its languages' numbers" },
  { who: "LibreChat", address: "/v1", what: "as its code interpreter" },
  { who: "Assistants", address: "/api/mcp", what: "tools by the Model Context Protocol, with a key" },
  { who: "A shell", address: "qs run hello.py", what: "the command line that comes with Quicksand" },
] as const;

/** Where programs that were written for something else come in. */
export function OtherPrograms() {
  return (
    <dl className="grid gap-x-4 gap-y-1 text-base sm:grid-cols-[auto_auto_1fr]">
      {WAYS.map(({ who, address, what }) => (
        <Fragment key={who}>
          <dt className="font-medium max-sm:mt-2">{who}</dt>
          <dd className="font-mono">{address}</dd>
          <dd className="text-muted">{what}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
