import { MAX_PATH_BYTES } from "./limits";
import { text } from "./text";

/**
 * Why a file's path beside the main program is not usable, or `null` when it is.
 * Paths are relative POSIX paths that stay below the working directory; nothing on the host is ever opened by them.
 */
export function pathProblem(path: string): string | null {
  if (path === "") return "is empty; give the file a name";
  if (path.startsWith("/")) return "is absolute; use a path relative to the main file";
  if (path.includes("\\")) return "contains a backslash; separate folders with `/`";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is refused here
  if (/[\u0000-\u001f\u007f]/.test(path)) return "contains a control character; remove it";
  const parts = path.split("/");
  if (parts.includes("")) return "has an empty part; remove the extra `/`";
  if (parts.includes(".") || parts.includes("..")) return "contains `.` or `..`; use a plain relative path";
  return null;
}

export const filePathSchema = text({ name: "path", maxBytes: MAX_PATH_BYTES }).superRefine(
  (path, context) => {
    const problem = pathProblem(path);
    if (problem) context.addIssue({ code: "custom", message: `\`path\` ${problem}.` });
  },
);

/** Two of the paths that cannot exist side by side (the same twice, or a file where another needs a folder), or `null`. */
export function clashingPaths(paths: readonly string[]): { first: number; second: number } | null {
  const files = new Map<string, number>();
  const folders = new Map<string, number>();
  for (const [index, path] of paths.entries()) {
    const clash = files.get(path) ?? folders.get(path);
    if (clash !== undefined) return { first: clash, second: index };
    for (let slash = path.indexOf("/"); slash > 0; slash = path.indexOf("/", slash + 1)) {
      const folder = path.slice(0, slash);
      const file = files.get(folder);
      if (file !== undefined) return { first: file, second: index };
      folders.set(folder, index);
    }
    files.set(path, index);
  }
  return null;
}
