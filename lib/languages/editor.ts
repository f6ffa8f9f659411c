/** A place in the program that a compiler or a runtime pointed at. Lines and columns count from 1. */
export interface Diagnostic {
  /** Path of the file; left out for the main one. */
  file?: string;
  line: number;
  /** `null` when only the line is known. */
  column: number | null;
  /** The column behind the place, where it is told. */
  endColumn?: number;
  severity: "error" | "warning";
  message: string;
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

/** What completion offers beside the program's own words. */
export interface Vocabulary {
  keywords: readonly string[];
  /** Names of the standard library that small programs use. */
  library: readonly string[];
  snippets: readonly Snippet[];
}

export interface Snippet {
  /** What is typed for it. */
  label: string;
  detail: string;
  /** In TextMate's form: `${1:name}` is a place to fill in, `$0` where the cursor ends. */
  body: string;
}

/** A language server that runs in the page. */
export interface LanguageServer {
  /** Ends it and takes its marks away. */
  stop(): void;
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
   * Finds the places in the program that a compiler's or the program's error output names. Output that looks like none of the
   * language's messages gives nothing; the text itself is always shown anyway. `sources` are the program's files as they were run, the
   * main one among them: places in the others are found only when they are given.
   */
  findDiagnostics(output: string, mainFile: string, sources?: readonly EditorFile[]): readonly Diagnostic[];
  /** What error output says when the program read past the end of its input. Left out where the language says nothing of its own. */
  endOfInput?: RegExp;
  vocabulary?: Vocabulary;
  /** The server has a formatter for it (`format` in `index.ts`). */
  formats?: true;
  /**
   * Starts the language's server for the editor's models below `root` (a URI that ends with a slash). `onFailure` is told when it breaks
   * after it has started; it is to be stopped then. Aborting `signal` gives the start up.
   */
  startServer?(root: string, onFailure: (error: Error) => void, signal: AbortSignal): Promise<LanguageServer>;
}
