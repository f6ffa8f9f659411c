import { Fragment } from "react";

const WAYS = [
  {
    who: "A shell",
    address: "qs run hello.py",
    what: "the command line that comes with Quicksand (docs/command-line.md)",
  },
  { who: "Assistants", address: "/api/mcp", what: "tools by the Model Context Protocol, with a key" },
  { who: "Piston", address: "/api/v2", what: "its API, version 2, and its WebSocket" },
  { who: "Judge0", address: "/judge0", what: "its API, 1.13, with the numbers of its languages" },
  { who: "LibreChat", address: "/v1", what: "its code interpreter, with a key" },
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
