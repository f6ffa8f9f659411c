import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "..");
const QS = path.join(ROOT, "bin", "qs.mjs");

export interface Ended {
  stdout: string;
  stderr: string;
  code: number | null;
}

/** `qs` as one user of a machine has it: with a home and a folder of programs of their own. */
export class CommandLine {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), "quicksand-qs-"));
  readonly #server: string;
  readonly #children: ChildProcess[] = [];

  constructor(server: string) {
    this.#server = server;
  }

  /** Writes a file into the folder of programs. */
  write(file: string, content: string): void {
    const target = path.join(this.folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  }

  /** Runs `qs` to its end. */
  async run(args: readonly string[], input = "", environment: Record<string, string> = {}): Promise<Ended> {
    const child = this.start(args, environment);
    child.stdin?.end(input);
    const ended = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name]?.setEncoding("utf8").on("data", (text: string) => {
        ended[name] += text;
      });
    }
    const [code] = (await once(child, "close")) as [number | null];
    return { ...ended, code };
  }

  /** Starts `qs` with pipes. */
  start(args: readonly string[], environment: Record<string, string> = {}): ChildProcess {
    return this.#spawn(process.execPath, [QS, ...args], environment);
  }

  /** Starts `qs run FILE` in a terminal, which `script` of util-linux makes. */
  terminal(file: string): TerminalWindow {
    const command = 'tty; exec "$QS_NODE" "$QS_SCRIPT" run "$QS_FILE"';
    const environment = { QS_NODE: process.execPath, QS_SCRIPT: QS, QS_FILE: file, TERM: "xterm" };
    return new TerminalWindow(this.#spawn("script", ["-qec", command, "/dev/null"], environment));
  }

  dispose(): void {
    for (const child of this.#children) if (child.exitCode === null) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  #spawn(file: string, args: readonly string[], environment: Record<string, string>): ChildProcess {
    const { QUICKSAND_API_KEY: _, ...inherited } = process.env;
    const child = spawn(file, args, {
      cwd: this.folder,
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        ...inherited,
        XDG_CONFIG_HOME: path.join(this.folder, "config"),
        QUICKSAND_SERVER: this.#server,
        ...environment,
      },
    });
    this.#children.push(child);
    return child;
  }
}

/** A terminal with a command in it. */
export class TerminalWindow {
  /** All that was shown. */
  shown = "";
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  readonly #waiting = new Set<() => void>();

  constructor(child: ChildProcess) {
    this.#child = child;
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.shown += text;
      for (const look of this.#waiting) look();
    });
    this.ended = once(child, "close").then(([code]) => code as number | null);
  }

  /** Resolves when this is shown. */
  until(pattern: RegExp): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!pattern.test(this.shown)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  type(keys: string): void {
    this.#child.stdin?.write(keys);
  }

  resize(columns: number, rows: number): void {
    const device = /\/dev\/pts\/\d+/.exec(this.shown)?.[0] ?? "";
    execFileSync("stty", ["-F", device, "cols", String(columns), "rows", String(rows)]);
  }
}
