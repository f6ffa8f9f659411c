/**
 * Loaded by Node.js before a program of ours, so that both ways to write modules run, also mixed: CommonJS's `require`, `module` and
 * `__filename` beside `import` and `await` at the top, and TypeScript beside either. A program that is plain CommonJS notices nothing.
 */
"use strict";
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");

const BUNDLE = "/usr/lib/quicksand/bundle.sh";
const NOT_PLAIN = /\b(?:await|export|import)\b/;
const TYPESCRIPT = /(?<!\.d)\.[cm]?ts$/;

const option = process.execArgv.indexOf(__filename) - 1;
const asOption = option >= 0 ? process.execArgv.splice(option, 2) : [];
delete require.cache[__filename];

const loadScript = Module._extensions[".js"];

Module._extensions[".js"] = (module, filename) => {
  if (module.id !== ".") return loadScript(module, filename);
  Module._extensions[".js"] = loadScript;
  loadMain(module, filename);
};
for (const extension of [".ts", ".cts", ".mts"]) Module._extensions[extension] = loadBundle;

function loadMain(module, filename) {
  const folder = path.dirname(filename);
  if (fs.readdirSync(folder, { recursive: true }).some((name) => TYPESCRIPT.test(name)))
    return loadBundle(module, filename);
  const text = fs.readFileSync(filename, "utf8");
  if (!NOT_PLAIN.test(text)) return loadScript(module, filename);
  provideScope();
  const run = awaiting(text, filename);
  if (!run) return loadScript(module, filename);
  const require = Module.createRequire(filename);
  require.main = module;
  settled(run.call(module.exports, module.exports, require, module, filename, folder));
}

/** A script that awaits at its top as a function that may; `null` when it needs none, or is no script even so. */
function awaiting(text, filename) {
  if (!text.includes("await")) return null;
  const vm = require("node:vm");
  const code = text.replace(/^#!.*/, "");
  const parse = (head) =>
    new vm.Script(`${head}(exports, require, module, __filename, __dirname) {${code}\n})`, {
      filename,
      columnOffset: -`${head}(exports, require, module, __filename, __dirname) {`.length,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    });
  try {
    parse("(function ");
    return null;
  } catch {}
  try {
    const run = parse("(async function ").runInThisContext();
    silenceLoader();
    return run;
  } catch {
    return null;
  }
}

/** Node.js would say on standard error that the loader above is experimental, which is no matter of the program's. */
function silenceLoader() {
  const { emitWarning } = process;
  process.emitWarning = (warning, ...more) => {
    if (!String(warning).startsWith("vm.USE_MAIN_CONTEXT_DEFAULT_LOADER"))
      Reflect.apply(emitWarning, process, [warning, ...more]);
  };
}

/** Loads what `bundle` makes of a file: before the program was started, or now, as of a worker's file. */
function loadBundle(module, filename) {
  provideScope();
  process.setSourceMapsEnabled(true);
  const bundle = (format) => path.join(path.dirname(filename), `.${path.basename(filename)}.${format}`);
  if (!fs.existsSync(bundle("cjs")) && !fs.existsSync(bundle("mjs"))) {
    const { status } = require("node:child_process").spawnSync(BUNDLE, [filename], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) process.exit(status ?? 1);
  }
  if (fs.existsSync(bundle("cjs"))) return module._compile(fs.readFileSync(bundle("cjs"), "utf8"), filename);
  settled(import(bundle("mjs")));
}

/** As Node.js does for a module whose `await` nothing will answer. A failure is left to it, unhandled. */
function settled(promise) {
  let pending = true;
  promise.finally(() => {
    pending = false;
  });
  process.once("exit", (code) => {
    if (!pending || code !== 0) return;
    process.stderr.write("Warning: Detected unsettled top-level await\n");
    process.exitCode = 13;
  });
}

let provided = false;

/** Gives modules the names that scripts have. Each is of the file that asks, which is found by the stack. */
function provideScope() {
  if (provided) return;
  provided = true;
  // Workers and child processes need it too, from here on.
  process.execArgv.push(...asOption);
  const scopes = new Map();
  const scope = () => {
    const file = callerFile(scope);
    if (!scopes.has(file)) scopes.set(file, scopeOf(file));
    return scopes.get(file);
  };
  for (const name of ["require", "module", "exports", "__filename", "__dirname", "__importMeta"]) {
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => scope()[name],
      set: (value) => void Object.defineProperty(globalThis, name, { value, writable: true }),
    });
  }
}

const main = { id: ".", exports: {} };

function scopeOf(file) {
  const { pathToFileURL } = require("node:url");
  const require_ = Module.createRequire(file);
  const module = file === path.resolve(process.argv[1]) ? main : { id: file, exports: {} };
  const url = pathToFileURL(file).href;
  require_.main ??= main;
  return {
    require: require_,
    module,
    exports: module.exports,
    __filename: file,
    __dirname: path.dirname(file),
    __importMeta: {
      url,
      filename: file,
      dirname: path.dirname(file),
      resolve: (name) => String(new URL(name, url)),
    },
  };
}

/** The file whose code called the getter that called `scope`; of a bundle, the file it was made from. */
function callerFile(scope) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder = {};
  Error.prepareStackTrace = (_, sites) => sites;
  Error.stackTraceLimit = 2;
  Error.captureStackTrace(holder, scope);
  const [, site] = holder.stack;
  Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  const name = site?.getFileName() ?? process.argv[1];
  const entry = Module.findSourceMap(name)?.findEntry(site.getLineNumber() - 1, site.getColumnNumber() - 1);
  const source = entry?.originalSource ?? name;
  return source.startsWith("file:") ? require("node:url").fileURLToPath(source) : source;
}
