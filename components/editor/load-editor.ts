import { loadEditor as loadLanguage } from "@/lib/languages/editor-loader";

/** A task of its own, so that the page can paint and answer before it. Safari has no `scheduler.yield`. */
function ownTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/**
 * Loads the editor in parts, which are evaluated as they come: Monaco is two megabytes of code, and evaluating all of it in one go would keep
 * the page from answering for a quarter of a second. Each part imports those before it, and finds them there. None waits for the one before to
 * be asked for, and each is asked for in a task of its own, since that alone means a dozen elements.
 */
export async function loadEditor(): Promise<typeof import("./code-editor")> {
  const parts = [
    () => import("./monaco-model"),
    () => import("./monaco-widget"),
    () => import("monaco-editor/editor"),
    () => import("./monaco-editing"),
    () => import("./monaco-widgets"),
    () => import("./monaco"),
  ];
  await Promise.all(parts.map(async (load) => void (await ownTask().then<unknown>(load))));
  return import("./code-editor");
}

/** Loads the colours of a language beside the editor, which else asks for them when it is drawn, one part after another. */
export async function loadSyntax(languageId: string): Promise<void> {
  const [, language] = await Promise.all([loadEditor(), loadLanguage(languageId)]);
  await language.loadSyntax();
  const { monaco } = await import("./monaco");
  // Monaco gets the rules of a registered language when something of it is first to be coloured.
  monaco.editor.tokenize("", languageId);
}
