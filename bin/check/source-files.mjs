import fs from "node:fs";
import path from "node:path";

const SKIPPED = new Set([
  "node_modules",
  ".next",
  ".git",
  ".data",
  ".cache",
  "public",
  // Programs of people, in the languages' own ways.
  "examples",
  "test-results",
  "playwright-report",
]);

/** The TypeScript sources below a root, as paths relative to it. */
export function sourceFiles(root, folder = "") {
  return fs
    .readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !SKIPPED.has(name))
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return sourceFiles(root, file);
      return /\.tsx?$/.test(file) && file !== "next-env.d.ts" ? [file] : [];
    });
}
