import type { Language } from "../language";
import { heapLimit, STANDBY } from "./node";

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
  run: ({ limits }) => ["node", heapLimit(limits), "main.js"],
  standby: ({ limits }) => ["node", heapLimit(limits), ...STANDBY, "main.js"],
};
