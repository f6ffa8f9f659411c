import type { LanguageInfo } from "../../schemas/language";
import type { ChosenOptions } from "../../schemas/language-options";
import { MAX_CODE_BYTES, MAX_STDIN_BYTES, MAX_WEBHOOK_URL_CHARS } from "../../schemas/limits";
import { type RunFile, type RunRequest, type RunRequestInput, runRequestSchema } from "../../schemas/run";
import { LEAST_MEMORY_BYTES, MEMORY_STEP_BYTES } from "../../schemas/run-limits";
import { filesOf, ZipProblem } from "./additional-files";
import { type Asked, type FieldErrors, MAX_OPTIONS_CHARS, NUMBERS, type NumberName } from "./asked";
import { base64Chars, decode64 } from "./base64";
import { findLanguage, type Judge0Language, MULTI_FILE_ID } from "./languages";
import { mainScript } from "./multi-file";
import { choicesOf, wordsOf } from "./options";

/** What a submission is read with. */
export interface ReadOptions {
  /** Whether its texts are in base64. */
  base64: boolean;
  /** Its token, which is the id of its run. */
  token: string;
  offered: readonly LanguageInfo[];
  /** Why an address cannot be told. */
  callbackProblem: (url: string) => string | null;
}

/** A submission that can be run. */
export interface ReadSubmission {
  asked: Asked;
  request: RunRequest;
}

/** Of what was sent, in a message about it. */
const MAX_ECHO_CHARS = 100;
/** More than any number or flag is written with. */
const MAX_WORD_CHARS = 100;

/** Our fields by the ones of Judge0 that they are made of. */
const FIELDS: Readonly<Record<string, string>> = {
  code: "source_code",
  stdin: "stdin",
  args: "command_line_arguments",
  files: "additional_files",
  limits: "memory_limit",
};

/** Reads one submission of a body, or all that is wrong with it, by field and in Rails' words. */
export function readSubmission(
  body: unknown,
  options: ReadOptions,
): { submission: ReadSubmission } | { errors: FieldErrors } {
  return new SubmissionReader(body, options).read();
}

class SubmissionReader {
  readonly #sent: Readonly<Record<string, unknown>>;
  readonly #options: ReadOptions;
  readonly #errors: FieldErrors = {};

  constructor(body: unknown, options: ReadOptions) {
    const isObject = typeof body === "object" && body !== null && !Array.isArray(body);
    this.#sent = isObject ? (body as Record<string, unknown>) : {};
    this.#options = options;
  }

