import type { RunFile } from "../../schemas/run";
import { sourcesOf } from "../c/sources";
import type { Language } from "../language";

const MB = 1_048_576;

export const go: Language = {
  id: "go",
  name: "Go",
  version: "1.24",
  versionCommand: ["go", "version"],
  aliases: ["golang"],
  extension: "go",
  mainFile: "main.go",
  editor: "go",
  image: { folder: "go" },
  core: false,
  // Without the table of symbols linking is quicker; where a panic came from is told all the same.
  compile: ({ files }) => ["go", "build", "-ldflags=-s", "-o", "main", ...whatToBuild(files)],
  // Go's collector would let the heap grow to twice what is in use, whatever the sandbox has.
  run: ({ limits }) => ["env", `GOMEMLIMIT=${Math.floor((limits.memoryBytes * 0.9) / MB)}MiB`, "./main"],
  format: () => ["gofmt"],
  // It counts the processors of the host, and has a thread for each.
  env: { GOMAXPROCS: "2" },
};

/** The module, where the program says that it is one; otherwise the files beside the main one, which are of its package. */
function whatToBuild(files: readonly RunFile[]): string[] {
  if (files.some(({ path }) => path === "go.mod")) return ["."];
  return sourcesOf(
    files.filter(({ path }, index) => index === 0 || !path.includes("/")),
    /(?<!_test)\.go$/,
  );
}
