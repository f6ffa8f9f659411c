import { call } from "@/lib/client/api";
import { toast } from "@/lib/client/toast";
import type { Preferences } from "@/lib/schemas/preferences";
import { pathIn } from "./model-paths";
import { monaco } from "./monaco";

/** Monaco's languages that have the provider. */
const registered = new Set<string>();
/** By Monaco's language, the server's: the folder of the models says which one a text is of. */
const NOTICE = "format";

/** Offers the server's formatter for a language: by the editor's own command, keys and menu, and undone like every edit. */
export function offerFormatter(
  language: { id: string; editor: string },
  tabWidth: () => Preferences["tabWidth"],
): void {
  if (registered.has(language.id)) return;
  registered.add(language.id);
  monaco.languages.registerDocumentFormattingEditProvider(
    { language: language.editor, pattern: `**/${language.id}/**` },
    {
      displayName: "Quicksand",
      async provideDocumentFormattingEdits(model, _options, token) {
        if (pathIn(language.id, model.uri) === null) return [];
        const abort = new AbortController();
        token.onCancellationRequested(() => abort.abort());
        const code = model.getValue(monaco.editor.EndOfLinePreference.LF);
        try {
          const body = { language: language.id, code, tabWidth: tabWidth() };
          const result = await call("format", { body, signal: abort.signal });
          if (result.code !== null) return [{ range: model.getFullModelRange(), text: result.code }];
          toast("The program cannot be formatted as it is", {
            id: NOTICE,
            description: result.message ?? "",
          });
        } catch (error) {
          if (!abort.signal.aborted) {
            toast("The program was not formatted", {
              id: NOTICE,
              description: error instanceof Error ? error.message : "",
            });
          }
        }
        return [];
      },
    },
  );
}
