import { sourcesOf } from "../c/sources";
import type { Language } from "../language";

export const csharp: Language = {
  id: "csharp",
  name: "C#",
  version: "Mono 6.12",
  edition: "C# 7",
  versionCommand: ["mono", "--version"],
  aliases: ["c#", "cs", "mono", "mcs"],
  extension: "cs",
  mainFile: "Main.cs",
  editor: "csharp",
  image: { folder: "csharp" },
  core: false,
  // With what a debugger is told an exception names its lines.
  compile: ({ files }) => [
    ...["mcs", "-debug", "-codepage:utf8", "-r:System.Numerics.dll", "-out:main.exe"],
    ...sourcesOf(files, /\.cs$/),
  ],
  run: ["mono", "--debug", "main.exe"],
  repl: ["csharp"],
  format: ({ tabWidth }) => [
    ...["astyle", "--options=none", "--project=none", "--mode=cs", "--style=allman"],
    ...[`--indent=spaces=${tabWidth}`, "--indent-namespaces", "--pad-oper", "--pad-comma", "--pad-header"],
    ...["--unpad-paren", "--convert-tabs"],
  ],
};
