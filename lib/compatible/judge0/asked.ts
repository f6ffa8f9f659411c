import * as z from "zod";

/** Limits of numbers in a request, as Judge0 1.13.1 has them: seconds and kilobytes. What a plan allows is less, and holds all the same. */
export const NUMBERS = {
  number_of_runs: { usual: 1, above: 0, most: 20, whole: true },
  cpu_time_limit: { usual: 5, least: 0, most: 15, whole: false },
  cpu_extra_time: { usual: 1, least: 0, most: 5, whole: false },
  wall_time_limit: { usual: 10, least: 1, most: 20, whole: false },
  memory_limit: { usual: 128_000, least: 2_048, most: 512_000, whole: true },
  stack_limit: { usual: 64_000, least: 0, most: 128_000, whole: true },
  max_processes_and_or_threads: { usual: 60, above: 0, most: 120, whole: true },
  max_file_size: { usual: 1_024, least: 0, most: 4_096, whole: true },
} as const satisfies Record<
  string,
  { usual: number; least?: number; above?: number; most: number; whole: boolean }
>;
export type NumberName = keyof typeof NUMBERS;

export const MAX_OPTIONS_CHARS = 512;
export const MAX_SUBMISSIONS = 20;
/** Of all additional files, unpacked. */
export const MAX_EXTRACT_KB = 10_240;

const nullableText = z.string().nullable();

/**
 * What a submission asked for, beside what the run's own request holds (code, input). It is kept with the run, and Judge0's answers
 * repeat it.
 */
export const askedSchema = z.object({
  language_id: z.number(),
  /** Whether texts came, and go to the callback, in base64. */
  base64: z.boolean(),
  stdinGiven: z.boolean(),
  expected_output: nullableText,
  compiler_options: nullableText,
  command_line_arguments: nullableText,
  ...(Object.fromEntries(Object.keys(NUMBERS).map((name) => [name, z.number()])) as Record<
    NumberName,
    z.ZodNumber
  >),
  redirect_stderr_to_stdout: z.boolean(),
  callback_url: nullableText,
  /** A zip in base64, without line ends or anything else between. */
  additional_files: nullableText,
});
export type Asked = z.infer<typeof askedSchema>;

/** Problems by field, in Rails' shape and words. */
export type FieldErrors = Record<string, string[]>;
