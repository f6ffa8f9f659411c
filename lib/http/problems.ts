import type * as z from "zod";
import { AppError, type ErrorCode, type ErrorDetail } from "../errors";

type Issue = z.core.$ZodIssue;

/** Problems listed in an answer; a body can have thousands. */
const MAX_DETAILS = 50;

/** The parsed value, or one error that names every problem at once. `what` is "body" or "query". */
export function check<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const details: ErrorDetail[] = issues.slice(0, MAX_DETAILS).map((issue) => ({
    path: pathText(issue.path),
    message: explain(issue, value, what),
  }));
  const more = issues.length - 1;
  const message = `${details[0]?.message ?? `The ${what} is not valid.`}${more > 0 ? ` (${more} more in \`details\`.)` : ""}`;
  throw new AppError(codeOf(issues), message, { details });
}

/** A 413 when size is the only kind of problem; with any other beside it, a 400. */
function codeOf(issues: readonly Issue[]): ErrorCode {
  const sizes = issues.map((issue) =>
    issue.code === "custom" && issue.params ? issue.params.tooLarge : undefined,
  );
  const [first] = sizes;
  const allSizes = sizes.every((size) => size === "code_too_large" || size === "body_too_large");
  return allSizes && first !== undefined ? first : "invalid_request";
}

/** As a person would write it: `files[0].path`. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) => (typeof part === "number" ? `[${part}]` : `${index > 0 ? "." : ""}${String(part)}`))
    .join("");
}

function explain(issue: Issue, whole: unknown, what: string): string {
  const name = issue.path.length > 0 ? `\`${pathText(issue.path)}\`` : `The ${what}`;
  const value = valueAt(whole, issue.path);
  if (issue.code === "invalid_type") {
    const expected = EXPECTED.get(issue.expected) ?? issue.expected;
    if (value === undefined) return `${name} is missing; it must be ${expected}.`;
    return `${name} must be ${expected}, got ${kindOf(value)}.`;
  }
  if (issue.code === "too_big") {
    const maximum = issue.maximum.toLocaleString("en");
    if (Array.isArray(value)) return `${name} has ${value.length} items; the limit is ${maximum} items.`;
    if (typeof value === "string") {
      return `${name} is ${value.length.toLocaleString("en")} characters long; the limit is ${maximum}.`;
    }
    return `${name} must be at most ${maximum}, got ${kindOf(value)}.`;
  }
  if (issue.code === "too_small") {
    if (value === "") return `${name} is empty; give it a value.`;
    return `${name} must be at least ${issue.minimum.toLocaleString("en")}, got ${kindOf(value)}.`;
  }
  if (issue.code === "invalid_value") {
    const known = issue.values.map((allowed) => JSON.stringify(allowed)).join(", ");
    if (value === undefined) return `${name} is missing; it must be one of ${known}.`;
    const got = typeof value === "string" ? JSON.stringify(value.slice(0, 100)) : kindOf(value);
    return `${name} is ${got}; it must be one of ${known}.`;
  }
  // Our own messages begin with the field's name; it is replaced by the whole path.
  if (issue.code === "custom" || (issue.code === "invalid_union" && issue.message.startsWith("`")))
    return issue.message.replace(/^`[^`]+`/, () => name);
  return `${name} is not valid: ${issue.message}.`;
}

const EXPECTED: ReadonlyMap<string, string> = new Map([
  ["string", "a string"],
  ["number", "a number"],
  ["boolean", "`true` or `false`"],
  ["array", "an array"],
  ["object", "an object"],
]);

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  if (typeof value === "string") return "a string";
  return `${typeof value === "number" ? "the number" : "the value"} ${String(value)}`;
}

function valueAt(whole: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<PropertyKey, unknown>)[part]
        : undefined,
    whole,
  );
}
