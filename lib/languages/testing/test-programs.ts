import type { RunFile, RunStatus } from "../../schemas/run";
import type { Diagnostic } from "../editor";

/** What the tests of every language need to have in that language: the export `programs` of `test-programs.ts` in its folder. */
export interface TestPrograms {
  /** Programs that fail each in the way of one of the tools that can fail, and the first line that the editor marks for it. */
  failures: Readonly<Record<string, Failure>>;
}

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
