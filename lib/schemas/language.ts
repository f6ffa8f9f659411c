import * as z from "zod";
import { attendedLimitsSchema, runLimitsSchema } from "./run-limits";

/** Something that can be chosen of how programs of a language are made, from a closed set. */
const languageOptionSchema = z.object({
  /** `standard` names the language's edition; `optimization` is always said where a program is written. */
  id: z.string(),
  name: z.string(),
  /** Id of a value. */
  default: z.string(),
  values: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      /** The words that it is in the compiler's command. */
      flags: z.array(z.string()),
    }),
  ),
});
export type LanguageOption = z.infer<typeof languageOptionSchema>;

/** A language as the API and the page show it. */
export const languageInfoSchema = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  /** The version as the tool itself prints it. Absent until the image is there, and for images that the operator named. */
  printedVersion: z.string().optional(),
  /** The standard of the language, where programs are compiled by one: `C++20`. */
  edition: z.string().optional(),
  aliases: z.array(z.string()),
  /** File name of the main program, such as `main.py`. */
  mainFile: z.string(),
  /** File extension without the dot. */
  extension: z.string(),
  /** Monaco's name of the language. */
  editor: z.string(),
  compiled: z.boolean(),
  /** What programs can choose; none where it is empty. */
  options: z.array(languageOptionSchema),
  /** What compiles and runs a program of its main file alone, with the defaults, in our own image; `compile` as with `limits`. */
  commands: z.object({ compile: z.array(z.string()).nullable(), run: z.array(z.string()) }),
  /** Whether it has a prompt of its own, for a run with `repl`. */
  repl: z.boolean(),
  sample: z.object({ code: z.string(), stdin: z.string() }),
  /** `compile` is `null` where nothing is compiled. `attended` holds `interactive` runs only. */
  limits: runLimitsSchema
    .pick({ run: true })
    .extend({ compile: runLimitsSchema.shape.compile.nullable(), attended: attendedLimitsSchema }),
  /** Whether the image is there; a run of a language that is not ready first waits for its image. */
  ready: z.boolean(),
  /** How far its image is that is being made now; `percent` where it is known. */
  preparing: z.object({ message: z.string(), percent: z.number().optional() }).optional(),
});
export type LanguageInfo = z.infer<typeof languageInfoSchema>;

/** A language with what only its documents say. It stays on the server: the editor, which asks for all languages, needs none of it. */
export interface DocumentedLanguage extends LanguageInfo {
  /** Libraries beside the language's own, as programs import them, and their size in the image. */
  packages: { names: readonly string[]; megabytes: number } | null;
  /** The server's formatter by its command; `null` where it has none. */
  formatter: string | null;
}

export const languagesSchema = z.object({ languages: z.array(languageInfoSchema) });

const partSchema = z.object({ ok: z.boolean(), message: z.string().optional() });

export const healthSchema = z.object({
  status: z.enum(["ok", "unavailable"]),
  version: z.string(),
  docker: partSchema.extend({ warm: z.number(), running: z.number() }),
  /** `full`: no runs are taken, everything else goes on. */
  store: partSchema.extend({ kind: z.string(), full: z.literal(true).optional() }),
  queue: partSchema.extend({
    /** What it is kept in: this process, or Redis for several. */
    kind: z.enum(["memory", "redis"]),
    ...{ running: z.number(), waiting: z.number(), limit: z.number() },
  }),
  images: partSchema.extend({ ready: z.array(z.string()), missing: z.array(z.string()) }),
});
export type Health = z.infer<typeof healthSchema>;

/** Whether the process turns; it asks nobody else. */
export const livenessSchema = z.object({ status: z.literal("ok") });

/** Whether a run could be taken now, and which of the parts that it takes work. */
export const readinessSchema = z.object({
  status: z.enum(["ok", "unavailable"]),
  docker: z.boolean(),
  store: z.boolean(),
  queue: z.boolean(),
});
export type Readiness = z.infer<typeof readinessSchema>;

/** The examples of a language. */
export const examplesSchema = z.object({
  examples: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      /** What it does, in a line. */
      about: z.string(),
      code: z.string(),
      stdin: z.string(),
      /** What it prints for that input. */
      expected: z.string(),
    }),
  ),
});
export type ExampleInfo = z.infer<typeof examplesSchema>["examples"][number];
