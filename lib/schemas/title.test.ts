import assert from "node:assert/strict";
import { test } from "node:test";
import { tellingLine, titleOfCode, UNTITLED } from "./title";

const TITLES: readonly [why: string, code: string, title: string][] = [
  [
    "python, definition after imports",
    "import sys\nfrom os import path\n\ndef main(argv):\n    pass\n",
    "def main(argv)",
  ],
  [
    "python, an import over lines",
    "from typing import (\n    Any,\n    List,\n)\nclass Stack:\n",
    "class Stack",
  ],
  [
    "python, shebang and coding",
    "#!/usr/bin/env python3\n# -*- coding: utf-8 -*-\n# Two sum\nimport sys\n",
    "Two sum",
  ],
  ["python, documentation", '"""Counts words."""\nimport re\n', "Counts words."],
  ["python, documentation on a line of its own", '"""\nCounts words.\n"""\n', "Counts words."],
  ["python, only a statement", "print(2 + 2)\n", "print(2 + 2)"],
  [
    "javascript, modules",
    '"use strict";\nimport fs from "node:fs";\nconst path = require("path");\n// Reads a file\n',
    "Reads a file",
  ],
  [
    "javascript, an import over lines",
    'import {\n  a,\n  b,\n} from "./x";\nfunction solve(n) {\n',
    "function solve(n)",
  ],
  [
    "typescript, arrow function",
    "const twice = (n: number) => {\n  return n * 2;\n};",
    "const twice = (n: number)",
  ],
  ["typescript, interface", 'import type { A } from "./a";\ninterface Shape {\n', "interface Shape"],
  [
    "c, includes and a block comment",
    "#include <stdio.h>\n#define N 10\n\n/*\n * Prime sieve\n */\nint main(void) {\n",
    "Prime sieve",
  ],
  ["c, main", "#include <stdio.h>\nint main(void)\n{\n", "int main(void)"],
  ["c++, using", "#include <bits/stdc++.h>\nusing namespace std;\nint main() {", "int main()"],
  [
    "java, package",
    "package org.example;\n\nimport java.util.*;\n\npublic class Main {\n",
    "public class Main",
  ],
  ["c#, using", "using System;\nusing System.Linq;\nnamespace Demo;\nclass Program\n{\n", "class Program"],
  [
    "go, imports in brackets",
    'package main\n\nimport (\n\t"fmt"\n\t"os"\n)\n\n// Fibonacci numbers.\nfunc main() {\n',
    "Fibonacci numbers.",
  ],
  [
    "rust",
    "#![allow(dead_code)]\nuse std::io;\nuse std::{\n    fmt,\n    io::Read,\n};\nfn main() {\n",
    "fn main()",
  ],
  [
    "php",
    "<?php\ndeclare(strict_types=1);\nnamespace App;\nuse Foo\\Bar;\n// Greets people\n",
    "Greets people",
  ],
  ["ruby", "# frozen_string_literal: true\nrequire 'set'\nclass Queue\n", "class Queue"],
  ["perl", "#!/usr/bin/perl\nuse strict;\nuse warnings;\nsub total {\n", "sub total"],
  ["bash", "#!/bin/bash\nset -euo pipefail\n# Counts files\n", "Counts files"],
  [
    "haskell",
    "{-# LANGUAGE LambdaCase #-}\nmodule Main where\nimport Data.List\n\n-- | Sorts a list\nmain = print 1\n",
    "| Sorts a list",
  ],
  ["lua", 'local json = require("json")\n-- Parses a reply\n', "Parses a reply"],
  ["sql", "-- Orders by customer\nSELECT 1;", "Orders by customer"],
  ["r", "library(ggplot2)\n# Draws a plot\n", "Draws a plot"],
  ["swift", "import Foundation\nstruct Point {\n", "struct Point"],
  ["kotlin", "package demo\n\nfun main() {\n", "fun main()"],
  ["erlang", "-module(hello).\n-export([start/0]).\nstart() ->\n", "start() ->"],
  ["elixir", "defmodule Hello do\n", "defmodule Hello"],
  ["markdown", "# Lecture 3: loops\n\ntext", "Lecture 3: loops"],
  ["html", "<!doctype html>\n<!-- A page -->\n", "A page"],
  ["a license", "// Copyright 2026 Somebody\n// SPDX-License-Identifier: MIT\n\n/** Sorts. */\n", "Sorts."],
  ["rules and empty comments", "#\n# ----------\n# Hanoi #\n", "Hanoi"],
  ["windows lines", "import sys\r\n\r\ndef f():\r\n", "def f()"],
  ["nothing but imports", "import sys\nimport os\n", "import sys"],
  ["white space", " \n\t\n", UNTITLED],
  ["nothing", "", UNTITLED],
];

for (const [why, code, title] of TITLES) {
  test(`a title by the code: ${why}`, () => assert.equal(titleOfCode(code), title));
}

test("a long line becomes a title of 60 characters, and no character is torn", () => {
  const title = titleOfCode(`# ${"😀 ab ".repeat(100)}`);
  assert.ok([...title].length <= 60);
  assert.match(title, /…$/u);
  assert.doesNotMatch(title, /\p{Surrogate}/u);
});

test("the telling line is the line as it is written", () => {
  assert.equal(tellingLine("import sys\n  # Two sum  \n"), "# Two sum");
  assert.equal(tellingLine("\n\n  print(1)"), "print(1)");
});

test("a megabyte without an end of line takes no time", () => {
  assert.ok(titleOfCode(`import ${"a ".repeat(500_000)}`).length <= 60);
});
