import type { CommandContext } from "../language";

/** V8 would end the program at its own smaller heap limit, with a message about V8; the kernel's verdict is the honest one. */
export function heapLimit({ memoryBytes }: CommandContext["limits"]): string {
  return `--max-old-space-size=${Math.floor(memoryBytes / 1_048_576)}`;
}

/** Holds Node.js up until there is a program; see the Dockerfile. */
export const STANDBY = ["--require", "/usr/lib/quicksand/standby.js"] as const;
