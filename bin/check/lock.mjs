#!/usr/bin/env node
/**
 * Fails when package-lock.json references an optional package without an entry for it. npm silently writes such a lock when the registry lacks
 * the build for a platform, and `npm ci` then fails on that platform. Usage: lock.mjs [FILE].
 */
import fs from "node:fs";
import { fileURLToPath } from "node:url";

/** @returns {{ packages: number, missing: string[] }} */
export function checkLock(lock) {
  const packages = lock.packages ?? {};
  const missing = [];
  for (const [where, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (!described(packages, where, name))
        missing.push(`${nameOf(where)}@${entry.version} wants ${name}@${range}`);
    }
  }
  return { packages: Object.keys(packages).length, missing };
}

/** Resolves a name as Node does: in the package's own node_modules, then in each one above. */
function described(packages, where, name) {
  for (let folder = where; ; ) {
    if (packages[`${folder ? `${folder}/` : ""}node_modules/${name}`]?.version) return true;
    if (folder === "") return false;
    const above = folder.lastIndexOf("/node_modules/");
    folder = above < 0 ? "" : folder.slice(0, above);
  }
}

function nameOf(where) {
  return where === "" ? "this package" : where.replace(/^.*node_modules\//, "");
}

function main(file) {
  const { packages, missing } = checkLock(JSON.parse(fs.readFileSync(file, "utf8")));
  for (const line of missing) console.error(`Missing from ${file}: ${line}`);
  console.log(`${packages} packages checked, ${missing.length} missing`);
  process.exitCode = missing.length > 0 || packages < 2 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv[2] ?? "package-lock.json");
