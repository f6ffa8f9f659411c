/**
 * A language as somebody would add it, for the test that this takes a folder and a line: its files, and the line. They are strings, so that
 * neither the bundler nor the list of languages picks it up.
 */
export const TOY: { line: string; files: Readonly<Record<string, string>> } = {
  line: '  (await import("./toy")).toy,',
  files: {
    "index.ts": `import type { Language } from "../language";

export const toy: Language = {
  id: "toy",
  name: "Toy",
  version: "1.0",
  versionCommand: ["toy", "--version"],
  aliases: [],
  extension: "toy",
  mainFile: "main.toy",
  editor: "toy",
  image: { folder: "toy" },
  core: false,
  run: ["toy", "main.toy"],
};
`,
    "editor.ts": `import type { Diagnostic, LanguageEditor } from "../editor";
import { isMain, splitLines } from "../editor-diagnostics";

const MESSAGE = /^(?<file>[^\\s:]+):(?<line>\\d+): (?<message>.+)$/;

function findDiagnostics(output: string, mainFile: string): readonly Diagnostic[] {
  return splitLines(output).flatMap((text): Diagnostic[] => {
    const { file, line, message = "" } = MESSAGE.exec(text)?.groups ?? {};
    return isMain(file, mainFile) ? [{ line: Number(line), column: null, severity: "error", message }] : [];
  });
}

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/ini/register"),
  findDiagnostics,
};
`,
    "test-programs.ts": `import type { TestPrograms } from "../testing/test-programs";

export const programs: TestPrograms = {
  works: { "two commands": { code: "say one,\\nsay two\\nend\\n", prints: "one,two\\n" } },
  failures: {
    "an unknown command": {
      code: "say fine\\nend\\nsing\\n",
      status: "error",
      marked: { line: 3, column: null, severity: "error", message: "unknown command sing" },
    },
  },
  halfLines: { say: "say loading\\nwait\\n" },
};
`,
    Dockerfile: `FROM debian:trixie-slim
COPY toy.sh /usr/local/bin/toy
RUN chmod 755 /usr/local/bin/toy
`,
    "toy.sh": `#!/bin/sh
# The interpreter: say WORDS, end (the line), greet (who the input names), wait (for ever).
if [ "$1" = --version ]; then echo "Toy 1.0"; exit; fi
number=0
while read -r command words <&3; do
  number=$((number + 1))
  case $command in
    say) printf %s "$words" ;;
    end) echo ;;
    greet) while read -r name; do echo "Hello, $name!"; done ;;
    wait) while :; do :; done ;;
    *) echo "$1:$number: unknown command $command" >&2; exit 1 ;;
  esac
done 3<"$1"
`,
    "examples/hello/main.toy": "greet\n",
    "examples/hello/input.txt": "World\n",
    "examples/hello/output.txt": "Hello, World!\n",
  },
};
