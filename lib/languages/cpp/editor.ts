import { findGccDiagnostics } from "../c/editor-gcc";
import type { LanguageEditor } from "../editor";
import { VOCABULARY } from "./editor-vocabulary";

export const editor: LanguageEditor = {
  loadSyntax: () => import("monaco-editor/languages/definitions/cpp/register"),
  alsoEdits: {
    c: "c",
    cc: "cpp",
    cxx: "cpp",
    h: "cpp",
    hh: "cpp",
    hpp: "cpp",
    hxx: "cpp",
    ipp: "cpp",
    tpp: "cpp",
  },
  vocabulary: VOCABULARY,
  formats: true,
  findDiagnostics: findGccDiagnostics,
};
