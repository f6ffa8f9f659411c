import type { Language } from "../language";

export const c: Language = {
  id: "c",
  name: "C",
  version: "14.2",
  versionCommand: ["gcc", "--version"],
  aliases: ["gcc"],
  extension: "c",
  mainFile: "main.c",
  editor: "c",
  image: { folder: "cpp" },
  core: true,
  compile: ["gcc", "-std=c17", "-O1", "-Wall", "-fdiagnostics-color=never", "-o", "main", "main.c", "-lm"],
  run: ["./main"],
  sample: {
    code: `#include <stdio.h>
#include <string.h>

int main(void) {
    char name[256];

    while (fgets(name, sizeof name, stdin)) {
        name[strcspn(name, "\\n")] = '\\0';
        printf("Hello, %s!\\n", name);
    }
    return 0;
}
`,
    stdin: "World\n",
    expected: "Hello, World!\n",
  },
};
