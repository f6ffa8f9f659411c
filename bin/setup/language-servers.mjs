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

/** The folder that the browser asks for. Named by the version, so that what is in it never changes and may be cached for ever. */
export function pythonFolder(root) {
  const { version } = JSON.parse(fs.readFileSync(path.join(root, PACKAGE, "package.json"), "utf8"));
  return `python-${version}`;
}

/**
 * Makes the files of Python's language server (ADR 76) from its package unless they are there: its worker without the stubs, and the
 * standard library's stubs. Compressed here, once, since they are sent to every browser that opens a Python program.
 */
export function ensureLanguageServers(root) {
  const folder = path.join(root, FOLDER, pythonFolder(root));
  if (fs.existsSync(folder)) return;
  const { worker, stdlib } = splitWorker(
    fs.readFileSync(path.join(root, PACKAGE, "dist/pyright.worker.js"), "utf8"),
  );
  const unfinished = `${folder}.${process.pid}`;
  fs.rmSync(path.join(root, FOLDER), { recursive: true, force: true });
  fs.mkdirSync(unfinished, { recursive: true });
  const compress = (name, text) =>
    fs.writeFileSync(path.join(unfinished, `${name}.gz`), zlib.gzipSync(text, { level: 9 }));
  compress("worker.js", worker);
  compress("stdlib.json", JSON.stringify(stdlib));
  fs.copyFileSync(path.join(root, PACKAGE, "LICENSE.txt"), path.join(unfinished, "LICENSE.txt"));
  // Whoever finds the folder finds all of it.
  fs.renameSync(unfinished, folder);
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
