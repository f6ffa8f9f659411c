import fs from "node:fs";
import path from "node:path";

const FOLDERS = ["app", "bin", "components", "lib"];
const KINDS = [
  ["faults", /\.faults\.test\.tsx?$/],
  ["gvisor", /gvisor\.docker\.test\.tsx?$/],
  ["gvisor-suites", /gvisor-suites\.docker\.test\.tsx?$/],
  ["sandbox", /\.docker\.test\.tsx?$/],
  ["image", /\.image\.test\.tsx?$/],
  ["contract", /\.contract\.test\.tsx?$/],
  ["unit", /\.test\.(tsx?|mjs)$/],
];

/**
 * The test files of one kind: `sandbox` needs Docker, `gvisor` also its runtime, `faults` also databases, `contract` a database, `image` Docker Compose,
 * `unit` nothing. A file belongs to the first kind whose pattern matches.
 */
export function testFiles(root, kind) {
  return FOLDERS.flatMap((folder) => filesBelow(path.join(root, folder)))
    .filter((file) => KINDS.find(([, pattern]) => pattern.test(file))?.[0] === kind)
    .map((file) => path.relative(root, file))
    .sort();
}

function filesBelow(folder) {
  if (!fs.existsSync(folder)) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(file) : [file];
    });
}
