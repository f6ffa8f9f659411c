import { heapLimit, STANDBY } from "../javascript/node";
import type { Language } from "../language";

/** Types are stripped, not checked, as tsx and Deno do: the editor shows type errors, and a run costs 10 ms instead of seconds. */
export const typescript: Language = {
  id: "typescript",
  name: "TypeScript",
  version: "Node 20.19",
  versionCommand: ["node", "--version"],
  aliases: ["ts"],
  extension: "ts",
  mainFile: "main.ts",
  editor: "typescript",
  image: { folder: "javascript" },
  core: true,
  compile: [
    "esbuild",
    "main.ts",
    "--bundle",
    "--platform=node",
    "--format=cjs",
    "--target=node20",
    "--sourcemap=inline",
    "--outfile=main.js",
    "--log-level=warning",
  ],
  run: ({ limits }) => ["node", heapLimit(limits), "--enable-source-maps", "main.js"],
  standby: ({ limits }) => ["node", heapLimit(limits), "--enable-source-maps", ...STANDBY, "main.js"],
};
