#!/usr/bin/env node
/** Checks the import directions. Usage: imports.mjs [ROOT]. Also fails when it finds nothing to check. */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { DOWNWARD_ONLY, ENVIRONMENT_READERS, LAYERS, ONLY_PACKAGES, VENDORS } from "./import-rules.mjs";
import { sourceFiles } from "./source-files.mjs";
import { environmentReads, importsOf } from "./source-scan.mjs";

/** @returns {{ modules: number, imports: number, violations: string[] }} */
export function checkTree(root) {
  const files = sourceFiles(root);
  const violations = [];
  let imports = 0;
  for (const file of files) {
    const source = fs.readFileSync(path.join(root, file), "utf8");
    const module = file.replace(/(\.d)?\.tsx?$/, "");
    const found = importsOf(source);
    imports += found.length;
    for (const { name, line } of found) {
      const problem = forbidden(module, name);
      if (problem) violations.push(`${file}:${line} imports "${name}": ${problem}`);
    }
    for (const { text, line } of environmentReads(source)) {
      if (mayReadEnvironment(module, text)) continue;
      violations.push(`${file}:${line} reads process.env: take it from lib/env.ts as an argument`);
    }
  }
  return { modules: files.length, imports, violations };
}

function forbidden(module, name) {
  const target = resolve(module, name);
  const isTest = /\.test$/.test(module) || /(^|\/)testing\//.test(module);
  const upward = target && DOWNWARD_ONLY.find(({ from, never }) => from.test(module) && never.test(target));
  if (upward) return upward.because;
  const from = layerOf(module);
  if (!from)
    return isTest ? undefined : `${module} belongs to no layer; name one in bin/check/import-rules.mjs`;
  if (target === undefined) return forbiddenPackage(module, from, name, isTest);
  if (isTest || from.may === "*") return undefined;
  const to = layerOf(target);
  if (!to) return `${target} belongs to no layer; name one in bin/check/import-rules.mjs`;
  if (to === from || from.may.includes(to.name)) return undefined;
  return `${from.name} may import ${from.may.length > 0 ? from.may.join(", ") : "no product code"}, not ${to.name}`;
}

function forbiddenPackage(module, from, name, isTest) {
  if (name.startsWith("node:")) {
    return from.name in ONLY_PACKAGES && !isTest ? `${from.name} runs in the browser too` : undefined;
  }
  const packageName = name
    .split("/")
    .slice(0, name.startsWith("@") ? 2 : 1)
    .join("/");
  const vendor = VENDORS.find(({ packages }) => packages.includes(packageName));
  if (vendor && !vendor.home.test(module)) return `${packageName} is used only in ${vendor.home.source}`;
  const only = ONLY_PACKAGES[from.name];
  if (only && !isTest && !only.includes(packageName)) return `${from.name} imports only ${only.join(", ")}`;
  return undefined;
}

/** The module's path relative to the root, without its extension; `undefined` for a package. */
function resolve(module, name) {
  if (!name.startsWith(".") && !name.startsWith("@/")) return undefined;
  const joined = name.startsWith("@/") ? name.slice(2) : path.posix.join(path.posix.dirname(module), name);
  const bare = joined.replace(/\.(tsx?|mjs|js|json|css)$/, "");
  return FOLDER_DOORS.has(bare) ? `${bare}/index` : bare;
}

/** Folders whose `index` is a layer of its own: `../store` means the port, not just anything in the folder. */
const FOLDER_DOORS = new Set([
  "lib/store",
  "lib/queue",
  "lib/telemetry",
  "lib/languages",
  "lib/sandbox",
  "lib/runs",
  "lib/programs",
  "lib/accounts",
  "lib/auth",
  "lib/http",
  "lib/mail",
  "lib/mcp",
  "lib/webhooks",
]);

function layerOf(module) {
  return LAYERS.find(({ pattern }) => pattern.test(module));
}

function mayReadEnvironment(module, text) {
  return ENVIRONMENT_READERS.some(({ where, what }) => where.test(module) && what.test(text));
}

function main(root) {
  const { modules, imports, violations } = checkTree(root);
  for (const violation of violations) console.error(violation);
  if (modules === 0 || imports === 0)
    console.error("Nothing was checked, so nothing can be said: is this the root?");
  console.log(`${modules} modules, ${imports} imports checked, ${violations.length} violations`);
  process.exitCode = violations.length > 0 || modules === 0 || imports === 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(path.resolve(process.argv[2] ?? "."));
