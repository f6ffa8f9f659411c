#!/usr/bin/env node
/**
 * Fails when something that must be declared exactly once is declared twice, or not at all. Two declarations drift apart: one is changed and the
 * other is still used. Usage: declarations.mjs [ROOT].
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { sourceFiles } from "./source-files.mjs";
import { blocksOf, withoutComments } from "./source-scan.mjs";

/** What must be declared once, and how to recognise a declaration: `places` returns the lines of a source that declare it. */
export const FACTS = [
  {
    name: "the shape of a stage's limits",
    places: shapeWith("memoryBytes", "cpus", "timeoutMs"),
  },
  {
    name: "the shape of a run's limits",
    places: shapeWith("processes", "openFiles", "tmpfsBytes", "outputBytes"),
  },
  { name: "how many artifacts a run may leave", places: constant(/MAX_ARTIFACTS/) },
  { name: "how large a run's artifacts may be", places: constant(/MAX_ARTIFACTS?_BYTES/) },
  {
    name: "the ids of the plans",
    places: (source) => [
      ...listOf("guest", "free", "pro")(source),
      ...shapeWith("guest", "free", "pro")(source),
    ],
  },
  {
    name: "the words of the error codes",
    places: textsFor("docker_unavailable", "queue_full", "quota_exceeded", "rate_limited"),
  },
];

/** @returns {{ files: number, problems: string[] }} */
export function checkDeclarations(root, facts = FACTS) {
  const files = sourceFiles(root).filter(isProduct);
  const sources = files.map((file) => ({ file, source: fs.readFileSync(path.join(root, file), "utf8") }));
  const problems = facts.flatMap(({ name, places }) => {
    const found = sources.flatMap(({ file, source }) => places(source).map((line) => `${file}:${line}`));
    if (found.length === 1) return [];
    if (found.length === 0) return [`No declaration was found of ${name}: adapt bin/check/declarations.mjs.`];
    return [`Declared ${found.length} times, ${name}: ${found.join(", ")}`];
  });
  return { files: files.length, problems };
}

/** Tests repeat values on purpose: an expectation must not change with the code. */
function isProduct(file) {
  return /^(app|components|lib)\//.test(file) && !/\.test\.tsx?$|(^|\/)testing\//.test(file);
}

/** An interface, a type or a zod object with all of these members. A value of such a type is not a declaration. */
function shapeWith(...members) {
  return (source) =>
    blocksOf(source)
      .filter(({ entries, declares }) => {
        const values = members.map((member) => entries.get(member));
        return values.every((value) => value !== undefined && (declares || /^(number|z\s*\.)/.test(value)));
      })
      .map(({ line }) => line);
}

/** A constant of this name, exported or not. */
function constant(name) {
  const pattern = new RegExp(String.raw`\bconst (?:${name.source})\b(?=\s*[=:])`, "g");
  return (source) => linesOf(withoutComments(source), pattern);
}

/** An array, an enum or a union of these words, in any order. */
function listOf(...words) {
  const word = `["'](?:${words.join("|")})["']`;
  const pattern = new RegExp(`${word}(?:\\s*[,|]\\s*${word}){${words.length - 1}}`, "g");
  return (source) => linesOf(withoutComments(source), pattern);
}

/** An object with a string value for at least two of these names. */
function textsFor(...names) {
  return (source) =>
    blocksOf(source)
      .filter(({ entries }) => names.filter((name) => /^["'`]/.test(entries.get(name) ?? "")).length >= 2)
      .map(({ line }) => line);
}

function linesOf(source, pattern) {
  return [...source.matchAll(pattern)].map(({ index }) => source.slice(0, index).split("\n").length);
}

function main(root) {
  const { files, problems } = checkDeclarations(root);
  for (const problem of problems) console.error(problem);
  console.log(
    `${FACTS.length} facts looked for in ${files} files, ${problems.length} not declared just once`,
  );
  process.exitCode = problems.length > 0 || files === 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(path.resolve(process.argv[2] ?? "."));
