import type { Draft } from "../drafts";

/** Shorter lines, such as brackets, are in many programs. */
const TELLING_CHARS = 4;

/**
 * The next content of a program that began as a sample. Its input belongs to the sample: it goes when nothing of the sample's code is left,
 * and what a person typed as input stays.
 */
export function withoutSampleInput(sample: Draft, next: Draft): Draft {
  if (sample.stdin === "" || next.stdin !== sample.stdin || next.code === sample.code) return next;
  const lines = new Set(next.code.split("\n").map((line) => line.trim()));
  const kept = sample.code
    .split("\n")
    .map((line) => line.trim())
    .some((line) => line.length >= TELLING_CHARS && lines.has(line));
  return kept ? next : { ...next, stdin: "" };
}
