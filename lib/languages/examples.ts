import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Language, mainFileOf } from "./language";

/** A program to begin with, with input that it reads and what it prints for that. */
export interface Example {
  code: string;
  stdin: string;
  expected: string;
}

const INPUT = "input.txt";
const OUTPUT = "output.txt";

const samples = new Map<string, Example>();

/** A language's first program, from `examples/hello/` in its folder. `root` is the project's folder. */
export function sampleOf(language: Language, root: string = process.cwd()): Example {
  const folder = path.join(root, "lib/languages", language.id, "examples/hello");
  const sample = samples.get(folder) ?? readExample(language, folder);
  samples.set(folder, sample);
  return sample;
}

function readExample(language: Language, folder: string): Example {
  const read = (name: string) => readFileSync(/* turbopackIgnore: true */ path.join(folder, name), "utf8");
  const names = readdirSync(/* turbopackIgnore: true */ folder).filter(
    (name) => ![INPUT, OUTPUT].includes(name),
  );
  const code = names
    .map((name) => ({ name, text: read(name) }))
    .find(({ name, text }) => mainFileOf(language, text) === name);
  if (!code)
    throw new Error(`${folder} has no main file for ${language.name}; it has ${names.join(", ") || "none"}.`);
  return { code: code.text, stdin: read(INPUT), expected: read(OUTPUT) };
}
