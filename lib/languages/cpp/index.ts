import { type ChosenOptions, flagsOf } from "../../schemas/language-options";
import type { RunFile } from "../../schemas/run";
import { ASTYLE, STDIO } from "../c";
import { OPTIMIZATION, standards, WARNINGS } from "../c/options";
import { includeFolders, sourcesOf } from "../c/sources";
import type { Language } from "../language";

/** Linked in: see the file of that name beside this. */
const IOSTREAM = "/usr/lib/quicksand/iostream.o";

/** `<bits/stdc++.h>` without the headers that only `HEAVY` programs need; it is found before the system's. */
const LIGHT = "/usr/lib/quicksand/light";

/**
 * Words without one of which nothing can be used that `<chrono>` (beyond durations and clocks), `<filesystem>`, `<format>`,
 * `<future>` and `<syncstream>` declare; a number with a unit of time is a duration, which `<chrono>` can print. In C++20 these
 * headers leave GCC 14 half a second of templates to instantiate at the end of every program that so much as includes
 * them, precompiled or not: an empty `main` takes 0.7 s of processor time with them and 0.2 s without.
 */
const HEAVY = new RegExp(
  [
    "chrono|clock",
    "filesystem",
    "format",
    "async|future|promise|packaged_task|launch",
    "sync(?:buf|stream)|flush_emit|emit_on_flush",
    // Only a number's end is looked at, so that no text takes longer to search than its length allows.
    String.raw`(?:\d\.?|\b0[xX][\da-fA-F']+)(?:h|min|[mun]?s|y|d)\b`,
  ].join("|"),
);

const STANDARD = standards("C++", ["17", "20", "23", "26"], "20");
const OPTIONS = [STANDARD, OPTIMIZATION, WARNINGS];

export const cpp: Language = {
  id: "cpp",
  name: "C++",
  version: "GCC 14.2",
  edition: "C++20",
  options: OPTIONS,
  versionCommand: ["g++", "--version"],
  aliases: ["c++", "g++", "cxx"],
  extension: "cpp",
  mainFile: "main.cpp",
  editor: "cpp",
  image: { folder: "cpp" },
  packages: { names: ["boost", "Eigen", "nlohmann/json.hpp"], megabytes: 166 },
  core: true,
  compile: ({ ownImage, files, options }) => [
    ...["g++", ...standard(files, ownImage, options)],
    ...["optimization", "warnings"].flatMap((id) => flagsOf(OPTIONS, id, options)),
    ...["-fdiagnostics-color=never", "-o", "main"],
    ...includeFolders(files),
    ...(ownImage && isLight(files, options) ? ["-isystem", LIGHT] : []),
    ...sourcesOf(files, /\.(?:cc|cp|cpp|cxx|c\+\+|C|CPP)$/),
    ...inC(files),
    ...(ownImage ? [STDIO, IOSTREAM] : []),
  ],
  run: ["./main"],
  flushesOnSignal: true,
  format: ASTYLE,
  // A solver of Eigen's takes 500 MB to compile, programs with several of the packages up to 730.
  limits: { compile: { memoryBytes: 1_073_741_824 } },
};

/** Sources in C beside those in C++; `g++` would take them for C++ too. */
function inC(files: readonly RunFile[]): string[] {
  const sources = sourcesOf(files, /\.c$/).slice(1);
  return sources.length > 0 ? ["-x", "c", ...sources, "-x", "none"] : [];
}

/**
 * Whether the light header will do. Both headers of the image are precompiled by the default standard and optimisation: with others gcc
 * reads their text, of which the light one lacks what later standards have, such as `<print>`.
 */
function isLight(files: readonly RunFile[], options: ChosenOptions): boolean {
  const precompiled = [STANDARD, OPTIMIZATION].every((option) => options[option.id] === option.default);
  return precompiled && !files.some(({ content }) => HEAVY.test(content));
}

/** Where there is C as well, the standard is set by a file: as an option it would be one of both languages, with a warning. */
function standard(files: readonly RunFile[], ownImage: boolean, options: ChosenOptions): string[] {
  const flags = flagsOf(OPTIONS, STANDARD.id, options);
  if (!ownImage || inC(files).length === 0) return flags;
  return flags.map((flag) => `-specs=/usr/lib/quicksand/${flag.replace("-std=", "")}.specs`);
}
