import type { Language } from "../language";

const MB = 1_048_576;

export const prolog: Language = {
  id: "prolog",
  name: "Prolog",
  version: "SWI-Prolog 9.2",
  versionCommand: ["swipl", "--version"],
  aliases: ["swipl", "swi-prolog", "swi"],
  extension: "pl",
  mainFile: "main.pl",
  editor: "prolog",
  image: { folder: "prolog" },
  core: false,
  // Ends when the program's directives and `initialization` goals have, instead of asking for queries, and fails when one of them did. Half
  // of the memory for the stacks, which are moved to twice their size as they grow: Prolog's own report of an endless recursion helps more
  // than the kernel's.
  run: ({ limits }) => [
    ...["swipl", "-q", "--on-error=status", `--stack-limit=${Math.floor(limits.memoryBytes / 2 / MB)}m`],
    ...["-t", "halt", "main.pl", "--"],
  ],
  repl: ["swipl"],
};