  read(): { submission: ReadSubmission } | { errors: FieldErrors } {
    const language = this.#language();
    const project = language?.id === MULTI_FILE_ID;
    const source = this.#encoded("source_code", MAX_CODE_BYTES);
    if (!project && isBlank(source) && !this.#errors.source_code)
      this.#wrong("source_code", "can't be blank");
    if (project && !isBlank(source)) this.#wrong("source_code", "must be blank");
    const stdin = this.#encoded("stdin", MAX_STDIN_BYTES);
    const files = this.#files(project);
    const options = this.#compilerOptions(language);
    const asked: Asked = {
      language_id: language?.id ?? 0,
      base64: this.#options.base64,
      stdinGiven: stdin !== null,
      expected_output: this.#expected(),
      compiler_options: this.#short("compiler_options"),
      command_line_arguments: this.#short("command_line_arguments"),
      ...this.#numbers(),
      redirect_stderr_to_stdout: this.#flag("redirect_stderr_to_stdout"),
      callback_url: this.#callback(),
      additional_files: files.length > 0 ? plainBase64(this.#text("additional_files") ?? "") : null,
    };
    if (this.#flag("enable_network")) this.#wrong("enable_network", "enabling network is not allowed");
    for (const what of ["time", "memory"] as const) {
      const name = `enable_per_process_and_thread_${what}_limit`;
      if (this.#flag(name)) this.#wrong(name, "this option cannot be enabled");
    }
    const code = project ? this.#script(files) : (source ?? "");
    const request = language && this.#request(language, { asked, code, stdin, files, options });
    if (!request || Object.keys(this.#errors).length > 0) return { errors: this.#errors };
    return { submission: { asked, request } };
  }

  #request(
    { id, language }: Judge0Language,
    read: {
      asked: Asked;
      code: string;
      stdin: string | null;
      files: RunFile[];
      options: ChosenOptions | undefined;
    },
  ): RunRequest | undefined {
    const { asked, code, stdin, files, options } = read;
    const input: RunRequestInput = {
      ...{ language: language.id, code, stdin: stdin ?? "", files, mode: "batch" },
      args: id === MULTI_FILE_ID ? [] : wordsOf(asked.command_line_arguments ?? ""),
      limits: this.#limits(asked),
      ...(options && { options: { ...options } }),
    };
    const { data, error } = runRequestSchema.safeParse(input);
    for (const { path, message } of error?.issues ?? []) {
      this.#wrong(FIELDS[String(path[0])] ?? String(path[0]), message.replace(/^`[^`]*` |\.$/g, ""));
    }
    return data && { ...data, foreign: { api: "judge0", asked: JSON.stringify(asked) } };
  }

  /** Only what was said lowers anything, so that a plain submission runs in a sandbox that is warm. */
  #limits(asked: Asked): NonNullable<RunRequestInput["limits"]> {
    const said = (...names: NumberName[]) => names.some((name) => !isBlank(this.#sent[name]));
    const ms = (seconds: number) => Math.max(1, Math.round(seconds * 1_000));
    const { cpu_time_limit, cpu_extra_time, memory_limit, max_file_size } = asked;
    // Up to the next step, which is the plan's own for Judge0's usual limit; below it the run would have less than was asked.
    const memory = Math.ceil((memory_limit * 1_024) / MEMORY_STEP_BYTES) * MEMORY_STEP_BYTES;
    return {
      timeoutMs: ms(asked.wall_time_limit),
      ...(said("cpu_time_limit", "cpu_extra_time") ? { cpuMs: ms(cpu_time_limit + cpu_extra_time) } : {}),
      ...(said("memory_limit") ? { memoryBytes: Math.max(LEAST_MEMORY_BYTES, memory) } : {}),
      ...(said("max_file_size") ? { outputBytes: Math.max(1, max_file_size * 1_024) } : {}),
    };
  }

  #language(): Judge0Language | undefined {
    const sent = this.#sent.language_id;
    if (isBlank(sent)) this.#wrong("language_id", "can't be blank");
    const id = numberOf(sent);
    const found = id === null ? undefined : findLanguage(this.#options.offered, Math.trunc(id));
    if (!found) {
      const shown = isBlank(sent) ? "" : String(id === null ? 0 : Math.trunc(id));
      this.#wrong("language_id", `language with id ${shown} doesn't exist`);
    }
    return found;
  }

  #files(project: boolean): RunFile[] {
    const zip = this.#text("additional_files");
    if (project && isBlank(zip)) this.#wrong("additional_files", "can't be blank");
    if (zip === null || isBlank(zip)) return [];
    try {
      return filesOf(zip);
    } catch (error) {
      if (!(error instanceof ZipProblem)) throw error;
      this.#wrong("additional_files", error.message);
      return [];
    }
  }

  #script(files: readonly RunFile[]): string {
    const script = mainScript(files, this.#options.token);
    if (script === null && !this.#errors.additional_files)
      this.#wrong("additional_files", "must have a file called run, which is run by Bash");
    return script ?? "exit 1";
  }

  #compilerOptions(found: Judge0Language | undefined): ChosenOptions | undefined {
    const text = this.#short("compiler_options");
    if (text === null || isBlank(text) || !found || found.id === MULTI_FILE_ID) return undefined;
    const { compiled, options, name } = found.language;
    if (!compiled) {
      this.#wrong("compiler_options", "setting compiler options is only allowed for compiled languages");
      return undefined;
    }
    const made = choicesOf(text, options);
    if ("chosen" in made) return made.chosen;
    const known = options.flatMap(({ values }) => values.flatMap(({ flags }) => flags));
    const remedy = known.length > 0 ? `use of ${[...new Set(known)].join(" ")}` : "leave them out";
    this.#wrong(
      "compiler_options",
      `${made.unknown.slice(0, MAX_ECHO_CHARS)} is not available for ${name} here; ${remedy}`,
    );
    return undefined;
  }

  #callback(): string | null {
    const url = this.#text("callback_url");
    if (url === null || isBlank(url)) return null;
    if (url.length > MAX_WEBHOOK_URL_CHARS) {
      this.#wrong("callback_url", `is too long (maximum is ${MAX_WEBHOOK_URL_CHARS} characters)`);
      return null;
    }
    const problem = this.#options.callbackProblem(url);
    if (problem) this.#wrong("callback_url", problem);
    // A copy: what is cut out of a form keeps the whole form in memory, and this may wait for half an hour.
    return Buffer.from(url).toString();
  }

  #expected(): string | null {
    const text = this.#encoded("expected_output", MAX_STDIN_BYTES);
    const fits =
      text === null || (text.length <= MAX_STDIN_BYTES && Buffer.byteLength(text) <= MAX_STDIN_BYTES);
    if (fits) return text;
    this.#wrong("expected_output", `is too long (maximum is ${MAX_STDIN_BYTES} bytes)`);
    return null;
  }

  /** A text of at most `MAX_OPTIONS_CHARS` characters; `null`, and said once, where it is longer. */
  #short(field: string): string | null {
    const text = this.#text(field);
    // Counted only when it may be short enough: a character has at most two units.
    const isShort =
      text === null || (text.length <= 2 * MAX_OPTIONS_CHARS && [...text].length <= MAX_OPTIONS_CHARS);
    if (isShort) return text;
    if (!this.#errors[field]) this.#wrong(field, `is too long (maximum is ${MAX_OPTIONS_CHARS} characters)`);
    return null;
  }

  #numbers(): Record<NumberName, number> {
    const entries = (Object.keys(NUMBERS) as NumberName[]).map((name) => [name, this.#number(name)]);
    return Object.fromEntries(entries) as Record<NumberName, number>;
  }

  #number(name: NumberName): number {
    const {
      usual,
      most,
      whole,
      ...from
    }: { usual: number; least?: number; above?: number } & {
      most: number;
      whole: boolean;
    } = NUMBERS[name];
    const sent = this.#sent[name];
    if (isBlank(sent)) return usual;
    const value = numberOf(sent);
    if (value === null) {
      this.#wrong(name, "is not a number");
      return usual;
    }
    if (from.above !== undefined && value <= from.above)
      this.#wrong(name, `must be greater than ${from.above}`);
    if (from.least !== undefined && value < from.least)
      this.#wrong(name, `must be greater than or equal to ${from.least}`);
    if (value > most) this.#wrong(name, `must be less than or equal to ${whole ? most : most.toFixed(1)}`);
    return whole ? Math.trunc(value) : value;
  }

  /** As Rails reads it from a form or JSON. */
  #flag(field: string): boolean {
    const text = this.#text(field);
    if (text === null || isBlank(text)) return false;
    return text.length > MAX_WORD_CHARS || !["false", "f", "0", "off"].includes(text.toLowerCase());
  }

  /** A text that may be in base64, of at most so many bytes: one in base64 is only decoded when it may be no longer, others are checked later. */
  #encoded(field: string, mostBytes: number): string | null {
    const text = this.#text(field);
    if (text === null || !this.#options.base64) return text;
    if (text.length > base64Chars(mostBytes)) {
      this.#wrong(field, `is too long (maximum is ${mostBytes} bytes)`);
      return null;
    }
    const decoded = decode64(text);
    if (decoded === null) this.#wrong(field, "must be UTF-8 text here");
    return decoded;
  }

  /** What is no single value counts as not sent, as Rails' permitted parameters have it. */
  #text(field: string): string | null {
    const sent = this.#sent[field];
    if (typeof sent === "string") return sent;
    return typeof sent === "number" || typeof sent === "boolean" ? String(sent) : null;
  }

  #wrong(field: string, message: string): void {
    this.#errors[field] = [...(this.#errors[field] ?? []), message];
  }
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && value.trim() === "");
}

function numberOf(value: unknown): number | null {
  const isText = typeof value === "string";
  const number = isText ? (value.length > MAX_WORD_CHARS ? null : Number(value)) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

function plainBase64(text: string): string {
  return Buffer.from(text, "base64").toString("base64");
}
