import { LINE_BUFFERED } from "../c";
import type { Language } from "../language";

/** `-std=gnu++20 -O1` are also the flags of the precompiled header in the image; with others gcc would not use it. */
export const cpp: Language = {
  id: "cpp",
  name: "C++",
  version: "14.2",
  versionCommand: ["g++", "--version"],
  aliases: ["c++", "g++", "cxx"],
  extension: "cpp",
  mainFile: "main.cpp",
  editor: "cpp",
  image: { folder: "cpp" },
  core: true,
  compile: ({ ownImage }) => [
    ...["g++", "-std=gnu++20", "-O1", "-Wall", "-fdiagnostics-color=never", "-o", "main", "main.cpp"],
    ...(ownImage ? [LINE_BUFFERED] : []),
  ],
  run: ["./main"],
  sample: {
    code: `#include <iostream>
#include <string>

std::string greet(const std::string& name) {
    return "Hello, " + name + "!";
}

int main() {
    std::string line;

    while (std::getline(std::cin, line)) {
        std::cout << greet(line) << '\\n';
    }
}
`,
    stdin: "World\n",
    expected: "Hello, World!\n",
  },
};
