import { heapLimit } from "../javascript/node";
import type { Language } from "../language";

export const nodeCurrent: Language = {
  id: "node-current",
  name: "Node.js",
  version: "26.10",
  versionCommand: ["node", "--version"],
  aliases: ["node-latest", "nodejs-current"],
  extension: "js",
  mainFile: "main.js",
  editor: "javascript",
  image: { folder: "node-current" },
  packages: { names: ["lodash", "immutable"], megabytes: 3 },
  core: false,
  // A program here has no package.json that could say what kind of module it is; being told to write one would help nobody.
  run: ({ limits }) => [
    ...["node", heapLimit(limits), "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON"],
    "main.js",
  ],
  repl: ({ limits }) => ["node", heapLimit(limits)],
};
