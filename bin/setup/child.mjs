import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { SetupProblem } from "./problem.mjs";

/**
 * Runs a program and returns its output without printing it; each line is also passed to `onLine`. If the program fails, the error includes its
 * last lines, which have the reason.
 *
 * `statusFd: true` opens file descriptor 3, for apt's progress; its lines are passed to `onStatus`.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions & {
 *   onLine?: (line: string) => boolean | void, onStatus?: (line: string) => void,
 *   statusFd?: boolean, input?: "ignore" | "pipe" | number, tailLines?: number
 * }} [options]
 * @returns {Promise<string>}
 */
export async function run(
  file,
  args,
  { onLine, onStatus, statusFd = false, input = "ignore", tailLines = 25, ...options } = {},
) {
  const child = spawn(file, args, {
    ...options,
    stdio: [input, "pipe", "pipe", ...(statusFd ? ["pipe"] : [])],
  });
  const tail = [];
  const keep = (line) => {
    if (onLine?.(line) === false) return;
    tail.push(line);
    if (tail.length > tailLines) tail.shift();
  };
  const output = [];
  child.stdout.on("data", (chunk) => output.push(chunk));
  readline.createInterface({ input: child.stdout }).on("line", keep);
  readline.createInterface({ input: child.stderr }).on("line", keep);
  if (statusFd) readline.createInterface({ input: child.stdio[3] }).on("line", (line) => onStatus?.(line));
  const { code, signal } = await ended(child, file);
  if (code !== 0) {
    throw new SetupProblem(
      `\`${[path.basename(file), ...args].join(" ")}\` ended with ${signal ? `signal ${signal}` : `exit code ${code}`}.`,
      { log: tail.join("\n") },
    );
  }
  return Buffer.concat(output).toString("utf8");
}

/** Whether a program exits with code 0. */
export async function succeeds(file, args, options = {}) {
  const child = spawn(file, args, { ...options, stdio: "ignore" });
  return ended(child, file).then(
    ({ code }) => code === 0,
    () => false,
  );
}

/** Resolves when a child process has exited and its output is read; rejects only if it could not be started. */
export function ended(child, name = child.spawnfile) {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) =>
      reject(new SetupProblem(`\`${name}\` could not be started: ${cause.message}.`, { cause })),
    );
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
}

/** The path of the first of these programs that exists; names are looked up on the PATH and in the `sbin` folders. */
export function findProgram(...names) {
  const folders = [
    ...(process.env.PATH ?? "").split(path.delimiter),
    "/usr/local/sbin",
    "/usr/sbin",
    "/sbin",
  ];
  for (const name of names) {
    const candidates = path.isAbsolute(name)
      ? [name]
      : folders.filter(Boolean).map((folder) => path.join(folder, name));
    for (const candidate of candidates) {
      try {
        fs.accessSync(candidate, fs.constants.X_OK);
        if (fs.statSync(candidate).isFile()) return candidate;
      } catch {}
    }
  }
  return undefined;
}
