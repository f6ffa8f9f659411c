import * as monaco from "monaco-editor/editor";
import type { Vocabulary } from "./editor";

/** From two characters on, a word is worth offering. */
const WORD = /[\p{L}_][\p{L}\p{N}_]+/gu;
/** Longer texts are data rather than programs, and reading them with every key would be felt. */
const MAX_CHARS = 400_000;
const MAX_WORDS = 3_000;

const { CompletionItemKind, CompletionItemInsertTextRule } = monaco.languages;
type Item = monaco.languages.CompletionItem;

/** By the folder of the models, which is the language's id. */
const vocabularies = new Map<string, Vocabulary>();

/** Makes a language's own words known to completion. */
export function setVocabulary(languageId: string, vocabulary: Vocabulary): void {
  vocabularies.set(languageId, vocabulary);
}

/**
 * Words of all the program's files, and the language's own, to complete the word at `position` with. Found without waiting for anything:
 * Monaco's own come from a worker, and what is typed until they arrive can lose them.
 */
export function wordsAt(model: monaco.editor.ITextModel, position: monaco.IPosition): Item[] {
  const until = model.getWordUntilPosition(position);
  const after = model.getWordAtPosition(position);
  const range = new monaco.Range(
    position.lineNumber,
    until.startColumn,
    position.lineNumber,
    position.column,
  );
  const folder = folderOf(model);
  const items = new Map<string, Item>();
  const add = (label: string, kind: monaco.languages.CompletionItemKind, order: string) => {
    if (!items.has(label))
      items.set(label, { label, kind, insertText: label, range, sortText: order + label });
  };

  const { keywords = [], library = [], snippets = [] } = vocabularies.get(folder) ?? {};
  // Of two that fit alike, the program's own word comes before a keyword (whose order Pyright begins with `08.9`); behind a dot a server
  // knows better.
  const isMember = model.getLineContent(position.lineNumber)[until.startColumn - 2] === ".";
  const order = isMember ? "y" : "08.5";
  for (const word of wordsOf(model, folder, after?.word ?? "")) add(word, CompletionItemKind.Text, order);
  if (isMember) return [...items.values()];
  for (const word of keywords) add(word, CompletionItemKind.Keyword, "x");
  for (const word of library) add(word, CompletionItemKind.Function, "z");
  const templates = snippets.map(
    ({ label, detail, body }): Item => ({
      ...{ label, detail, range, insertText: body, sortText: `w${label}` },
      kind: CompletionItemKind.Snippet,
      insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet,
      documentation: { value: `\`\`\`\n${body.replace(/\$\{\d+:?([^}]*)\}|\$\d/g, "$1")}\n\`\`\`` },
    }),
  );
  return [...items.values(), ...templates];
}

/** Words of the program's files, those of this file first. The word that is being typed counts only where it stands elsewhere as well. */
function wordsOf(model: monaco.editor.ITextModel, folder: string, typed: string): Set<string> {
  const words = new Set<string>();
  let typedSeen = 0;
  const others = monaco.editor.getModels().filter((other) => other !== model && folderOf(other) === folder);
  for (const one of [model, ...others]) {
    if (one.getValueLength() > MAX_CHARS) continue;
    for (const [word] of one.getValue().matchAll(WORD)) {
      if (words.size >= MAX_WORDS) return words;
      if (word === typed && one === model && ++typedSeen === 1) continue;
      words.add(word);
    }
  }
  return words;
}

/** The first part of the path of a model's address: programs of a language have theirs below its id. */
function folderOf(model: monaco.editor.ITextModel): string {
  return model.uri.scheme === "file" ? (model.uri.path.split("/")[1] ?? "") : model.uri.toString();
}

monaco.languages.registerCompletionItemProvider("*", {
  provideCompletionItems: (model, position) => ({ suggestions: wordsAt(model, position) }),
});
