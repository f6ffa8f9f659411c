import type { LanguageOption } from "../../schemas/language";
import { flagsOf } from "../../schemas/language-options";
import { sourcesOf } from "../c/sources";
import type { Language } from "../language";

const STANDARD: LanguageOption = {
  id: "standard",
  name: "Language mode",
  default: "swift5",
  values: ["5", "6"].map((mode) => ({
    id: `swift${mode}`,
    label: `Swift ${mode} mode`,
    flags: ["-swift-version", mode],
  })),
};

const OPTIMIZATION: LanguageOption = {
  id: "optimization",
  name: "Optimisation",
  default: "o0",
  values: [
    { id: "o0", label: "-Onone", flags: ["-Onone"] },
    { id: "o1", label: "-O", flags: ["-O"] },
  ],
};

const OPTIONS = [STANDARD, OPTIMIZATION];

export const swift: Language = {
  id: "swift",
  name: "Swift",
  version: "6.0",
  edition: "Swift 5 mode",
  options: OPTIONS,
  versionCommand: ["swiftc", "--version"],
  aliases: ["swiftc"],
  extension: "swift",
  mainFile: "main.swift",
  editor: "swift",
  image: { folder: "swift" },
  core: false,
  // All files in one compiler: one for each would take its memory as often.
  compile: ({ ownImage, files, options }) => [
    ...["swiftc", "-wmo"],
    ...OPTIONS.flatMap(({ id }) => flagsOf(OPTIONS, id, options)),
    ...["-module-cache-path", "/tmp/.modules", "-o", "main"],
    ...sourcesOf(files, /\.swift$/),
    ...(ownImage ? ["/usr/lib/quicksand/lines.o"] : []),
  ],
  run: ["./main"],
  // A crash would start another program that reads the dead one's memory, which no sandbox allows.
  env: { SWIFT_BACKTRACE: "enable=no" },
  limits: { compile: { memoryBytes: 1_073_741_824 } },
};
