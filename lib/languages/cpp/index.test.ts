import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { PLANS } from "../../plans";
import { type ChosenOptions, resolvedOptions } from "../../schemas/language-options";
import { MAX_CODE_BYTES } from "../../schemas/limits";
import type { RunFile } from "../../schemas/run";
import { c } from "../c";
import { argvOf, type Language } from "../language";
import { cpp } from ".";

const { limits } = PLANS.guest;

function commandOf(
  language: Language,
  files: readonly RunFile[],
  chosen: ChosenOptions = {},
  ownImage = true,
) {
  assert.ok(language.compile);
  const options = resolvedOptions(language.options ?? [], chosen);
  return argvOf(language.compile, { limits: limits.compile, ownImage, files, options });
}

function usesLight(text: string): boolean {
  return commandOf(cpp, [{ path: "main.cpp", content: text }]).includes("-isystem");
}

const MAIN = [{ path: "main.cpp", content: "int main() {}" }];
const MAIN_C = [{ path: "main.c", content: "" }];
const BESIDE_C = [...MAIN, { path: "sum.c", content: "" }];
const OBJECTS = "/usr/lib/quicksand/stdio.o /usr/lib/quicksand/iostream.o";

test("without options the command is word for word what it was before there were any", () => {
  const flags = "-O1 -Wall -fdiagnostics-color=never -o main";
  const light = "-isystem /usr/lib/quicksand/light";
  const specs = "-specs=/usr/lib/quicksand/gnu++20.specs";
  const cases: [Language, RunFile[], boolean, string][] = [
    [cpp, MAIN, true, `g++ -std=gnu++20 ${flags} ${light} main.cpp ${OBJECTS}`],
    [cpp, MAIN, false, `g++ -std=gnu++20 ${flags} main.cpp`],
    [cpp, BESIDE_C, true, `g++ ${specs} ${flags} -iquote . ${light} main.cpp -x c sum.c -x none ${OBJECTS}`],
    [cpp, BESIDE_C, false, `g++ -std=gnu++20 ${flags} -iquote . main.cpp -x c sum.c -x none`],
    [c, MAIN_C, true, `gcc -std=gnu17 ${flags} main.c /usr/lib/quicksand/stdio.o -lm`],
    [c, MAIN_C, false, `gcc -std=gnu17 ${flags} main.c -lm`],
  ];
  for (const [language, files, ownImage, words] of cases)
    assert.equal(commandOf(language, files, {}, ownImage).join(" "), words);
});

test("what is chosen takes the place of the defaults, and a header that was precompiled otherwise is left out", () => {
  const words = (files: RunFile[], chosen: ChosenOptions) => commandOf(cpp, files, chosen).join(" ");
  assert.equal(
    words(MAIN, { standard: "c++23", optimization: "o2", warnings: "extra" }),
    `g++ -std=gnu++23 -O2 -Wall -Wextra -fdiagnostics-color=never -o main main.cpp ${OBJECTS}`,
  );
  assert.match(words(MAIN, { optimization: "o0" }), /-std=gnu\+\+20 -O0 -Wall (?!.*light)/);
  // Warnings leave the precompiled header as it is.
  assert.match(words(MAIN, { warnings: "off" }), /-std=gnu\+\+20 -O1 -w .*-isystem/);
  assert.match(
    words(BESIDE_C, { standard: "c++17" }),
    /^g\+\+ -specs=\/usr\/lib\/quicksand\/gnu\+\+17\.specs -O1/,
  );
  assert.match(commandOf(c, MAIN_C, { standard: "c23" }).join(" "), /^gcc -std=gnu23 -O1/);
});

test("every standard of C++ has the file that sets it where there is C as well", () => {
  for (const { id } of cpp.options?.find((option) => option.id === "standard")?.values ?? []) {
    const [specs = ""] = commandOf(cpp, BESIDE_C, { standard: id }).filter((word) =>
      word.startsWith("-specs="),
    );
    const name = path.basename(specs);
    assert.equal(
      readFileSync(path.join(import.meta.dirname, name), "utf8"),
      `*cc1plus:\n+ -std=${name.replace(".specs", "")}\n\n`,
    );
  }
});

test("a number with a unit of time calls for the whole header, however it is written", () => {
  for (const duration of ["10ms", "1'000ms", "1.s", "1.5h", "0x1Fs", "2min", "3us", "7ns", "2026y", "5d"])
    assert.equal(usesLight(`cout << ${duration};`), false, duration);
  for (const other of [
    "p.y = a.d",
    "dp[1000000007]",
    "1e9+7",
    "0x3f3f3f3f",
    "1LL << 60",
    "0.5f",
    'scanf("%d")',
  ])
    assert.equal(usesLight(`x = ${other};`), true, other);
});

test("no text, however long, holds up the server while its words are looked for", () => {
  for (const part of ["1.", "1'", "0xF'", "0x", "1", "0", "F'"]) {
    const text = part.repeat(MAX_CODE_BYTES / part.length);
    // Ends the search from outside: what takes time in proportion to the text's square would take longer.
    runInNewContext("usesLight(text)", { usesLight, text }, { timeout: 5_000 });
  }
});
