import type { RunFile, RunStatus } from "../../schemas/run";
import type { Diagnostic } from "../editor";

/** What the tests of every language run in that language: the export `programs` of `test-programs.ts` in its folder. */
export interface TestPrograms {
  /** Programs that succeed, and print exactly this and nothing on standard error. */
  works: Readonly<Record<string, { code: string; files?: readonly RunFile[]; prints: string }>>;
  /** Programs that fail each in the way of one of the tools that can fail, and the first line that the editor marks for it. */
  failures: Readonly<Record<string, Failure>>;
  /** Programs that print `loading` without a line end and then never end, in each of the language's ways to print. */
  halfLines: Readonly<Record<string, string>>;
  /** Keeps memory and writes to it until the kernel ends it; no limit of the language's own may come first. */
  memoryHog?: string;
  /** Prints `MANY_LINES`: what is in a run's output at most, in lines. */
  manyLines?: string;
}

/** 1 MB, which the limit of a run's output just allows. */
export const MANY_LINES = "0123456789abcde\n".repeat(65_536);

interface Failure {
  code: string;
  files?: readonly RunFile[];
  status: RunStatus;
  marked: Diagnostic;
}

export async function programsOf(id: string): Promise<TestPrograms> {
  const { programs }: { programs: TestPrograms } = await import(`../${id}/test-programs`);
  return programs;
}
