import * as monaco from "monaco-editor/editor";
import type { LanguageServer } from "../editor";
import { SERVER_FOLDER } from "./editor-server-address";
import { type Connection, connect } from "./editor-server-connection";
import { openDocuments, PROGRAM_ROOT, toEditor } from "./editor-server-documents";
import { CLIENT_CAPABILITIES, type LspDiagnostic, type LspDiagnostics } from "./editor-server-protocol";
import { fromLsp, registerProviders } from "./editor-server-providers";

const MARKER_OWNER = "Python";

/**
 * How it checks: what is surely wrong, and not what is only not proven. `re.match(…).group()` is how people write it, and a run says when
 * it was none.
 */
const CONFIGURATION = {
  typeCheckingMode: "basic",
  pythonVersion: "3.13",
  pythonPlatform: "Linux",
  reportOptionalMemberAccess: "none",
  reportOptionalSubscript: "none",
  reportOptionalIterable: "none",
  reportOptionalCall: "none",
  reportOptionalOperand: "none",
  reportOptionalContextManager: "none",
  reportPossiblyUnbound: "warning",
  reportSelfClsParameterName: "warning",
};

/**
 * Starts Pyright in a worker for the models below `root` (ADR 76). Resolves when it can be asked. `onFailure` is told when it breaks later;
 * it must then be stopped.
 */
export async function startServer(
  root: string,
  onFailure: (error: Error) => void,
  signal: AbortSignal,
): Promise<LanguageServer> {
  const answer = await fetch(`${SERVER_FOLDER}/stdlib.json.gz`, { signal });
  if (!answer.ok) throw new Error(`The stubs of Python's library were answered with ${answer.status}.`);
  const stdlib: Record<string, string> = await answer.json();
  signal.throwIfAborted();

  const connection = connect(`${SERVER_FOLDER}/worker.js.gz`, onFailure);
  try {
    await Promise.race([initialize(connection, stdlib), givenUp(signal)]);
  } catch (error) {
    connection.close();
    throw error;
  }
  showDiagnostics(connection, root);
  const documents = openDocuments(connection, root);
  const providers = registerProviders({ connection, documents, root });
  return {
    stop() {
      for (const provider of providers) provider.dispose();
      documents.dispose();
      connection.close();
      monaco.editor.removeAllMarkers(MARKER_OWNER);
    },
  };
}

async function initialize(connection: Connection, stdlib: Record<string, string>): Promise<void> {
  const folder = PROGRAM_ROOT.slice(0, -1);
  await connection.request("initialize", {
    processId: null,
    rootUri: folder,
    workspaceFolders: [{ uri: folder, name: "src" }],
    capabilities: CLIENT_CAPABILITIES,
    initializationOptions: {
      files: { ...stdlib, "/src/pyrightconfig.json": JSON.stringify(CONFIGURATION) },
    },
  });
  connection.notify("initialized", {});
}

/** Rejects when the start is given up. */
function givenUp(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Marks what the server finds. */
function showDiagnostics(connection: Connection, root: string): void {
  connection.onNotification("textDocument/publishDiagnostics", (params) => {
    const { uri, diagnostics } = params as LspDiagnostics;
    const resource = toEditor(uri, root);
    const model = resource && monaco.editor.getModel(resource);
    if (model) monaco.editor.setModelMarkers(model, MARKER_OWNER, diagnostics.map(toMarker));
  });
}

function toMarker({
  range,
  message,
  severity = 1,
  tags = [],
  code,
}: LspDiagnostic): monaco.editor.IMarkerData {
  const { Error: error, Warning, Info, Hint } = monaco.MarkerSeverity;
  const { startLineNumber, startColumn, endLineNumber, endColumn } = fromLsp(range);
  return {
    ...{ startLineNumber, startColumn, endLineNumber, endColumn, message },
    severity: [error, Warning, Info, Hint][severity - 1] ?? error,
    source: MARKER_OWNER,
    ...(code !== undefined && { code: String(code) }),
    tags: tags.map((tag) => (tag === 1 ? monaco.MarkerTag.Unnecessary : monaco.MarkerTag.Deprecated)),
  };
}
