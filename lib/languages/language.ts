import type { LanguageOption } from "../schemas/language";
import type { ChosenOptions } from "../schemas/language-options";
import type { RunFile } from "../schemas/run";
import type { StageLimits } from "../schemas/run-limits";

/** What a command may depend on. */
export interface CommandContext {
  limits: StageLimits;
  /** Whether the image is ours, with what our recipes put there, or one that the operator named. */
  ownImage: boolean;
}

/** A compiler's command may depend on what it compiles, too. */
export interface CompileContext extends CommandContext {
  /** The program's files, the main file first. */
  files: readonly RunFile[];
  /** Every option of the language with its value, as `resolvedOptions` makes it. */
  options: ChosenOptions;
}

/** An argument vector; never a shell string. A function where a word depends on its surroundings. */
export type Command<Context = CommandContext> = readonly string[] | ((context: Context) => readonly string[]);

/** Style settings that a formatter gets. */
export interface FormatStyle {
  /** Spaces of an indent. */
  tabWidth: number;
}

/** The words of a command in its surroundings. */
export function argvOf<Context>(command: Command<Context>, context: Context): readonly string[] {
  return typeof command === "function" ? command(context) : command;
}

/** Name of the file that holds the program's code. */
export function mainFileOf({ mainFile }: Pick<Language, "mainFile">, code: string): string {
  return typeof mainFile === "function" ? mainFile(code) : mainFile;
}

/** An image that we build, from `lib/languages/<folder>/Dockerfile`, tagged `quicksand/<folder>`. */
export interface ImageRecipe {
  /** Folder below `lib/languages` that holds the Dockerfile and the files that it copies. Languages may share one. */
  folder: string;
}

/**
 * What the server knows of a language. Its folder, named by its id, holds beside this: `editor.ts`, the browser's part;
 * `Dockerfile` and the files that it copies; `examples/hello/`, the first program; `test-programs.ts`, what its tests run.
 */
export interface Language {
  /** Also the name of its folder. */
  id: string;
  name: string;
  /** Version of the runtime in our image, as its users say it; a test compares it with `versionCommand`. */
  version: string;
  /** The standard that programs are compiled by unless they choose another, as its users say it: `C++20`. */
  edition?: string;
  /** What programs can choose of how they are compiled: a closed set, of which `compile` makes the words of its command. */
  options?: readonly LanguageOption[];
  versionCommand: readonly string[];
  aliases: readonly string[];
  extension: string;
  /** Read by `mainFileOf`; a function where the name follows from the code, as a public class of Java names its file. */
  mainFile: string | ((code: string) => string);
  /** Monaco's name of the language. */
  editor: string;
  image: ImageRecipe;
  /**
   * Libraries in our image beside the language's own, by the names that programs import them under, and how much larger the image is for
   * them. For its page in the docs: nobody could know of them otherwise. A program of its tests uses each.
   */
  packages?: { names: readonly string[]; megabytes: number };
  /** Made at first start; the others at first use. */
  core: boolean;
  compile?: Command<CompileContext>;
  run: Command;
  /** Its prompt, in a terminal, with the program's files beside it. Left out where the image has none. */
  repl?: Command;
  /**
   * Formats a program: reads it from standard input and writes it to standard output, in our own image. Not needed where the browser
   * itself can do it.
   */
  format?: (style: FormatStyle) => readonly string[];
  /**
   * `run` in a form that is started with its sandbox, before there is a program: it gets ready for one, reads a line from
   * descriptor 6 and goes on as `run` would have (ADR 9). Only our own image has what it takes. Of a compiled language
   * it waits until the compiler has done its part, which must leave no process behind.
   */
  standby?: Command;
  /** Our image's standby is an interpreter that can be a cell's launcher, and forks for each run (`lib/sandbox/cell/forking-launcher.ts`). */
  standbyForks?: boolean;
  /**
   * At SIGURG from the supervisor, programs in our image write what they have printed but still hold (half a line, a buffer). It is sent
   * before a program is killed, and ignored by all that does not know it. Needed where a runtime holds output back (ADR 60).
   */
  flushesOnSignal?: boolean;
  /** Variables inside the sandbox beside the usual `HOME`, `PATH`, `LANG`. */
  env?: Readonly<Record<string, string>>;
  /** What this language needs apart from the plan's limits, such as more memory for its compiler. */
  limits?: { compile?: Partial<StageLimits> };
}
