import * as monaco from "monaco-editor/editor";
import { wordsAt } from "../editor-words";
import type { Connection } from "./editor-server-connection";
import { type Documents, toEditor } from "./editor-server-documents";
import {
  type LspCompletionItem,
  type LspHover,
  type LspLocation,
  type LspPosition,
  type LspRange,
  type LspSignatureHelp,
  type LspTextEdit,
  type LspWorkspaceEdit,
  textOf,
} from "./editor-server-protocol";

type Model = monaco.editor.ITextModel;

/** The protocol's kinds of completions, from 1 on, by Monaco's names of them. */
const KINDS = [
  ...(["Text", "Method", "Function", "Constructor", "Field", "Variable", "Class", "Interface"] as const),
  ...(["Module", "Property", "Unit", "Value", "Enum", "Keyword", "Snippet", "Color", "File"] as const),
  ...(["Reference", "Folder", "EnumMember", "Constant", "Struct", "Event", "Operator"] as const),
  "TypeParameter",
] as const;

/** The program's words are offered when the server takes longer, as while it reads a library for the first time. */
const PATIENCE_MS = 800;

/** How a language server and the editor speak of the same text. */
interface Server {
  connection: Connection;
  documents: Documents;
  root: string;
}

/** What the server can tell, offered to Monaco. */
export function registerProviders(server: Server): monaco.IDisposable[] {
  const { connection, documents, root } = server;
  const originals = new WeakMap<monaco.languages.CompletionItem, LspCompletionItem>();

  /** Asks about a place. `null` for texts that the server does not have, and when it has no answer. */
  async function ask<Result>(
    method: string,
    model: Model,
    at: monaco.Position,
    token: monaco.CancellationToken,
    more: object = {},
  ): Promise<Result | null> {
    const uri = documents.uriOf(model);
    if (uri === null) return null;
    documents.flush();
    const params = { textDocument: { uri }, position: toLsp(at), ...more };
    try {
      return await connection.request<Result | null>(method, params, token);
    } catch (error) {
      // Most often the question was withdrawn; an editor that says nothing is better than one that complains with every key.
      if (!token.isCancellationRequested) console.warn(`${method} was not answered.`, error);
      return null;
    }
  }

  const places = (found: LspLocation | readonly LspLocation[] | null): monaco.languages.Location[] =>
    [found ?? []].flat().flatMap(({ uri, range }) => {
      const target = toEditor(uri, root);
      return target ? [{ uri: target, range: fromLsp(range) }] : [];
    });

  return [
    monaco.languages.registerCompletionItemProvider("python", {
      triggerCharacters: [".", "[", '"', "'"],
      async provideCompletionItems(model, position, context, token) {
        const triggerCharacter = context.triggerCharacter ?? null;
        const asking = new monaco.CancellationTokenSource();
        const cancelling = token.onCancellationRequested(() => asking.cancel());
        const asked = ask<{ items: LspCompletionItem[] } | LspCompletionItem[]>(
          "textDocument/completion",
          model,
          position,
          asking.token,
          {
            context: { triggerKind: context.triggerKind + 1, ...(triggerCharacter && { triggerCharacter }) },
          },
        );
        const found = await Promise.race([asked, later(PATIENCE_MS)]);
        // Monaco gives up what comes after this; the server is to go on, for its words are wanted then.
        cancelling.dispose();
        const items = found === null ? [] : Array.isArray(found) ? found : found.items;
        const word = model.getWordUntilPosition(position);
        const range = new monaco.Range(
          position.lineNumber,
          word.startColumn,
          position.lineNumber,
          position.column,
        );
        const suggestions = items.map((item) => {
          const suggestion = toSuggestion(item, range);
          originals.set(suggestion, item);
          return suggestion;
        });
        const known = new Set(items.map(({ label }) => label));
        const words = wordsAt(model, position).filter(({ label }) => !known.has(String(label)));
        // The first question takes the server seconds. Its words are offered when they are there, if they are still wanted.
        if (found === null && !token.isCancellationRequested)
          void asked.catch(() => null).then((late) => late && offerAgain(model, range));
        return { suggestions: [...suggestions, ...words], incomplete: found === null };
      },
      async resolveCompletionItem(suggestion, token) {
        const original = originals.get(suggestion);
        if (!original) return suggestion;
        const whole = await connection
          .request<LspCompletionItem>("completionItem/resolve", original, token)
          .catch(() => original);
        const { detail = suggestion.detail, additionalTextEdits } = whole;
        return {
          ...suggestion,
          ...(detail !== undefined && { detail }),
          documentation: { value: textOf(whole.documentation) },
          ...(additionalTextEdits && { additionalTextEdits: additionalTextEdits.map(toEdit) }),
        };
      },
    }),
    monaco.languages.registerHoverProvider("python", {
      async provideHover(model, position, token) {
        const hover = await ask<LspHover>("textDocument/hover", model, position, token);
        const value = textOf(hover?.contents);
        if (value === "") return null;
        return { contents: [{ value }], ...(hover?.range && { range: fromLsp(hover.range) }) };
      },
    }),
    monaco.languages.registerSignatureHelpProvider("python", {
      signatureHelpTriggerCharacters: ["(", ","],
      signatureHelpRetriggerCharacters: [")"],
      async provideSignatureHelp(model, position, token) {
        const help = await ask<LspSignatureHelp>("textDocument/signatureHelp", model, position, token);
        if (!help || help.signatures.length === 0) return null;
        const { activeSignature = 0, activeParameter = 0 } = help;
        const signatures = help.signatures.map((one) => ({
          label: one.label,
          documentation: { value: textOf(one.documentation) },
          parameters: (one.parameters ?? []).map(({ label, documentation }) => ({
            label,
            documentation: { value: textOf(documentation) },
          })),
          ...(one.activeParameter !== undefined && { activeParameter: one.activeParameter }),
        }));
        return { value: { signatures, activeSignature, activeParameter }, dispose() {} };
      },
    }),
    monaco.languages.registerDefinitionProvider("python", {
      provideDefinition: async (model, position, token) =>
        places(await ask("textDocument/definition", model, position, token)),
    }),
    monaco.languages.registerReferenceProvider("python", {
      provideReferences: async (model, position, { includeDeclaration }, token) =>
        places(
          await ask("textDocument/references", model, position, token, { context: { includeDeclaration } }),
        ),
    }),
    monaco.languages.registerRenameProvider("python", {
      async provideRenameEdits(model, position, newName, token) {
        const edit = await ask<LspWorkspaceEdit>("textDocument/rename", model, position, token, { newName });
        return { edits: toEdits(edit, root) };
      },
      async resolveRenameLocation(model, position, token) {
        const range = await ask<LspRange>("textDocument/prepareRename", model, position, token);
        const word = model.getWordAtPosition(position);
        if (range === null || !("start" in range) || word === null)
          throw new Error("Only names of this program can be changed.");
        return { range: fromLsp(range), text: model.getValueInRange(fromLsp(range)) };
      },
    }),
  ];
}

