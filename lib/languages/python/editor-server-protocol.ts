/** The parts of the Language Server Protocol that are used here. Lines and characters count from 0. */
export interface LspPosition {
  line: number;
  character: number;
}

export interface LspRange {
  start: LspPosition;
  end: LspPosition;
}

export interface LspLocation {
  uri: string;
  range: LspRange;
}

export interface LspTextEdit {
  range: LspRange;
  newText: string;
}

type Markup = string | { kind: "markdown" | "plaintext"; value: string };

export interface LspCompletionItem {
  label: string;
  kind?: number;
  detail?: string;
  documentation?: Markup;
  sortText?: string;
  filterText?: string;
  insertText?: string;
  textEdit?: LspTextEdit;
  additionalTextEdits?: LspTextEdit[];
  data?: unknown;
}

export interface LspHover {
  contents: Markup | Markup[];
  range?: LspRange;
}

export interface LspSignatureHelp {
  signatures: {
    label: string;
    documentation?: Markup;
    parameters?: { label: string | [number, number]; documentation?: Markup }[];
    activeParameter?: number;
  }[];
  activeSignature?: number;
  activeParameter?: number;
}

export interface LspWorkspaceEdit {
  changes?: Record<string, LspTextEdit[]>;
  documentChanges?: { textDocument: { uri: string }; edits: LspTextEdit[] }[];
}

export interface LspDiagnostic {
  range: LspRange;
  message: string;
  /** 1 error, 2 warning, 3 information, 4 hint. */
  severity?: 1 | 2 | 3 | 4;
  code?: string | number;
  /** 1 unnecessary, 2 deprecated. */
  tags?: (1 | 2)[];
}

export interface LspDiagnostics {
  uri: string;
  diagnostics: LspDiagnostic[];
}

/** The text of documentation, whichever of its forms it has. */
export function textOf(markup: Markup | Markup[] | undefined): string {
  if (markup === undefined) return "";
  if (Array.isArray(markup)) return markup.map(textOf).join("\n\n");
  return typeof markup === "string" ? markup : markup.value;
}

/** What we can do, as the server wants to know it at the start. */
export const CLIENT_CAPABILITIES = {
  textDocument: {
    synchronization: { didSave: false },
    completion: {
      contextSupport: true,
      completionItem: {
        documentationFormat: ["markdown", "plaintext"],
        resolveSupport: { properties: ["documentation", "detail", "additionalTextEdits"] },
      },
    },
    hover: { contentFormat: ["markdown", "plaintext"] },
    signatureHelp: {
      contextSupport: true,
      signatureInformation: {
        documentationFormat: ["markdown", "plaintext"],
        parameterInformation: { labelOffsetSupport: true },
        activeParameterSupport: true,
      },
    },
    definition: {},
    references: {},
    rename: { prepareSupport: true },
    publishDiagnostics: { tagSupport: { valueSet: [1, 2] } },
  },
  workspace: { configuration: true, workspaceFolders: true, workspaceEdit: { documentChanges: true } },
};
