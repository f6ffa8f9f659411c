import type { LanguageOption } from "../../schemas/language";
import { flagsOf } from "../../schemas/language-options";
import { sourcesOf } from "../c/sources";
import type { Language } from "../language";

/** Of the C compiler that makes the program of what Vala's has made. */
const OPTIMIZATION: LanguageOption = {
  id: "optimization",
  name: "Optimisation",
  default: "o1",
  values: ["0", "1", "2", "3"].map((level) => ({
    id: `o${level}`,
    label: `-O${level}`,
    flags: ["-X", `-O${level}`],
  })),
};

const OPTIONS = [OPTIMIZATION];

export const vala: Language = {
  id: "vala",
  name: "Vala",
  version: "0.56",
  options: OPTIONS,
  versionCommand: ["valac", "--version"],
  aliases: ["valac"],
  extension: "vala",
  mainFile: "main.vala",
  // Vala's syntax was made after that of C#.
  editor: "csharp",
  image: { folder: "vala" },
  packages: { names: ["Gee"], megabytes: 2 },
  core: false,
  // With what a debugger is told a failed assertion names its line. The warnings of the C compiler are about what nobody wrote.
  compile: ({ ownImage, files, options }) => [
    ...["valac", "-g", "--pkg", "gee-0.8", "--pkg", "posix"],
    ...flagsOf(OPTIONS, OPTIMIZATION.id, options),
    ...["-X", "-w", "-X", "-lm"],
    ...(ownImage ? ["-X", "/usr/lib/quicksand/lines.o"] : []),
    ...["-o", "main", ...sourcesOf(files, /\.(?:vala|gs)$/)],
  ],
  run: ["./main"],
};
