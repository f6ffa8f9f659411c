import * as z from "zod";
import { AppError } from "../../errors";
import { check } from "../../http/problems";
import { LANGUAGES, type Language, limitsOf, mainFileOf, mainFileProblem } from "../../languages";
import type { PlanLimits } from "../../plans";
import { MAX_ARGS, MAX_FILES } from "../../schemas/limits";
import { clashingPaths, filePathSchema } from "../../schemas/path";
import { type RunFile, type RunMode, type RunRequest, runRequestSchema } from "../../schemas/run";
import { text } from "../../schemas/text";
import { fieldsIn } from "./door";
import { requestedLimits } from "./limits";
import { echoed, findRuntime, type Runtime } from "./runtimes";

type Fields = Readonly<Record<string, unknown>>;

/** What Piston does not look at, and we have to. */
const othersSchema = z.object({
  stdin: z
    .string()
    .nullish()
    .transform((given) => given ?? ""),
  args: z
    .array(z.string())
    .max(MAX_ARGS)
    .nullish()
    .transform((given) => given ?? []),
});

/** A request to execute, understood. */
export interface Job {
  runtime: Runtime;
  request: RunRequest;
}

export interface JobOptions {
  runtimes: readonly Runtime[];
  planLimits: PlanLimits;
  mode: Extract<RunMode, "batch" | "interactive">;
}

/**
 * The run that a body asks for. Throws `invalid_request` with Piston's texts, in Piston's order, and after those with ours for what only we
 * refuse: paths that leave the folder, files that are not text.
 */
export function jobOf(body: Fields, { runtimes, planLimits, mode }: JobOptions): Job {
  const { language: name, version, files } = body;
  if (typeof name !== "string" || name === "") refuse("language is required as a string");
  if (typeof version !== "string" || version === "") refuse("version is required as a string");
  if (!Array.isArray(files)) refuse("files is required as an array");
  const given = files.map((file: unknown) => fieldsIn(file));
  for (const [index, { content }] of given.entries())
    if (typeof content !== "string") refuse(`files[${index}].content is required as a string`);
  const runtime = findRuntime(runtimes, name, version);
  const language = LANGUAGES.find(({ id }) => id === runtime?.id);
  if (!runtime || !language) refuse(`${echoed(name)}-${echoed(version)} runtime is unknown`);
  // One that Piston does not know it would decode as UTF-8, but does not count here.
  if (!given.some(({ encoding }) => !encoding || encoding === "utf8"))
    refuse("files must include at least one utf8 encoded file");
  const limits = requestedLimits(body, limitsOf(planLimits, language, mode));
  const { stdin, args } = check(othersSchema, { stdin: body.stdin, args: body.args }, "body");
  const request = check(
    runRequestSchema,
    {
      ...programOf(given, language),
      ...{ language: language.id, mode, args, limits },
      // Who types says later what the input is.
      stdin: mode === "interactive" ? "" : inLines(stdin),
    },
    "body",
  );
  return { runtime, request };
}

/** Piston ends the last line of what there is. */
function inLines(stdin: string): string {
  return stdin === "" || stdin.endsWith("\n") ? stdin : `${stdin}\n`;
}

/** The first file of text is the program, and keeps its name where the language can start it by that. */
function programOf(given: readonly Fields[], language: Language) {
  // Each is decoded and its path compared, so they are counted first.
  if (given.length > MAX_FILES + 1)
    refuse(`files has ${given.length.toLocaleString("en")} items; the limit is ${MAX_FILES + 1}`);
  const files = given.map(fileOf);
  const main = given.findIndex(({ encoding }) => encoding !== "base64" && encoding !== "hex");
  const { content: code, path } = files[main] ?? { content: "", path: "" };
  const named = given[main]?.name !== undefined && given[main]?.name !== "";
  const usual = mainFileOf(language, code);
  const chosen = named && path !== usual && mainFileProblem(language, path, code) === null;
  const others = files.filter((_, index) => index !== main);
  const clash = clashingPaths([chosen ? path : usual, ...others.map((file) => file.path)]);
  if (clash) refuse(`files: two of the names clash with one another, or with ${usual}, which is the program`);
  return { code, files: others, ...(chosen ? { mainFile: path } : {}) };
}

function fileOf(file: Fields, index: number): RunFile {
  const { name, encoding } = file;
  if (name !== undefined && name !== null && typeof name !== "string")
    refuse(`If specified, files[${index}].name must be a string`);
  const path = (name || `file${index}.code`).replace(/^(?:\.\/)+/, "");
  const [problem] = filePathSchema.safeParse(path).error?.issues ?? [];
  if (problem) refuse(problem.message.replace(/^`path`/, `files[${index}].name`));
  const content = String(file.content);
  return {
    path,
    content:
      encoding === "base64" || encoding === "hex" ? decoded(content, encoding, index) : plain(content, index),
  };
}

function plain(content: string, index: number): string {
  const [problem] = text({ name: `files[${index}].content` }).safeParse(content).error?.issues ?? [];
  if (problem) refuse(problem.message);
  return content;
}

function decoded(content: string, encoding: "base64" | "hex", index: number): string {
  try {
    const bytes = Buffer.from(content, encoding);
    return plain(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes), index);
  } catch (error) {
    if (error instanceof AppError) throw error;
    refuse(
      `files[${index}].content is not text in UTF-8 once it is decoded; files of other bytes are not taken here`,
    );
  }
}

function refuse(message: string): never {
  throw new AppError("invalid_request", message);
}
