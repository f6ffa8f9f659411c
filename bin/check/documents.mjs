#!/usr/bin/env node
/**
 * Checks what documents say of themselves and of the repository: relative links and anchors exist, every decision is listed and has its three
 * parts, the table of import directions is that of import-rules.mjs, the README stays short, and comments
 * cite only what is in the repository. Usage: documents.mjs [ROOT]. Fails, too, when it finds nothing to check.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { LAYERS } from "./import-rules.mjs";

const MAX_README_WORDS = 1_200;
const DECISIONS = "docs/decisions";
const DECISION_PARTS = ["Context", "Decision", "Consequences"];
const IMPORT_TABLE = "docs/architecture.md";

/** @returns {{ documents: number, links: number, problems: string[] }} */
export function checkDocuments(root) {
  const documents = new Map(documentsBelow(root).map((file) => [file, read(root, file)]));
  const problems = [];
  let links = 0;
  for (const [file, text] of documents) {
    for (const { target, line } of linksOf(text)) {
      links++;
      const problem = linkProblem(root, documents, file, target);
      if (problem) problems.push(`${file}:${line}: ${problem}`);
    }
  }
  problems.push(
    ...decisionProblems(documents),
    ...lengthProblems(documents),
    ...citationProblems(root, documents),
  );
  const architecture = documents.get(IMPORT_TABLE);
  if (architecture !== undefined) problems.push(...importTableProblems(architecture, LAYERS));
  return { documents: documents.size, links, problems };
}

/** Links and images to other places than the web, outside of code. */
export function linksOf(text) {
  return withoutBlocks(text)
    .replace(/`[^`\n]*`/g, (code) => " ".repeat(code.length))
    .split("\n")
    .flatMap((content, index) =>
      [...content.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map(([, target]) => ({
        target,
        line: index + 1,
      })),
    )
    .filter(({ target }) => !/^[a-z][a-z0-9+.-]*:/i.test(target));
}

/** The anchors that GitHub gives to headings. */
export function anchorsOf(text) {
  const seen = new Map();
  return new Set(
    [...withoutBlocks(text).matchAll(/^#{1,6} +(.+?)\s*#*$/gm)].map(([, heading]) => {
      const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
      const slug = words.replace(/[^\p{L}\p{N}\s_-]/gu, "").replace(/\s/g, "-");
      const before = seen.get(slug) ?? 0;
      seen.set(slug, before + 1);
      return before === 0 ? slug : `${slug}-${before}`;
    }),
  );
}

/** The table `| layer | … | may import |` as pairs that can be compared with the rules. */
export function importTableProblems(text, layers) {
  const rows = new Map(
    [...text.matchAll(/^\| `([a-z-]+)` \|.*\|([^|]*)\|$/gm)].map(([, name, may]) => [name, namesIn(may)]),
  );
  const named = layers.filter(({ may }) => may !== "*");
  const problems = named.flatMap(({ name, may }) => {
    const written = rows.get(name);
    if (!written) return [`${IMPORT_TABLE}: the layer ${name} is missing from the table of imports`];
    const extra = written.filter((other) => !may.includes(other));
    const missing = may.filter((other) => !written.includes(other));
    return [
      ...extra.map((other) => `${IMPORT_TABLE}: ${name} may not import ${other}`),
      ...missing.map((other) => `${IMPORT_TABLE}: ${name} may import ${other}, which the table leaves out`),
    ];
  });
  const unknown = [...rows.keys()].filter((name) => !layers.some((layer) => layer.name === name));
  return [...problems, ...unknown.map((name) => `${IMPORT_TABLE}: there is no layer ${name}`)];
}

function namesIn(cell) {
  return [...cell.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name);
}

function linkProblem(root, documents, from, target) {
  const [place = "", anchor] = target.split("#");
  const file = place === "" ? from : path.posix.join(path.posix.dirname(from), decodeURIComponent(place));
  if (!fs.existsSync(path.join(root, file))) return `there is no ${file}`;
  if (anchor === undefined || !file.endsWith(".md")) return undefined;
  const text = documents.get(file);
  return text !== undefined && anchorsOf(text).has(anchor) ? undefined : `${file} has no heading #${anchor}`;
}

