import type { Language } from "../language";
import { heapLimit, node, standby } from "./node";

export const javascript: Language = {
  id: "javascript",
  name: "JavaScript",
  version: "Node 24.21",
  versionCommand: ["node", "--version"],
  aliases: ["js", "node", "nodejs"],
  extension: "js",
  mainFile: "main.js",
  editor: "javascript",
  image: { folder: "javascript" },
  packages: { names: ["lodash", "immutable"], megabytes: 5 },
  core: true,
  run: (context) => [...node(context), "main.js"],
  repl: ({ limits }) => ["node", heapLimit(limits)],
  standby: (context) => [...standby(context), "main.js"],
};