function later(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms));
}

function toSuggestion(item: LspCompletionItem, range: monaco.IRange): monaco.languages.CompletionItem {
  const { label, detail, sortText, filterText, textEdit } = item;
  const kind = monaco.languages.CompletionItemKind[KINDS[(item.kind ?? 1) - 1] ?? "Text"];
  return {
    ...{ label, kind, insertText: textEdit?.newText ?? item.insertText ?? label },
    range: textEdit ? fromLsp(textEdit.range) : range,
    ...(detail !== undefined && { detail }),
    ...(sortText !== undefined && { sortText }),
    ...(filterText !== undefined && { filterText }),
  };
}

function toEdits(edit: LspWorkspaceEdit | null, root: string): monaco.languages.IWorkspaceTextEdit[] {
  const byFile = edit?.documentChanges
    ? edit.documentChanges.map(({ textDocument, edits }) => [textDocument.uri, edits] as const)
    : Object.entries(edit?.changes ?? {});
  return byFile.flatMap(([uri, edits]) => {
    const resource = toEditor(uri, root);
    if (!resource) return [];
    return edits.map((one) => ({ resource, textEdit: toEdit(one), versionId: undefined }));
  });
}

function toEdit({ range, newText }: LspTextEdit): monaco.languages.TextEdit {
  return { range: fromLsp(range), text: newText };
}

function toLsp({ lineNumber, column }: monaco.IPosition): LspPosition {
  return { line: lineNumber - 1, character: column - 1 };
}

/** A range of the protocol as Monaco has it. */
export function fromLsp({ start, end }: LspRange): monaco.Range {
  return new monaco.Range(start.line + 1, start.character + 1, end.line + 1, end.character + 1);
}

/** Asks the editor for suggestions anew where the word that was to be completed is still being typed. */
function offerAgain(model: monaco.editor.ITextModel, word: monaco.IRange): void {
  const editor = monaco.editor.getEditors().find((one) => one.getModel() === model && one.hasTextFocus());
  const position = editor?.getPosition();
  if (!editor || position?.lineNumber !== word.startLineNumber) return;
  if (model.getWordUntilPosition(position).startColumn !== word.startColumn) return;
  editor.trigger("quicksand", "editor.action.triggerSuggest", { auto: true });
}
