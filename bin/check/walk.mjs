#!/usr/bin/env node
/**
 * Checks the section "The way of a run" of docs/architecture.md: each file that it names exists, and none is named twice, so that a reader
 * can follow a run through the files without going back. Usage: walk.mjs [ROOT].
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const DOCUMENT = "docs/architecture.md";
const HEADING = "## The way of a run";
/** With fewer files, the section is incomplete or no longer in the form that this check parses. */
const LEAST_FILES = 6;

/** The problems of the section in a document. `exists` tells whether a path, relative to the root, is a file. */
export function walkProblems(text, exists) {
  const section = sectionOf(text);
  if (section === undefined) return [`${DOCUMENT} has no section "${HEADING}"`];
  const files = filesIn(section);
  const problems = [];
  if (files.length < LEAST_FILES) {
    problems.push(
      `The walk names ${files.length} file(s), in backticks and from the root; a run passes more than that`,
    );
  }
  for (const file of new Set(files)) {
    if (!exists(file)) problems.push(`The walk names ${file}, which is no file from the root`);
    const times = files.filter((other) => other === file).length;
    if (times > 1) problems.push(`The walk names ${file} ${times} times: a reader has to go back`);
  }
  return problems;
}

/** The text up to the next heading of the same or a higher level, without fenced blocks: a diagram may repeat a file. */
function sectionOf(text) {
  const lines = text.replace(/^```[\s\S]*?^```$/gm, "").split("\n");
  const start = lines.indexOf(HEADING);
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^##? /.test(line));
  return rest.slice(0, end < 0 ? undefined : end).join("\n");
}

/** The names of source files in backticks. */
function filesIn(section) {
  return [...section.matchAll(/`([^`\s]+\.(?:tsx?|mjs|sh|c|json|py))`/g)].map(([, file]) => file);
}

function main(root) {
  const read = () => fs.readFileSync(path.join(root, DOCUMENT), "utf8");
  const isFile = (file) => fs.statSync(path.join(root, file), { throwIfNoEntry: false })?.isFile() ?? false;
  const problems = fs.existsSync(path.join(root, DOCUMENT))
    ? walkProblems(read(), isFile)
    : [`There is no ${DOCUMENT}`];
  for (const problem of problems) console.error(problem);
  if (problems.length === 0)
    console.log(`The way of a run: ${filesIn(sectionOf(read())).length} files, none twice`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(path.resolve(process.argv[2] ?? "."));