/** A decision is one page of three parts, has the number of its file in its title, and is in the list. */
function decisionProblems(documents) {
  const index = documents.get("docs/README.md") ?? "";
  const decisions = [...documents].filter(([file]) => file.startsWith(`${DECISIONS}/`));
  const numbers = decisions.map(([file]) => numberOf(file));
  return decisions.flatMap(([file, text]) => {
    const problems = [];
    const number = numberOf(file);
    if (!index.includes(`(decisions/${path.posix.basename(file)})`))
      problems.push("docs/README.md does not list it");
    if (!new RegExp(`^# ${number}[ .:]`).test(text)) problems.push(`its title does not begin with ${number}`);
    if (numbers.filter((other) => other === number).length > 1)
      problems.push(`the number ${number} is taken twice`);
    for (const part of DECISION_PARTS) {
      if (!new RegExp(`^## ${part}s?$`, "m").test(text)) problems.push(`it has no part "## ${part}"`);
    }
    return problems.map((problem) => `${file}: ${problem}`);
  });
}

function numberOf(file) {
  return path.posix.basename(file).slice(0, 4);
}

function lengthProblems(documents) {
  const words = (documents.get("README.md") ?? "").split(/\s+/).filter(Boolean).length;
  if (words <= MAX_README_WORDS) return [];
  return [`README.md has ${words} words; it may have ${MAX_README_WORDS}: move the rest to docs/`];
}

/** Comments that send a reader to a page, or to a decision, that is not in the repository. */
function citationProblems(root, documents) {
  const decisions = new Set(
    [...documents.keys()].filter((file) => file.startsWith(`${DECISIONS}/`)).map(numberOf),
  );
  return sourcesBelow(root).flatMap((file) =>
    citationsOf(read(root, file)).flatMap(({ page, decision, line }) => {
      if (page && !documents.has(page))
        return [`${file}:${line}: cites ${page}, which is not in the repository`];
      if (decision && !decisions.has(decision))
        return [`${file}:${line}: cites ADR ${decision}, which there is not`];
      return [];
    }),
  );
}

/** The pages (`docs/api.md`) and decisions (`ADR 9`) that comments name. */
export function citationsOf(source) {
  return source.split("\n").flatMap((content, index) => {
    const comment = /^\s*(?:\*|#).*|(?:^|\s)(?:\/\/|\/\*).*/.exec(content)?.[0] ?? "";
    const pages = [...comment.matchAll(/[\w./-]*\w\.md\b/g)].map(([page]) => ({ page }));
    const decisions = [...comment.matchAll(/\bADR (\d+)/g)].map(([, number]) => ({
      decision: number.padStart(4, "0"),
    }));
    return [...pages, ...decisions].map((citation) => ({ ...citation, line: index + 1 }));
  });
}

const SOURCES = [
  "app",
  "bin",
  "components",
  "e2e",
  "lib",
  "docker-compose.yml",
  "Dockerfile",
  ".env.example",
];

function sourcesBelow(root) {
  return SOURCES.flatMap((name) => {
    const stat = fs.statSync(path.join(root, name), { throwIfNoEntry: false });
    if (!stat?.isDirectory()) return stat ? [name] : [];
    return fs
      .readdirSync(path.join(root, name), { recursive: true, withFileTypes: true })
      .filter(
        (entry) => entry.isFile() && /\.(tsx?|mjs|cjs|js|css|sh|py|c|yml)$|^Dockerfile$/.test(entry.name),
      )
      .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
      .sort();
  });
}

/** Without blocks of code, of which the lines stay. */
function withoutBlocks(text) {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, (block) => block.replace(/[^\n]/g, ""));
}

function documentsBelow(root) {
  const own = fs.readdirSync(root).filter((name) => name.endsWith(".md"));
  const docs = path.join(root, "docs");
  const below = fs.existsSync(docs) ? fs.readdirSync(docs, { recursive: true }) : [];
  return [
    ...own,
    ...below.filter((name) => name.endsWith(".md")).map((name) => path.posix.join("docs", name)),
  ];
}

function read(root, file) {
  return fs.readFileSync(path.join(root, file), "utf8");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { documents, links, problems } = checkDocuments(path.resolve(process.argv[2] ?? "."));
  for (const problem of problems) console.error(problem);
  if (links === 0) console.error("No link was checked, so nothing can be said: is this the root?");
  console.log(`${documents} documents, ${links} links checked, ${problems.length} problems`);
  process.exitCode = problems.length > 0 || links === 0 ? 1 : 0;
}
