import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/typescript/register";
import { javascriptDefaults, typescriptDefaults } from "monaco-editor/languages/features/typescript/register";
import type { EditorFile } from "../editor";
import { COMPILER_OPTIONS } from "./editor-compiler-options";
import { NODE_TYPES } from "./editor-node-types";
import { NODE_TYPES_ADDRESS } from "./editor-node-types-address";

const DEFAULTS = { javascript: javascriptDefaults, typescript: typescriptDefaults };
const SERVICES = Object.entries(DEFAULTS);

for (const [, defaults] of SERVICES) defaults.setCompilerOptions(COMPILER_OPTIONS);
javascriptDefaults.setDiagnosticsOptions({ noSemanticValidation: true, noSyntaxValidation: false });

/** Lodash's functions one by one; their types are six hundred files. */
const LODASH_PARTS = 'declare module "lodash/*";';

/** Until the real types are there, and where they cannot be had, what small programs use is known. */
const sketch = SERVICES.map(([, defaults]) =>
  defaults.addExtraLib(NODE_TYPES, "file:///node_modules/@types/node/sketch.d.ts"),
);
void loadNodeTypes().catch((error: unknown) => console.warn("The types of Node could not be loaded.", error));

async function loadNodeTypes(): Promise<void> {
  const answer = await fetch(NODE_TYPES_ADDRESS, { priority: "low" });
  if (!answer.ok) throw new Error(`They were answered with ${answer.status}.`);
  const types: Record<string, string> = await answer.json();
  for (const one of sketch) one.dispose();
  for (const [, defaults] of SERVICES) defaults.addExtraLib(LODASH_PARTS, "file:///lodash-parts.d.ts");
  for (const [, defaults] of SERVICES) {
    for (const [path, content] of Object.entries(types))
      defaults.addExtraLib(content, `file:///node_modules/${path}`);
  }
}

/** What the services know of the files beside the main one, by their address. */
const known = new Map<string, { content: string; lib: { dispose(): void } }>();

/**
 * The editor keeps a language's main file in a folder of its id; the others are put beside it. One by one: what did not change is not read
 * again.
 */
export function setFiles(files: readonly EditorFile[]): void {
  const wanted = new Set<string>();
  for (const [id, defaults] of SERVICES) {
    for (const { path, content } of files) {
      const address = `file:///${id}/${path}`;
      wanted.add(address);
      if (known.get(address)?.content !== content)
        known.set(address, { content, lib: defaults.addExtraLib(content, address) });
    }
  }
  for (const [address, { lib }] of known) {
    if (wanted.has(address)) continue;
    lib.dispose();
    known.delete(address);
  }
}
