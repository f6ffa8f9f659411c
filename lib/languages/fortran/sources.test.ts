import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { MAX_CODE_BYTES } from "../../schemas/limits";
import { orderedSources } from "./sources";

const MAIN = {
  path: "main.f90",
  content: "program main\n  use shapes, only: area\n  use, intrinsic :: iso_fortran_env\nend\n",
};

test("a file comes behind those whose modules it uses, however many there are between them", () => {
  const files = [
    MAIN,
    { path: "shapes.f90", content: "module Shapes\n  use sides\nend module\n" },
    { path: "notes.txt", content: "module sides\n" },
    { path: "lib/sides.F90", content: "MODULE SIDES\nEND MODULE\n" },
    { path: "-o.f90", content: "subroutine alone()\nend\n" },
  ];
  assert.deepEqual(orderedSources(files), ["lib/sides.F90", "shapes.f90", "main.f90", "./-o.f90"]);
});

test("modules that use each other, and procedures of modules, do not confuse it", () => {
  const files = [
    MAIN,
    { path: "shapes.f90", content: "module shapes\n  use sides\n  interface\n    module function area()\n" },
    { path: "sides.f90", content: "module sides\n  use shapes\nend\n" },
  ];
  assert.deepEqual(orderedSources(files), ["sides.f90", "shapes.f90", "main.f90"]);
});

test("no text, however long, holds up the server while its modules are looked for", () => {
  for (const part of [" ", "use ", "module ", "use,", "\t", "submodule("]) {
    const files = [{ path: "main.f90", content: part.repeat(MAX_CODE_BYTES / part.length) }];
    // Ends the search from outside: what takes time in proportion to the text's square would take longer.
    runInNewContext("orderedSources(files)", { orderedSources, files }, { timeout: 5_000 });
  }
});
