/** Lets the page paint and answer before the next part. Safari has no `scheduler.yield`. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

/**
 * Loads the editor part by part: Monaco is two megabytes of code, and evaluating all of it in one go would keep the page from answering for a
 * quarter of a second. Each part imports the parts before it, and finds them there.
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
  for (const load of parts) {
    await load();
    await breathe();
  }
  return import("./code-editor");
}
