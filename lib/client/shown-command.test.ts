import assert from "node:assert/strict";
import { test } from "node:test";
import { cpp } from "../languages/cpp";
import { shownCommand } from "./shown-command";

const CPP = {
  options: [...(cpp.options ?? [])],
  mainFile: "main.cpp",
  commands: { compile: ["g++", "-std=gnu++20", "-O1", "-Wall", "-o", "main", "main.cpp"], run: ["./main"] },
};

test("the command is shown with the words of every choice, and the others as one sign", () => {
  assert.equal(shownCommand(CPP, undefined), "g++ -std=gnu++20 -O1 -Wall … main.cpp\n./main");
  const chosen = { standard: "c++23", optimization: "o2", warnings: "extra", unknown: "x" };
  assert.equal(shownCommand(CPP, chosen), "g++ -std=gnu++23 -O2 -Wall -Wextra … main.cpp\n./main");
});

test("where nothing is left out no sign says so, and what is not compiled has one command", () => {
  const plain = { compile: ["g++", "-std=gnu++20", "-O1", "-Wall", "main.cpp"], run: ["./a.out"] };
  assert.equal(shownCommand({ ...CPP, commands: plain }, {}), "g++ -std=gnu++20 -O1 -Wall main.cpp\n./a.out");
  const script = { options: [], mainFile: "main.sh", commands: { compile: null, run: ["bash", "main.sh"] } };
  assert.equal(shownCommand(script, {}), "bash main.sh");
});
