/** A program with the input that belongs to it. */
interface Sample {
  code: string;
  stdin: string;
}

/** Shorter lines, such as a brace, are in every program. */
const TELLING_CHARS = 4;

/**
 * The input after an edit of the program from `before` to `code`. A sample's input belongs to the sample: it goes when nothing of its code
 * is left, and comes back with it when that is undone. What somebody has typed there themselves stays.
 */
export function inputAfterEdit(samples: readonly Sample[], before: Sample, code: string): string {
  for (const sample of samples) {
    if (sample.stdin === "") continue;
    if (before.stdin === sample.stdin && isLeft(sample, before.code) && !isLeft(sample, code)) return "";
    if (before.stdin === "" && code === sample.code && !isLeft(sample, before.code)) return sample.stdin;
  }
  return before.stdin;
}

/** Whether any line of a sample is still in a program. */
function isLeft(sample: Sample, code: string): boolean {
  const lines = new Set(tellingLines(code));
  return tellingLines(sample.code).some((line) => lines.has(line));
}

function tellingLines(code: string): string[] {
  return code
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line.length >= TELLING_CHARS);
}
