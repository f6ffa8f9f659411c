"use client";

import { loader } from "@monaco-editor/react";
import * as monaco from "monaco-editor/editor";
import "./monaco-features";
import { defineThemes } from "./monaco-themes";

/**
 * Monaco from the app's own bundle: by default the React wrapper would load it from a CDN. The workers are bundled as well,
 * so the page's policy can be `worker-src 'self'`.
 */
globalThis.MonacoEnvironment = {
  getWorker: () =>
    new Worker(new URL("monaco-editor/editor/editor.worker.js", import.meta.url), { type: "module" }),
};

loader.config({ monaco });
defineThemes(monaco);

export { monaco };
