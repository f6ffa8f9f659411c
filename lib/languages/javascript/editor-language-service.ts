import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/typescript/register";
import {
  javascriptDefaults,
  ModuleKind,
  ScriptTarget,
  typescriptDefaults,
} from "monaco-editor/languages/features/typescript/register";
import type { EditorFile } from "../editor";
import { NODE_TYPES } from "./editor-node-types";

/** `ts.ModuleDetectionKind.Force`: a file without imports is still a module, so its names do not clash with globals. */
const EVERY_FILE_A_MODULE = 3;

/** `ts.ModuleResolutionKind.Bundler`: files are found without their ending, as esbuild and CommonJS find them, or with it. */
const AS_A_BUNDLER = 100;

/** Programs run under Node, not in a page: no DOM, Node's modules known, newest syntax. */
const OPTIONS = {
  target: ScriptTarget.ESNext,
  lib: ["esnext"],
  module: ModuleKind.ESNext,
  moduleResolution: AS_A_BUNDLER,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  noEmit: true,
  allowNonTsExtensions: true,
  allowJs: true,
  strict: true,
  // Node's modules are only sketched; a callback's parameter whose type they leave open is no mistake.
  noImplicitAny: false,
  moduleDetection: EVERY_FILE_A_MODULE,
  skipLibCheck: true,
};

const NODE = { content: NODE_TYPES, filePath: "file:///node_modules/@types/node/index.d.ts" };
const DEFAULTS = { javascript: javascriptDefaults, typescript: typescriptDefaults };

for (const defaults of Object.values(DEFAULTS)) defaults.setCompilerOptions(OPTIONS);
javascriptDefaults.setDiagnosticsOptions({ noSemanticValidation: true, noSyntaxValidation: false });
setFiles([]);

/** The editor keeps a language's main file in a folder of its id; the others are put beside it. */
export function setFiles(files: readonly EditorFile[]): void {
  for (const [id, defaults] of Object.entries(DEFAULTS)) {
    const beside = files.map(({ path, content }) => ({ content, filePath: `file:///${id}/${path}` }));
    defaults.setExtraLibs([NODE, ...beside]);
  }
}
