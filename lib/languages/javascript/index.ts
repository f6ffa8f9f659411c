import type { CommandContext, Language } from "../language";

function heapLimit({ memoryBytes }: CommandContext["limits"]): string {
  return `--max-old-space-size=${Math.floor(memoryBytes / 1_048_576)}`;
}

export const javascript: Language = {
  id: "javascript",
  name: "JavaScript",
  version: "Node 20.19",
  versionCommand: ["node", "--version"],
  aliases: ["js", "node", "nodejs"],
  extension: "js",
  mainFile: "main.js",
  editor: "javascript",
  image: { folder: "javascript" },
  core: true,
  // V8 would end the program at its own smaller heap limit, with a message about V8; the kernel's verdict is the honest one.
  run: ({ limits }) => ["node", heapLimit(limits), "main.js"],
  standby: ({ limits }) => [
    "node",
    heapLimit(limits),
    "--require",
    "/usr/lib/quicksand/standby.js",
    "main.js",
  ],
  sample: {
    code: `const readline = require("node:readline");

const greet = (name) => \`Hello, \${name}!\`;

readline.createInterface({ input: process.stdin }).on("line", (line) => console.log(greet(line.trim())));
`,
    stdin: "World\n",
    expected: "Hello, World!\n",
  },
};
