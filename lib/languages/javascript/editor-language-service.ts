import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/typescript/register";
import {
  javascriptDefaults,
  ScriptTarget,
  typescriptDefaults,
} from "monaco-editor/languages/features/typescript/register";
import { NODE_TYPES } from "./editor-node-types";

/** `ts.ModuleDetectionKind.Force`: a file without imports is still a module, so its names do not clash with globals. */
const EVERY_FILE_A_MODULE = 3;

/** Programs run under Node, not in a page: no DOM, Node's modules known, newest syntax. */
const OPTIONS = {
  target: ScriptTarget.ESNext,
  lib: ["esnext"],
  allowNonTsExtensions: true,
  allowJs: true,
  strict: true,
  // Node's modules are only sketched; a callback's parameter whose type they leave open is no mistake.
  noImplicitAny: false,
  moduleDetection: EVERY_FILE_A_MODULE,
  skipLibCheck: true,
};

for (const defaults of [typescriptDefaults, javascriptDefaults]) {
  defaults.setCompilerOptions(OPTIONS);
  defaults.addExtraLib(NODE_TYPES, "file:///node_modules/@types/node/index.d.ts");
}
javascriptDefaults.setDiagnosticsOptions({ noSemanticValidation: true, noSyntaxValidation: false });
