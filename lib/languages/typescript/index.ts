import { BUNDLE, node, standby } from "../javascript/node";
import type { Language } from "../language";

/** Of another image, where our own way to load modules is not there. */
const PLAIN_BUNDLE = [
  ...["esbuild", "main.ts", "--bundle", "--platform=node", "--format=cjs", "--target=node20"],
  ...["--sourcemap=inline", "--outfile=main.js", "--log-level=warning"],
];

/** Types are stripped, not checked, as tsx and Deno do: the editor shows type errors, and a run costs 10 ms instead of seconds. */
export const typescript: Language = {
  id: "typescript",
  name: "TypeScript",
  version: "Node 24.21",
  versionCommand: ["node", "--version"],
  aliases: ["ts"],
  extension: "ts",
  mainFile: "main.ts",
  editor: "typescript",
  image: { folder: "javascript" },
  packages: { names: ["lodash", "immutable"], megabytes: 5 },
  core: true,
  compile: ({ ownImage }) => (ownImage ? [BUNDLE, "main.ts"] : PLAIN_BUNDLE),
  run: (context) => [...node(context), "--enable-source-maps", context.ownImage ? "main.ts" : "main.js"],
  standby: (context) => [...standby(context), "--enable-source-maps", "main.ts"],
};
