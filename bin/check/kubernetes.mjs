#!/usr/bin/env node
/**
 * Checks docs/kubernetes: each manifest has the fields that Kubernetes knows (by the types of kubernetes-models, through tsc), labels, ports and names
 * that belong together do, and what the documents promise of the walls holds. Usage: kubernetes.mjs [ROOT].
 * It has not seen a cluster.
 */
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseAllDocuments } from "yaml";
import { run } from "../setup/child.mjs";
import { explain } from "../setup/problem.mjs";
import { manifestProblems } from "./kubernetes-rules.mjs";

/** What is commented out and begins in the first column, or at a depth; words have one space before them. */
const COMMENTED_OUT = /^#(?! \S)/gm;
const FOLDER = "docs/kubernetes";
const KUSTOMIZATION = "kustomization.yaml";
/** kustomize's own kind, which no cluster is sent. */
const KUSTOMIZE = "kustomize.config.k8s.io/v1beta1";

/**
 * All manifests, the optional ones that are commented out included: they must be valid when somebody uncomments them.
 * @returns {{ file: string, manifest: Record<string, any> }[]}
 */
export function readManifests(root) {
  const folder = path.join(root, FOLDER);
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .flatMap((file) =>
      parseAllDocuments(textOf(path.join(folder, file))).map((document) => {
        const [error] = [...document.errors, ...document.warnings];
        if (error) throw new Error(`${FOLDER}/${file}: ${error.message}`);
        return { file, manifest: document.toJS() };
      }),
    );
}

const textOf = (file) => fs.readFileSync(file, "utf8").replace(COMMENTED_OUT, "");

/** What the manifests are held against: probes' paths, variables and programs of the image. */
export function readPromises(root) {
  const read = (name) => fs.readFileSync(path.join(root, name), "utf8");
  const words = (name, pattern) => new Set([...read(name).matchAll(pattern)].map(([, word]) => word));
  return {
    paths: words("lib/schemas/endpoints/addresses.ts", /path: "([^"]+)"/g),
    variables: words(".env.example", /^# ?([A-Z][A-Z0-9_]*)=/gm),
    programs: new Set(["server.js", ...words("Dockerfile", /(?:standalone|bin)\/([\w-]+\.mjs)\b/g)]),
    secrets: words(`${FOLDER}/README.md`, /create secret generic ([\w-]+)/g),
  };
}

/** kustomization.yaml names each file, and nothing that is not there. */
export function kustomizationProblems(manifests) {
  const listed = manifests.find(({ file }) => file === KUSTOMIZATION)?.manifest.resources ?? [];
  const files = new Set(manifests.map(({ file }) => file).filter((file) => file !== KUSTOMIZATION));
  return [
    ...[...files]
      .filter((file) => !listed.includes(file))
      .map((file) => `${KUSTOMIZATION} leaves out ${file}`),
    ...listed
      .filter((file) => !files.has(file))
      .map((file) => `${KUSTOMIZATION} names ${file}, which is not there`),
  ];
}

/** Fields that Kubernetes does not know, or of another type, as tsc says it of the manifests written as literals. */
export async function typeProblems(root, manifests) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "quicksand-kubernetes-"));
  try {
    fs.symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    const files = manifests.map(({ file, manifest: { apiVersion, kind, ...rest } }, index) => {
      const module = `kubernetes-models/${apiVersion}/${kind}`;
      if (!fs.existsSync(path.join(root, "node_modules", `${module}.d.ts`)))
        throw new Error(`${file}: Kubernetes has no ${apiVersion} ${kind}`);
      const name = `${String(index).padStart(2, "0")}-${file.replace(/\.yaml$/, "")}.ts`;
      const literal = JSON.stringify({ apiVersion, kind, ...rest }, null, 1);
      const text = `import type { I${kind} } from "${module}";\nexport const manifest: I${kind} = ${literal};\n`;
      fs.writeFileSync(path.join(folder, name), text);
      return name;
    });
    const options = [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--module",
      "esnext",
      "--moduleResolution",
      "bundler",
    ];
    const tsc = path.join(root, "node_modules/typescript/bin/tsc");
    await run(process.execPath, [tsc, ...options, "--types", "", ...files], { cwd: folder, tailLines: 400 });
    return [];
  } catch (error) {
    if (!error.log) throw error;
    return error.log.split("\n").filter((line) => /error TS/.test(line));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function check(root) {
  const manifests = readManifests(root);
  const forCluster = manifests.filter(({ manifest }) => manifest.apiVersion !== KUSTOMIZE);
  if (forCluster.length === 0) return [`There are no manifests in ${FOLDER}.`];
  return [
    ...kustomizationProblems(manifests),
    ...manifestProblems(
      forCluster.map(({ manifest }) => manifest),
      readPromises(root),
    ),
    ...(await typeProblems(root, forCluster)),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = path.resolve(process.argv[2] ?? ".");
  const problems = await check(root).catch((error) => [explain(error)]);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log(`${readManifests(root).length} documents in ${FOLDER} hold together`);
}
