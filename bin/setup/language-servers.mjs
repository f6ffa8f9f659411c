import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

/** Where they are served from; next.config.mjs gives them their headers. */
const FOLDER = "public/language-servers";
const PACKAGE = "node_modules/browser-basedpyright";

/**
 * The third-party stubs and the standard library's inside the worker: 14 of its 17.5 MB, an object literal of texts by path, and at a path
 * where the worker itself does not look for them.
 */
const TYPESHED_BEGINS = 'e.exports={"/typeshed/';
const STDLIB = "/typeshed/stdlib/";
/** What a file of the standard library is called for the server. */
const STDLIB_FOR_SERVER = "/typeshed-fallback/stdlib/";

/**
 * What programs know of Node and of the packages in its image, and which files of it. Folders such as `ts5.6` are for compilers older than the
 * editor's; Lodash has a file more for each of its functions.
 */
const TYPES = {
  "@types/node": /^(?!ts\d).*\.d\.ts$/,
  "undici-types": /\.d\.ts$/,
  "@types/lodash": /^(?:index|common\/.*)\.d\.ts$/,
  immutable: /^(?:package\.json|.*\.d\.ts)$/,
};

/**
 * The folders that the browser asks for. Named by the versions, so that what is in them never changes and may be cached for ever.
 */
export function foldersOf(root) {
  return {
    python: `python-${versionOf(root, "browser-basedpyright")}`,
    node: [
      "node",
      ...["@types/node", "@types/lodash", "immutable"].map((name) => versionOf(root, name)),
    ].join("-"),
  };
}

function versionOf(root, name) {
  return JSON.parse(fs.readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8")).version;
}

/**
 * Makes what the editor's language services load, unless it is there: Python's server (ADR 76), which is its worker without the stubs and
 * the standard library's stubs, and the types of Node and its packages. Compressed here, once, since they are sent to every browser.
 */
export function ensureLanguageServers(root) {
  const { python, node } = foldersOf(root);
  const wanted = [python, node];
  for (const name of foldersIn(path.join(root, FOLDER)))
    if (!wanted.includes(name)) fs.rmSync(path.join(root, FOLDER, name), { recursive: true, force: true });
  makeFolder(root, python, () => {
    const { worker, stdlib } = splitWorker(read(root, `${PACKAGE}/dist/pyright.worker.js`));
    return { "worker.js": worker, "stdlib.json": JSON.stringify(stdlib) };
  });
  makeFolder(root, node, () => ({ "types.json": JSON.stringify(nodeTypes(root)) }));
}

/** Writes the texts that `make` gives, compressed, as a folder of the name. Whoever finds the folder finds all of it. */
function makeFolder(root, name, make) {
  const folder = path.join(root, FOLDER, name);
  if (fs.existsSync(folder)) return;
  const unfinished = `${folder}.${process.pid}`;
  fs.rmSync(unfinished, { recursive: true, force: true });
  fs.mkdirSync(unfinished, { recursive: true });
  for (const [file, text] of Object.entries(make()))
    fs.writeFileSync(path.join(unfinished, `${file}.gz`), zlib.gzipSync(text, { level: 9 }));
  fs.renameSync(unfinished, folder);
}

function foldersIn(folder) {
  return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
}

function read(root, file) {
  return fs.readFileSync(path.join(root, file), "utf8");
}

/** The declarations of Node and its packages, by their path below `node_modules`. */
export function nodeTypes(root) {
  const files = Object.entries(TYPES).flatMap(([name, wanted]) =>
    fs
      .readdirSync(path.join(root, "node_modules", name), { recursive: true })
      .filter((file) => wanted.test(file))
      .map((file) => `${name}/${file}`),
  );
  return Object.fromEntries(files.sort().map((file) => [file, read(root, `node_modules/${file}`)]));
}

/** The worker without the stubs that it carries, and the standard library's among them. Throws when it is not built as this expects. */
export function splitWorker(source) {
  const begin = source.indexOf(TYPESHED_BEGINS) + "e.exports=".length;
  if (begin < "e.exports=".length) throw new Error(`${PACKAGE} has no stubs where they are expected.`);
  const end = endOfObject(source, begin);
  // Only texts by path; read as a program because the quotes are of three kinds.
  const stubs = new Function(`return ${source.slice(begin, end)}`)();
  const stdlib = Object.fromEntries(
    Object.entries(stubs)
      .filter(([name]) => name.startsWith(STDLIB))
      .map(([name, text]) => [STDLIB_FOR_SERVER + name.slice(STDLIB.length), text]),
  );
  if (stdlib[`${STDLIB_FOR_SERVER}builtins.pyi`] === undefined)
    throw new Error(`${PACKAGE} has no stubs of the standard library.`);
  return { worker: `${source.slice(0, begin)}{}${source.slice(end)}`, stdlib };
}

/** The place behind the object literal that begins at `begin`. */
function endOfObject(source, begin) {
  let depth = 0;
  let quote = "";
  for (let at = begin; at < source.length; at++) {
    const char = source[at];
    if (quote !== "") {
      if (char === "\\") at++;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'" || char === "`") quote = char;
    else if (char === "{") depth++;
    else if (char === "}" && --depth === 0) return at + 1;
  }
  throw new Error(`${PACKAGE} ends within its stubs.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureLanguageServers(process.cwd());
