import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { SetupProblem } from "./problem.mjs";

/**
 * Runs a program quietly and answers its output; every line of it is also handed to `onLine`. When it fails, the error
 * carries the last lines it wrote, because that is where the reason is.
 *
 * `statusFd: true` opens descriptor 3, as apt's progress wants it; its lines go to `onStatus`.
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

/** Whether a program runs and says that all is well. */
export async function succeeds(file, args, options = {}) {
  const child = spawn(file, args, { ...options, stdio: "ignore" });
  return ended(child, file).then(
    ({ code }) => code === 0,
    () => false,
  );
}

/** Resolves when a child has ended and its output is read; rejects only when it could not be started. */
export function ended(child, name = child.spawnfile) {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) =>
      reject(new SetupProblem(`\`${name}\` could not be started: ${cause.message}.`, { cause })),
    );
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
}

/** The first of these programs that is there: names are looked up on the PATH and where Debian keeps root's programs. */
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
