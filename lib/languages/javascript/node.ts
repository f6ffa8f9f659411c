import type { CommandContext } from "../language";

const FOLDER = "/usr/lib/quicksand";

/** Strips types, and makes one file of a program and its own modules. */
export const BUNDLE = `${FOLDER}/bundle.sh`;

/** Node.js as it runs a program in our image: both ways to write modules, also mixed; see `modules.cjs`. */
export function node({ limits, ownImage }: CommandContext): readonly string[] {
  return ["node", heapLimit(limits), ...(ownImage ? ["--require", `${FOLDER}/modules.cjs`] : [])];
}

/** The same, held up until there is a program; see `standby.cjs`. */
export function standby(context: CommandContext): readonly string[] {
  return [...node(context), "--require", `${FOLDER}/standby.cjs`];
}

/** V8 would end the program at its own smaller heap limit, with a message about V8; the kernel's verdict is the honest one. */
export function heapLimit({ memoryBytes }: CommandContext["limits"]): string {
  return `--max-old-space-size=${Math.floor(memoryBytes / 1_048_576)}`;
}
