/** Something that is wrong, or may be, at a place of the program. Lines and columns count from 1. */
export interface Problem {
  /** Path within the program. */
  file: string;
  line: number;
  column: number;
  severity: "error" | "warning" | "info";
  message: string;
  /** Who says so: `Run`, or a language service by its name. */
  source: string;
}
