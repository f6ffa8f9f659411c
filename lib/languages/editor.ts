/** A place in a program that a compiler or a runtime pointed at. Lines and columns count from 1. */
export interface Diagnostic {
  line: number;
  /** `null` when only the line is known. */
  column: number | null;
  severity: "error" | "warning";
  message: string;
  /** The file beside the main program that it is in; absent where it is the main program. */
  file?: string;
}

/** The module that made Monaco know a language: one of Monaco's own, which exports nothing, or one with a language service. */
export interface Syntax {
  default?: unknown;
  /** Tells the language service, where there is one, of the files beside the main file. */
  setFiles?(files: readonly EditorFile[]): void;
}

/** A file of the program, by its path beside the main file. */
export interface EditorFile {
  path: string;
  content: string;
}

/**
 * What the browser needs of a language: the export `editor` of `editor.ts` in its folder. It is bundled as a chunk of its own and loaded
 * when the language is chosen, so it imports nothing of the server's, and Monaco only inside `loadSyntax`.
 */
export interface LanguageEditor {
  /** Registers the language with Monaco: syntax colours, brackets, and a language service where there is one. */
  loadSyntax(): Promise<Syntax>;
  /** Monaco's languages of other files that belong to such a program, by their ending without the dot: headers, modules. Registered by `loadSyntax`. */
  alsoEdits?: Readonly<Record<string, string>>;
  /**
   * Finds the places in `mainFile` that a compiler's or the program's error output names. Output that looks like none of the
   * language's messages gives nothing; the text itself is always shown anyway. Asked for every file of a program by itself.
   */
  findDiagnostics(output: string, mainFile: string): readonly Diagnostic[];
  /** What error output says when the program read past the end of its input. Left out where the language says nothing of its own. */
  endOfInput?: RegExp;
}
