#!/usr/bin/env node
/**
 * Holds the way of a run in docs/architecture.md: each file that it names is there, and none is named twice, since whoever reads a run in
 * that order must not have to go back. Usage: walk.mjs [ROOT].
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const DOCUMENT = "docs/architecture.md";
const HEADING = "## The way of a run";
/** A way of fewer files than this leaves something out, or the section is no longer written as this check reads it. */
const LEAST_FILES = 6;

/** What is wrong with the walk in a document. `exists` tells whether a path from the root is a file. */
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

/** From the heading to the next of its rank or above, without fenced blocks: a picture may show a file again. */
function sectionOf(text) {
  const lines = text.replace(/^```[\s\S]*?^```$/gm, "").split("\n");
  const start = lines.indexOf(HEADING);
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => /^##? /.test(line));
  return rest.slice(0, end < 0 ? undefined : end).join("\n");
}

/** What stands in backticks and ends as a file of ours does, as the text or as the target's name of a link. */
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
