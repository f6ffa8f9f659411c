import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";
import { type Language, mainFileOf } from "./language";

/** A program to begin with, with input that it reads and what it prints for that. */
export interface Example {
  code: string;
  stdin: string;
  expected: string;
}

/** An example of the gallery. */
export interface GalleryExample extends Example {
  /** The name of its folder. */
  name: string;
  title: string;
  /** What it does, in a line. */
  about: string;
}

const FIRST = "hello";
const INPUT = "input.txt";
const OUTPUT = "output.txt";
const ABOUT = "about.json";
const aboutSchema = z.object({ title: z.string(), about: z.string() });

const samples = new Map<string, Example>();
const galleries = new Map<string, readonly GalleryExample[]>();

/** A language's first program, from `examples/hello/` in its folder. `root` is the project's folder. */
export function sampleOf(language: Language, root: string = process.cwd()): Example {
  const folder = path.join(folderOf(language, root), FIRST);
  const sample = samples.get(folder) ?? readExample(language, folder);
  samples.set(folder, sample);
  return sample;
}

/** A language's other examples: the folders beside the first one, each with an `about.json`. */
export function galleryOf(language: Language, root: string = process.cwd()): readonly GalleryExample[] {
  const folder = folderOf(language, root);
  const gallery =
    galleries.get(folder) ??
    readdirSync(/* turbopackIgnore: true */ folder)
      .filter((name) => name !== FIRST)
      .map((name) => ({
        name,
        ...aboutSchema.parse(JSON.parse(read(path.join(folder, name), ABOUT))),
        ...readExample(language, path.join(folder, name)),
      }));
  galleries.set(folder, gallery);
  return gallery;
}

function folderOf({ id }: Language, root: string): string {
  return path.join(root, "lib/languages", id, "examples");
}

function read(folder: string, name: string): string {
  return readFileSync(/* turbopackIgnore: true */ path.join(folder, name), "utf8");
}

function readExample(language: Language, folder: string): Example {
  const names = readdirSync(/* turbopackIgnore: true */ folder).filter(
    (name) => ![INPUT, OUTPUT, ABOUT].includes(name),
  );
  const code = names
    .map((name) => ({ name, text: read(folder, name) }))
    .find(({ name, text }) => mainFileOf(language, text) === name);
  if (!code)
    throw new Error(`${folder} has no main file for ${language.name}; it has ${names.join(", ") || "none"}.`);
  return { code: code.text, stdin: read(folder, INPUT), expected: read(folder, OUTPUT) };
}
