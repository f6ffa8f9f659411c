/** `ts.ScriptTarget.ESNext` and `ts.ModuleKind.ESNext`: the newest syntax. */
const NEWEST = 99;

/** `ts.ModuleDetectionKind.Force`: a file without imports is still a module, so its names do not clash with globals. */
const EVERY_FILE_A_MODULE = 3;

/** `ts.ModuleResolutionKind.Bundler`: files are found without their ending, as esbuild and CommonJS find them, or with it. */
const AS_A_BUNDLER = 100;

/** Programs run under Node, not in a page: no DOM, Node's modules known. */
export const COMPILER_OPTIONS = {
  target: NEWEST,
  lib: ["esnext"],
  module: NEWEST,
  moduleResolution: AS_A_BUNDLER,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  noEmit: true,
  allowNonTsExtensions: true,
  allowJs: true,
  strict: true,
  // Small programs are written without types for every parameter, and run all the same.
  noImplicitAny: false,
  moduleDetection: EVERY_FILE_A_MODULE,
  skipLibCheck: true,
};
